/** How late requests went out, in milliseconds: the middle one and the latest. */
export interface Lateness {
  readonly p50: number
  readonly max: number
}

/** Steps of a tenth of a millisecond that are told apart; what is later falls into the last. */
const steps = 100_000

/** Counts how late requests went out, in bounded memory. */
export function openLateness(): { readonly add: (ms: number) => void; readonly seen: () => Lateness } {
  const counts = new Uint32Array(steps + 1)
  let [all, max] = [0, 0]
  return {
    add(ms) {
      const late = Math.max(0, ms)
      const step = Math.min(steps, Math.floor(late * 10))
      counts[step] = (counts[step] ?? 0) + 1
      max = Math.max(max, late)
      all++
    },
    seen() {
      let [below, step] = [counts[0] ?? 0, 0]
      while (below * 2 < all) below += counts[++step] ?? 0
      return { p50: Math.min(max, step / 10), max: Math.round(max * 10) / 10 }
    },
  }
}
