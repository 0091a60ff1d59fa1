import { holm, signTest } from './sign-test.ts'
import type { PlaceCount, Tally } from './tally.ts'

/** A place whose difference is more than noise. */
export interface Suspect extends PlaceCount {
  /** How likely chance alone would do as much; 0 where there is nothing to tell chance from change. */
  readonly chance: number
  /** What it was held against; nothing where each difference counts. */
  readonly against?: 'the second primary' | 'the primary itself'
}

export interface Weighed {
  readonly suspects: readonly Suspect[]
  /** Places that were different, and no more so than between two primaries. */
  readonly noise: number
  /**
   * The smallest share of answers, in a place that was never different before, that would have been seen with a chance of
   * 95 %; 1 when nothing would have.
   */
  readonly sees: number
  /** Places that were different in a way that did not come again, too seldom to be told from noise. */
  readonly undecided: readonly string[]
}

export interface Weighing {
  /** Pairs that were compared. */
  readonly pairs: number
  /** Whether there was a second primary. */
  readonly noiseKnown: boolean
  /** The chance of a false alarm, over all places together. */
  readonly alpha: number
}

/** Tells what is more than noise. Without a second primary nothing is known to be noise, and each difference is one. */
export function weigh(tally: Pick<Tally, 'places'>, { pairs, noiseKnown, alpha }: Weighing): Weighed {
  const places = tally.places()
  const differing = places.filter(({ candidateOnly }) => candidateOnly > 0)
  if (!noiseKnown) {
    return {
      suspects: differing.map((each) => ({ ...each, chance: 0 })),
      noise: 0,
      sees: pairs === 0 ? 1 : -Math.expm1(Math.log(0.05) / pairs),
      undecided: [],
    }
  }
  const chances = places.map(({ candidateOnly, secondaryOnly }) => signTest(candidateOnly, secondaryOnly))
  const holds = holm(chances, alpha)
  const suspects = places.flatMap((each, at): Suspect[] =>
    holds[at] === true ? [{ ...each, chance: chances[at] ?? 1, against: 'the second primary' }] : [],
  )
  const needed = Math.ceil(Math.log2(Math.max(1, places.length) / alpha))
  return {
    suspects: withoutEchoes(suspects),
    noise: new Set(places.map(({ place }) => place)).size - new Set(suspects.map(({ place }) => place)).size,
    sees: smallestShare(pairs, needed),
    undecided: [],
  }
}

/** A value that is another one is of another shape too, as a rule: it is told once, as what it is seen in best. */
function withoutEchoes(suspects: readonly Suspect[]): readonly Suspect[] {
  const valued = new Set(suspects.filter(({ facet }) => facet === 'value').map(({ place }) => place))
  const shaped = new Set(suspects.filter(({ facet }) => facet === 'shape').map(({ place }) => place))
  return suspects.filter(
    ({ place, facet }) => facet === 'value' || (!valued.has(place) && (facet === 'shape' || !shaped.has(place))),
  )
}

/** The share at which `needed` of `pairs` are reached with a chance of 95 %, by halving. */
function smallestShare(pairs: number, needed: number): number {
  if (pairs < needed) return 1
  let [low, high] = [0, 1]
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (atLeast(needed, pairs, middle) >= 0.95) high = middle
    else low = middle
  }
  return high
}

/** The chance that of `n` at least `k` happen, each with a chance of `share`. */
function atLeast(k: number, n: number, share: number): number {
  if (share >= 1) return 1
  let term = n * Math.log1p(-share)
  let below = 0
  for (let at = 0; at < k; at++) {
    below += Math.exp(term)
    term += Math.log(n - at) - Math.log(at + 1) + Math.log(share) - Math.log1p(-share)
  }
  return 1 - below
}
