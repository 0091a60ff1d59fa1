import { UsageError } from '../../../kernel/index.ts'
import { demand } from '../demand.ts'
import type { Toxic, ToxicOptions } from '../toxic.ts'
import { wayOf } from '../toxic.ts'

export interface ResetOptions extends ToxicOptions {
  /** Breaks after so many bytes of a flow. */
  readonly afterBytes?: number
  /** Breaks so many milliseconds after the connection was made, or after the toxic came to an open one. */
  readonly afterMs?: number
}

/**
 * A broken connection: both sides get a RST, after bytes, after a time, or after whichever is
 * first. Said neither, at once.
 *
 * @throws UsageError for a negative number
 */
export function reset({ afterBytes, afterMs, direction = 'both' }: ResetOptions = {}): Toxic {
  if (afterBytes !== undefined) demand('reset.afterBytes', afterBytes, { least: 1, whole: true })
  const wait = afterMs ?? (afterBytes === undefined ? 0 : undefined)
  if (wait !== undefined) demand('reset.afterMs', wait, { least: 0 })
  if (wait !== undefined && wait > 2 ** 31 - 1) {
    throw new UsageError({ path: 'reset.afterMs', given: String(wait), wanted: 'at most 24 days' })
  }
  const when = [
    ...(afterBytes === undefined ? [] : [`${afterBytes} bytes ${wayOf(direction)}`]),
    ...(wait === undefined ? [] : [`${wait} ms`]),
  ]
  return {
    description: `breaks connections after ${when.join(' or ')}`,
    direction,
    onFlow({ end }) {
      const timer = wait === undefined ? undefined : setTimeout(() => end('reset'), wait)
      let left = afterBytes ?? Infinity
      return {
        most: () => Math.max(1, left),
        sent(passed) {
          left -= passed
          if (left <= 0) end('reset')
        },
        stop: () => clearTimeout(timer),
      }
    },
  }
}
