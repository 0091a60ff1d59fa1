import { demand } from '../demand.ts'
import type { Piece, Toxic, ToxicOptions } from '../toxic.ts'
import { wayOf } from '../toxic.ts'

export interface DelayOptions extends ToxicOptions {
  /** Milliseconds that everything takes longer, each way. */
  readonly latencyMs: number
  /** At most this many milliseconds more, drawn anew for every piece from the proxy's seed; 0 unless said. */
  readonly jitterMs?: number
}

/**
 * A long way: bytes and the end of the stream arrive later, in order, and no slower for it,
 * because pieces wait side by side.
 *
 * @throws UsageError for a negative or endless time
 */
export function delay({ latencyMs, jitterMs = 0, direction = 'both' }: DelayOptions): Toxic {
  demand('delay.latencyMs', latencyMs, { least: 0 })
  demand('delay.jitterMs', jitterMs, { least: 0 })
  return {
    description: `delays ${wayOf(direction)} by ${latencyMs} ms${jitterMs === 0 ? '' : `, and up to ${jitterMs} ms more`}`,
    direction,
    onFlow({ random }) {
      // A piece is asked about several times, and its lot is drawn once.
      const lots = new WeakMap<Piece, number>()
      return {
        lag(piece) {
          const lot = lots.get(piece) ?? random() * jitterMs
          lots.set(piece, lot)
          return latencyMs + lot
        },
      }
    },
  }
}
