import { describe, expect, test } from 'vitest'
import type { Random } from '../../kernel/index.ts'
import { joinThings, seededRandom } from '../../kernel/index.ts'
import { cycleIn } from './cycle.ts'
import type { Needs } from './needs.ts'
import { mapOf } from './needs.ts'
import type { RankedCause } from './rank.ts'
import { rankCauses } from './rank.ts'
import type { ThingState } from './seen.ts'

const below = (random: Random, limit: number): number => Math.floor(random() * limit)

/** Things that need only things made before them: no circle can come of it. */
function randomNeeds(random: Random): Needs {
  const many = 3 + below(random, 25)
  const names = Array.from({ length: many }, (_, at) => `thing:${at}`)
  return mapOf(
    Object.fromEntries(
      names.map((name, at) => [
        name,
        names.slice(0, at).filter(() => random() < 2 / Math.max(at, 1) && random() < 0.8),
      ]),
    ),
  )
}

/** All that needs a thing, by looking at every thing: slow, and plainly right. */
function consequences(needs: Needs, cause: string): ReadonlySet<string> {
  const reaches = (thing: string): boolean => [...(needs.get(thing) ?? [])].some((one) => one === cause || reaches(one))
  return new Set([...needs.keys()].filter(reaches))
}

/** The causes are down and so is what needs them; of the rest some were seen up, and some of it nobody looked at. */
function seenAfter(random: Random, needs: Needs, causes: readonly string[]): ReadonlyMap<string, ThingState> {
  const hit = new Set(causes.flatMap((cause) => [...consequences(needs, cause)]))
  return new Map(
    [...needs.keys()].flatMap((thing): (readonly [string, ThingState])[] => {
      if (causes.includes(thing)) return [[thing, 'down']]
      // A consequence may be out of sight; it is never up.
      if (random() < 0.3) return random() < 0.5 ? [] : [[thing, hit.has(thing) ? 'could-not-look' : 'up']]
      return [[thing, hit.has(thing) ? 'down' : 'up']]
    }),
  )
}

const seeds = Array.from({ length: 400 }, (_, seed) => seed)

describe('in 400 random graphs of needs', () => {
  test('one cause that is seen comes first, alone among what is down, and explains all the rest of it', () => {
    for (const seed of seeds) {
      const random = seededRandom(seed, 'one cause')
      const needs = randomNeeds(random)
      const cause = [...needs.keys()][below(random, needs.size)] ?? ''
      const states = seenAfter(random, needs, [cause])
      const ranked = rankCauses(needs, states)
      expect(ranked[0]?.thing, `seed ${seed}`).toBe(cause)
      expect(seenDown(ranked), `seed ${seed}`).toEqual([cause])
      const down = [...states].filter(([thing, state]) => state === 'down' && thing !== cause)
      expect(ranked[0]?.explains.map(({ thing }) => thing)).toEqual(
        expect.arrayContaining(down.map(([thing]) => thing)),
      )
    }
  })

  test('two causes that do not need each other are both told, and none of their consequences beside them', () => {
    let tried = 0
    for (const seed of seeds) {
      const random = seededRandom(seed, 'two causes')
      const needs = randomNeeds(random)
      const names = [...needs.keys()]
      const [one, other] = [names[below(random, names.length)] ?? '', names[below(random, names.length)] ?? '']
      if (one === other || consequences(needs, one).has(other) || consequences(needs, other).has(one)) continue
      tried += 1
      const states = seenAfter(random, needs, [one, other])
      const ranked = rankCauses(needs, states)
      expect(seenDown(ranked).toSorted(), `seed ${seed}`).toEqual([one, other].toSorted())
    }
    expect(tried).toBeGreaterThan(100)
  })

  test('whatever was seen, each thing that is down is a cause or is explained by one, and no score leaves 0 to 1', () => {
    for (const seed of seeds) {
      const random = seededRandom(seed, 'anything')
      const needs = randomNeeds(random)
      const states = new Map(
        [...needs.keys()].flatMap((thing): (readonly [string, ThingState])[] => {
          const state = (['down', 'up', 'could-not-look', undefined] as const)[below(random, 4)]
          return state === undefined ? [] : [[thing, state]]
        }),
      )
      const ranked = rankCauses(needs, states)
      const covered = new Set(ranked.flatMap(({ thing, explains }) => [thing, ...explains.map((each) => each.thing)]))
      const down = [...states].flatMap(([thing, state]) => (state === 'down' ? [thing] : []))
      expect(
        down.filter((thing) => !covered.has(thing)),
        `seed ${seed}`,
      ).toEqual([])
      for (const { thing, score, explains, against } of ranked) {
        expect(states.get(thing)).not.toBe('up')
        expect(score).toBeGreaterThan(0)
        expect(score).toBeLessThanOrEqual(1)
        // Nothing is explained through something that is up, nor by what does not lie behind it.
        for (const each of explains) {
          expect(consequences(needs, thing), `seed ${seed}`).toContain(each.thing)
          for (const between of each.via) expect(states.get(between)).not.toBe('up')
        }
        for (const each of against) expect(states.get(each)).toBe('up')
      }
      expect(ranked.map(({ score }) => score)).toEqual(ranked.map(({ score }) => score).toSorted((a, b) => b - a))
    }
  })

  test('the answer does not depend on the order in which anything was told', () => {
    for (const seed of seeds.slice(0, 100)) {
      const random = seededRandom(seed, 'order')
      const needs = randomNeeds(random)
      const cause = [...needs.keys()][below(random, needs.size)] ?? ''
      const states = seenAfter(random, needs, [cause])
      const turned = mapOf(
        Object.fromEntries([...needs].toReversed().map(([thing, needed]) => [thing, [...needed].toReversed()])),
      )
      expect(rankCauses(turned, new Map([...states].toReversed()))).toEqual(rankCauses(needs, states))
    }
  })
})

