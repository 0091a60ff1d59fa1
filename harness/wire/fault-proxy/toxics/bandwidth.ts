import { demand } from '../demand.ts'
import type { Toxic, ToxicOptions } from '../toxic.ts'
import { wayOf } from '../toxic.ts'

export interface BandwidthOptions extends ToxicOptions {
  readonly bytesPerSecond: number
}

/** Writes come this often, so that a narrow line is a trickle and not a stutter. */
const sliceMs = 20

/**
 * A narrow line: each flow passes so many bytes a second. Bytes arrive when the last of their
 * slice has been carried, as on a real line.
 *
 * @throws UsageError unless at least 1 byte a second passes
 */
export function bandwidth({ bytesPerSecond, direction = 'both' }: BandwidthOptions): Toxic {
  demand('bandwidth.bytesPerSecond', bytesPerSecond, { least: 1 })
  const most = Math.max(1, Math.floor((bytesPerSecond * sliceMs) / 1000))
  const msFor = (bytes: number): number => (bytes / bytesPerSecond) * 1000
  return {
    description: `carries ${bytesPerSecond} bytes a second ${wayOf(direction)}`,
    direction,
    onFlow({ clock }) {
      let free = clock.elapsed()
      let begun = free
      return {
        most: () => most,
        gate(bytes, due) {
          begun = Math.max(free, due)
          return begun + msFor(bytes)
        },
        sent(bytes) {
          // A late timer is made up for; a reader that stood still is not given its time back in one burst.
          free = Math.max(begun + msFor(bytes), clock.elapsed() - sliceMs)
        },
      }
    },
  }
}
