import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../kernel/index.ts'
import { differ } from '../compare/difference.ts'
import { latencyOf } from './latency.ts'
import { holm, signTest } from './sign-test.ts'
import { openTally } from './tally.ts'
import type { Weighed } from './weigh.ts'
import { weigh } from './weigh.ts'

test.each([
  [0, 0, 1],
  [1, 0, 0.5],
  [10, 0, 2 ** -10],
  [8, 2, 56 / 1_024],
  [5, 5, 638 / 1_024],
])('of %d and %d heads the chance is %d', (more, less, chance) => {
  expect(signTest(more, less)).toBeCloseTo(chance, 12)
})

test('the chance is one for any that is not more, and never above one', () => {
  fc.assert(
    fc.property(fc.nat(2_000), fc.nat(2_000), (more, less) => {
      const chance = signTest(more, less)
      expect(chance).toBeGreaterThanOrEqual(0)
      expect(chance).toBeLessThanOrEqual(1)
      // Of two that are mirror images, one is at least as likely as not.
      expect(Math.max(chance, signTest(less, more))).toBeGreaterThanOrEqual(0.5)
    }),
  )
})

test('several chances together are held to one limit, the smallest to the strictest', () => {
  expect(holm([0.004, 0.02, 0.001], 0.01)).toEqual([true, false, true])
  expect(holm([0.006, 0.006], 0.01)).toEqual([false, false])
  expect(holm([], 0.01)).toEqual([])
})

interface Simulated {
  /** What stands in a place, for the primary, the second primary and the candidate in turn. */
  readonly places: Readonly<
    Record<string, (random: () => number, who: 'primary' | 'secondary' | 'candidate', at: number) => unknown>
  >
  readonly requests?: number
}

function simulate({ places, requests = 1_000 }: Simulated, seed: number): Weighed {
  const [tally, random] = [openTally(), seededRandom(seed, 'simulated')]
  for (let at = 0; at < requests; at++) {
    const asked = { method: 'GET', target: `/${at}`, fields: [], bytes: 0 }
    const values = Object.entries(places).map(([place, make]) => ({
      place,
      primary: make(random, 'primary', at),
      secondary: make(random, 'secondary', at),
      candidate: make(random, 'candidate', at),
    }))
    const found = values.flatMap((each) =>
      each.primary === each.candidate ? [] : [differ(each.place, each.primary, each.candidate)],
    )
    const noise = values.flatMap((each) =>
      each.primary === each.secondary ? [] : [differ(each.place, each.primary, each.secondary)],
    )
    if (found.length + noise.length > 0) tally.add(asked, found, noise)
  }
  return weigh(tally, { pairs: requests, noiseKnown: true, alpha: 0.01 })
}

const id = (random: () => number): string =>
  Math.floor(random() * 2 ** 48)
    .toString(16)
    .padStart(12, '0')
const rare =
  (share: number) =>
  (random: () => number): string =>
    random() < share ? 'odd' : 'usual'
const time = (_random: () => number, who: string, at: number): number =>
  1_800_000_000_000 + at * 10 + (who === 'primary' ? 0 : 1 + Math.floor(_random() * 5))

describe('an identical candidate is passed', () => {
  test.for(
    Object.entries({
      'without noise': {},
      'with ids and times': { id, time },
      'with a place that is noisy in 1 %': { a: rare(0.01) },
      'with a place that is noisy in 50 %': { a: rare(0.5) },
      'with five noisy places': { a: rare(0.01), b: rare(0.01), c: rare(0.1), d: rare(0.5), id },
    }),
  )('%s, with at most 1 % of false alarms', ([, places]) => {
    let alarms = 0
    for (let seed = 1; seed <= 100; seed++) if (simulate({ places }, seed).suspects.length > 0) alarms++
    // Of 100 runs with a chance of 1 % each, six or more raise an alarm once in two thousand times.
    expect(alarms).toBeLessThan(6)
  })
})

describe('what is wrong with a candidate is found in 1 000 requests', () => {
  const of =
    (
      right: (random: () => number, who: 'primary' | 'secondary' | 'candidate', at: number) => unknown,
      wrong: (random: () => number, at: number) => unknown,
    ) =>
    (random: () => number, who: 'primary' | 'secondary' | 'candidate', at: number): unknown =>
      who === 'candidate' ? wrong(random, at) : right(random, who, at)
  test.for(
    Object.entries({
      'a clean place, always': [
        of(
          () => 10,
          () => 11,
        ),
        'value',
      ],
      'a clean place, in 3 %': [
        of(
          () => 10,
          (random) => (random() < 0.03 ? 11 : 10),
        ),
        'value',
      ],
      'a place that is noisy in 10 %, 10 % more': [
        of(rare(0.1), (random) => (random() < 0.2 ? 'odd' : 'usual')),
        'value',
      ],
      'an id that becomes null': [of(id, () => null), 'shape'],
      'an id that becomes a word': [of(id, () => 'undefined'), 'shape'],
      'an id that is half as long': [of(id, (random) => id(random).slice(6)), 'shape'],
      'an id that comes again': [of(id, (random) => `abcdef00000${Math.floor(random() * 8)}`), 'repeated'],
      'a time in seconds': [of(time, (_random, at) => 1_800_000_000 + at), 'shape'],
      'a time a day ahead': [of(time, (_random, at) => 1_800_086_400_000 + at * 10), 'far'],
    } as const),
  )('%s', ([, [place, facet]]) => {
    for (let seed = 1; seed <= 5; seed++) {
      const { suspects } = simulate({ places: { place, id, clean: () => 1 } }, seed)
      expect(suspects).toEqual([expect.objectContaining({ place: 'place', facet })])
    }
  })
})

test('how much could have been seen is told: less with more pairs, nothing with a few', () => {
  const sees = [5, 100, 1_000, 10_000].map((requests) => simulate({ places: { id }, requests }, 1).sees)
  expect(sees).toEqual(sees.toSorted((a, b) => b - a))
  expect(sees[0]).toBe(1)
  expect(sees[2]).toBeLessThan(0.03)
})

test('without a second primary each difference counts', () => {
  const tally = openTally()
  tally.add({ method: 'GET', target: '/', fields: [], bytes: 0 }, [differ('status', 200, 500)], undefined)
  const { suspects } = weigh(tally, { pairs: 100, noiseKnown: false, alpha: 0.01 })
  expect(suspects).toMatchObject([
    { place: 'status', candidateOnly: 1, examples: [{ primary: '200', candidate: '500' }] },
  ])
})

test('of the requests that show a difference the smallest are kept', () => {
  const tally = openTally()
  for (const length of [9, 3, 7, 1, 5]) {
    tally.add(
      { method: 'GET', target: `/${'x'.repeat(length)}`, fields: [], bytes: 0 },
      [differ('status', 200, 500)],
      undefined,
    )
  }
  expect(tally.places()[0]?.examples.map(({ request }) => request.target.length - 1)).toEqual([1, 3, 5])
})

test('the middle of times in pairs lies in its interval, which narrows', () => {
  const random = seededRandom(1)
  const draw = (n: number): number[] => Array.from({ length: n }, () => 1.2 * Math.exp(random() - 0.5))
  const [few, many] = [latencyOf(draw(100)), latencyOf(draw(10_000))]
  for (const each of [few, many]) {
    expect(each?.from).toBeLessThan(1.2)
    expect(each?.to).toBeGreaterThan(1.2)
  }
  expect((many?.to ?? 9) - (many?.from ?? 0)).toBeLessThan(((few?.to ?? 0) - (few?.from ?? 9)) / 3)
  expect(latencyOf([1, 1, 1])).toBeUndefined()
})
