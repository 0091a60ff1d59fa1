import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { UsageError } from '../../kernel/index.ts'
import type { RecordedEntry } from './recorded.ts'

const chunkBytes = 256 * 1024

/**
 * The bytes of a file, in pieces, read only as fast as they are taken; `name` is what errors call it.
 *
 * @throws UsageError when there is no such file, or it cannot be read
 */
export async function openRecording(path: string, name: string): Promise<Readable> {
  const unreadable = (cause?: unknown): UsageError =>
    new UsageError({ path: name, given: 'no readable file', wanted: 'recorded exchanges: HAR, or JSON lines', cause })
  const handle = await open(path).catch((cause: unknown) => {
    throw unreadable(cause)
  })
  if ((await handle.stat()).isDirectory()) {
    await handle.close()
    throw unreadable()
  }
  return createReadStream('', { fd: handle, highWaterMark: chunkBytes })
}

/**
 * Reads recorded exchanges, HAR or JSON lines, whichever it is. Nothing is thrown for what an
 * entry holds: one that cannot be read is told as such, and the others follow.
 *
 * @param name what errors call the source
 */
export async function* readRecording(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<RecordedEntry> {
  const pieces = source[Symbol.asyncIterator]()
  const begun: Uint8Array[] = []
  let start = ''
  try {
    // A HAR file is one object whose key is `log`; a line has other keys.
    while (!/\{\s*"[^"]*"/.test(start) && start.length < 4096) {
      const piece = await pieces.next()
      if (piece.done === true) break
      begun.push(piece.value)
      start += Buffer.from(piece.value.subarray(0, 4096)).toString('utf8')
    }
    const all = continued(begun, pieces)
    if (/^\uFEFF?\s*\{\s*"log"/.test(start)) {
      const { readHar } = await import('./har.ts')
      yield* readHar(all, name)
    } else {
      const { readJsonLines } = await import('./jsonl.ts')
      yield* readJsonLines(all, name)
    }
  } finally {
    await pieces.return?.()
  }
}

async function* continued(begun: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* begun
  for (let piece = await rest.next(); piece.done !== true; piece = await rest.next()) yield piece.value
}
