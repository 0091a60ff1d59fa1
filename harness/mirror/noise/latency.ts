/** Times of answers to the same requests, in pairs. */
export interface Latency {
  readonly pairs: number
  /** The candidate's time, as a multiple of the other's: the middle pair. */
  readonly ratio: number
  /** Between these it lies with a chance of 99 %, whatever the times are distributed like. */
  readonly from: number
  readonly to: number
}

/**
 * The middle of the ratios with an interval from their order alone: how many of them lie below the true middle is known,
 * as coins are. Undefined below eight pairs, where no interval is that sure.
 *
 * Source: the distribution-free interval for a median, Thompson, Annals of Mathematical Statistics 7 (1936).
 */
export function latencyOf(ratios: readonly number[]): Latency | undefined {
  const n = ratios.length
  if (n < 8) return undefined
  const sorted = ratios.toSorted((a, b) => a - b)
  // 2.576 standard deviations of n coins on either side of their middle.
  const reach = Math.ceil((2.576 * Math.sqrt(n)) / 2)
  const at = (place: number): number => sorted[Math.min(n - 1, Math.max(0, place))] ?? 1
  const middle = (at(Math.floor((n - 1) / 2)) + at(Math.ceil((n - 1) / 2))) / 2
  return { pairs: n, ratio: middle, from: at(Math.floor(n / 2) - reach), to: at(Math.ceil(n / 2) + reach) }
}
