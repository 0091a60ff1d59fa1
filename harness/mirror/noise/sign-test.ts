/**
 * The one-sided sign test: how likely it is that of `more + less` coins at least `more` show heads. Exact.
 *
 * Source: Dixon and Mood, The Statistical Sign Test, JASA 41 (1946); for pairs of yes and no it is McNemar's, exact.
 */
export function signTest(more: number, less: number): number {
  const n = more + less
  if (n === 0 || more === 0) return 1
  // ln of C(n, k) / 2^n, from k = n downwards; far terms are too small to matter.
  let term = -n * Math.LN2
  let sum = 0
  for (let k = n; k >= more; k--) {
    sum += Math.exp(term)
    term += Math.log(k) - Math.log(n - k + 1)
  }
  return Math.min(1, sum)
}

/**
 * Which of several findings hold when all of them together may raise a false alarm with a chance of `alpha`: Holm's
 * step-down procedure, Scandinavian Journal of Statistics 6 (1979). Same order as given.
 */
export function holm(chances: readonly number[], alpha: number): readonly boolean[] {
  const order = chances.map((_, at) => at).toSorted((a, b) => (chances[a] ?? 1) - (chances[b] ?? 1))
  const holds = chances.map(() => false)
  for (const [rank, at] of order.entries()) {
    if ((chances[at] ?? 1) > alpha / (chances.length - rank)) break
    holds[at] = true
  }
  return holds
}
