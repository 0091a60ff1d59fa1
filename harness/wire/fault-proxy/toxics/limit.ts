import { demand } from '../demand.ts'
import type { Toxic, ToxicOptions } from '../toxic.ts'
import { wayOf } from '../toxic.ts'

export interface LimitOptions extends ToxicOptions {
  /** So many bytes pass, counted for each flow from when the toxic came; then both sides see the end. */
  readonly bytes: number
}

/**
 * A message that stops too early, without an error: the connection is closed in order after so
 * many bytes. With `bytes: 0` it is closed as soon as it is open.
 *
 * @throws UsageError for a number that is not whole, or negative
 */
export function limit({ bytes, direction = 'both' }: LimitOptions): Toxic {
  demand('limit.bytes', bytes, { least: 0, whole: true })
  return {
    description: `closes after ${bytes} bytes ${wayOf(direction)}`,
    direction,
    onFlow({ end }) {
      let left = bytes
      if (left === 0) end('close')
      return {
        most: () => Math.max(1, left),
        sent(passed) {
          left -= passed
          if (left <= 0) end('close')
        },
      }
    },
  }
}
