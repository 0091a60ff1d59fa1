import type { Toxic, ToxicOptions } from '../toxic.ts'
import { wayOf } from '../toxic.ts'

/**
 * A peer that is gone without a word: connections are accepted, and nothing passes, neither data
 * nor FIN nor RST. What was held passes when the toxic is undone.
 */
export function halfOpen({ direction = 'both' }: ToxicOptions = {}): Toxic {
  return {
    description: `lets nothing through ${wayOf(direction)}`,
    direction,
    onFlow: () => ({ gate: () => Infinity }),
  }
}
