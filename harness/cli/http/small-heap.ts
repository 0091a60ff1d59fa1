import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What may be worked through between two collections, in bytes of garbage, roughly. */
const between = 8 * 1024 * 1024

/**
 * Keeps the process small while it works through something without end. The engine would rather
 * let garbage lie until hundreds of megabytes are used: it does not know that it shares the
 * machine with the deployment. Collecting now and then keeps it near what is alive.
 *
 * @returns to be told how much was worked through, in bytes
 */
export function smallHeap(): (bytes: number) => void {
  // The young generation stays as large as it is; its growth is what costs most.
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--expose-gc')
  // The engine's own function, which the flag before has put there.
  const collect = runInNewContext('gc') as () => void
  let done = 0
  return (bytes) => {
    done += bytes
    if (done < between) return
    done = 0
    collect()
  }
}
