/** A percentile of times with the interval in which it lies with a chance of 99 %. */
export interface Quantile {
  readonly at: number
  readonly from: number
  readonly to: number
}

/**
 * A percentile from the order of the times alone, whatever they are distributed like: how many of them lie below the true one
 * is known, as unfair coins are. With too few times its upper end is unknown, which is infinity.
 *
 * Source: the distribution-free interval for a quantile, David and Nagaraja, Order Statistics, section 7.1.
 */
export function quantile(times: readonly number[], percentile: number): Quantile {
  const sorted = times.toSorted((a, b) => a - b)
  const [n, share] = [sorted.length, percentile / 100]
  const middle = n * share
  // 2.576 standard deviations on either side.
  const reach = 2.576 * Math.sqrt(n * share * (1 - share))
  const pick = (place: number): number => (place < 0 ? 0 : (sorted[place] ?? Infinity))
  return {
    at: pick(Math.min(n - 1, Math.floor(middle))),
    from: pick(Math.floor(middle - reach)),
    to: pick(Math.ceil(middle + reach)),
  }
}
