import type { Tree } from './tree.ts'

/** Two nodes that stand for each other, or one that the other page does not have. */
export type Aligned = readonly [Tree, Tree] | readonly [Tree, undefined] | readonly [undefined, Tree]

/** Cells of the table of two lists; longer ones are held against each other by their places. */
const cells = 250_000

/** Holds two lists of children against each other: as many as can be stand with their equal, else with one of their name. */
export function align(a: readonly Tree[], b: readonly Tree[]): readonly Aligned[] {
  if (a.length * b.length > cells) return byPlace(a, b)
  // best[i][j]: the most that a from i on and b from j on can have in common.
  const best = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = best[i]
      if (row !== undefined) row[j] = Math.max(at(i + 1, j), at(i, j + 1), worth(a[i], b[j]) + at(i + 1, j + 1))
    }
  }
  const found: Aligned[] = []
  let [i, j] = [0, 0]
  for (;;) {
    const [own, its] = [a[i], b[j]]
    if (own === undefined && its === undefined) return found
    const both = worth(own, its)
    if (own !== undefined && its !== undefined && both > 0 && at(i, j) === both + at(i + 1, j + 1)) {
      found.push([own, its])
      i++
      j++
    } else if (own !== undefined && (its === undefined || at(i, j) === at(i + 1, j))) {
      found.push([own, undefined])
      i++
    } else if (its !== undefined) {
      found.push([undefined, its])
      j++
    }
  }
}

function worth(a: Tree | undefined, b: Tree | undefined): number {
  return a === undefined || b === undefined || a.name !== b.name ? 0 : a.id === b.id ? 3 : 1
}

function byPlace(a: readonly Tree[], b: readonly Tree[]): readonly Aligned[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, at): readonly Aligned[] => {
    const [own, its] = [a[at], b[at]]
    if (own !== undefined && its !== undefined && own.name === its.name) return [[own, its]]
    return [
      ...(own === undefined ? [] : [[own, undefined] as const]),
      ...(its === undefined ? [] : [[undefined, its] as const]),
    ]
  }).flat()
}
