import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What may be read between two collections, bytes. */
const between = 4 * 1024 * 1024

/**
 * Hands on what is read and keeps the process small meanwhile. The engine would rather let
 * garbage lie until hundreds of megabytes are used: it does not know that it shares the machine
 * with the deployment. Collecting now and then costs a few hundredths of the time.
 */
export async function* inSmallHeap(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  // The young generation stays as large as it is; its growth is what costs most.
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  let read = 0
  for await (const piece of source) {
    yield piece
    read += piece.length
    if (read < between || typeof collect !== 'function') continue
    read = 0
    collect()
  }
}
