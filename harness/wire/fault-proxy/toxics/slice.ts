import { demand } from '../demand.ts'
import type { Toxic, ToxicOptions } from '../toxic.ts'
import { wayOf } from '../toxic.ts'

export interface SliceOptions extends ToxicOptions {
  /** Most bytes of one write. */
  readonly bytes: number
  /** Milliseconds between two writes, so that they arrive as two; 1 unless said. */
  readonly everyMs?: number
}

/**
 * Fragments: what was written at once arrives in small pieces, which finds every reader that
 * takes one read for one message.
 *
 * @throws UsageError for a size that is not a whole number from 1 up
 */
export function slice({ bytes, everyMs = 1, direction = 'both' }: SliceOptions): Toxic {
  demand('slice.bytes', bytes, { least: 1, whole: true })
  demand('slice.everyMs', everyMs, { least: 0 })
  return {
    description: `cuts into pieces of ${bytes} bytes ${wayOf(direction)}`,
    direction,
    onFlow({ clock }) {
      let next = 0
      return {
        most: () => bytes,
        gate: (_bytes, due) => Math.max(due, next),
        sent() {
          next = clock.elapsed() + everyMs
        },
      }
    },
  }
}