test('a chain of a thousand things that are all down is told in a few seconds on a busy machine', () => {
  const names = Array.from({ length: 1000 }, (_, at) => `thing:${String(at).padStart(4, '0')}`)
  const needs = mapOf(Object.fromEntries(names.map((name, at) => [name, names.slice(Math.max(at - 1, 0), at)])))
  const began = performance.now()
  const ranked = rankCauses(needs, new Map(names.map((name) => [name, 'down'])))
  expect(performance.now() - began).toBeLessThan(5000)
  expect(ranked).toHaveLength(1)
  expect(ranked[0]).toMatchObject({ thing: 'thing:0000', score: 1 })
  expect(ranked[0]?.explains).toHaveLength(999)
  expect(cycleIn(needs)).toBeUndefined()
})

describe('a circle', () => {
  test('is named from end to end, wherever in the graph it lies', () => {
    expect(cycleIn(mapOf({ x: ['a'], a: ['b', 'd'], b: ['c'], c: ['a'] }))).toEqual(['a', 'b', 'c', 'a'])
    expect(cycleIn(mapOf({ a: ['a'] }))).toEqual(['a', 'a'])
  })

  test('is not what two ways to the same thing are', () => {
    expect(cycleIn(mapOf({ a: ['b', 'c'], b: ['d'], c: ['d'] }))).toBeUndefined()
    // Forty of these in a row have a million million ways through them, and are looked at once each.
    const row: Record<string, string[]>[] = Array.from({ length: 40 }, (_, at) => ({
      [`a${at}`]: [`b${at}`, `c${at}`],
      [`b${at}`]: [`a${at + 1}`],
      [`c${at}`]: [`a${at + 1}`],
    }))
    expect(cycleIn(mapOf(joinThings(row.map((needs) => ({ needs }))).needs))).toBeUndefined()
  })

  test('is found wherever one random need is turned round', () => {
    let turned = 0
    for (const seed of seeds.slice(0, 200)) {
      const random = seededRandom(seed, 'circle')
      const needs = randomNeeds(random)
      expect(cycleIn(needs), `seed ${seed}`).toBeUndefined()
      const first = [...needs].find(([, needed]) => needed.size > 0)
      if (first === undefined) continue
      const [thing, needed] = first
      const [back = ''] = needed
      const cycle = cycleIn(new Map([...needs, [back, new Set([...(needs.get(back) ?? []), thing])]]))
      expect(cycle, `seed ${seed}`).toEqual(expect.arrayContaining([thing, back]))
      expect(cycle?.at(-1)).toBe(cycle?.[0])
      turned += 1
    }
    expect(turned).toBeGreaterThan(100)
  })
})

function seenDown(ranked: readonly RankedCause[]): string[] {
  return ranked.filter(({ state }) => state === 'down').map(({ thing }) => thing)
}
