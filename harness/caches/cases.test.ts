import { describe, expect, test } from 'vitest'
import { runCheck } from '../kernel/index.ts'
import { givenOf } from './case.ts'
import { expectations } from './expectations.ts'
import { topics } from './topics.ts'

const found = (await topics()).map(({ thing }) => thing)
const cases = found.flatMap((topic) => topic.cases)

test('there are at least 300 cases, each with an id of its own', () => {
  expect(cases.length).toBeGreaterThanOrEqual(300)
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
})

test('every level has many cases', () => {
  for (const level of ['required', 'optional', 'observation']) {
    expect(cases.filter((one) => one.level === level).length, level).toBeGreaterThan(90)
  }
})

test('no two cases claim to be the same case of another suite', () => {
  const theirs = cases.flatMap(({ aka }) => aka?.['cache-tests'] ?? [])
  expect(theirs.filter((id, at) => theirs.indexOf(id) !== at)).toEqual([])
})

test('every prerequisite is a case, and none needs itself', () => {
  const known = new Map(cases.map((one) => [one.id, one]))
  const reach = (id: string, seen: readonly string[]): readonly string[] => {
    expect(seen, `${id} is not its own prerequisite`).not.toContain(id)
    const one = cases.find((each) => each.id === id)
    expect(one, `${id}, needed by ${seen.at(-1)}`).toBeDefined()
    return (one?.needs ?? []).flatMap((needed) => reach(needed, [...seen, id]))
  }
  for (const id of known.keys()) reach(id, [])
})

test('no case waits longer than 8 seconds, so that a cache takes less than 20', () => {
  const total = cases.map(({ requests }) =>
    requests.reduce((sum, { after = 0, answer }) => sum + after + (answer?.delayMs ?? 0) / 1000, 0),
  )
  expect(Math.max(...total)).toBeLessThanOrEqual(8)
})

test('every case expects something, of its last request at the latest', () => {
  for (const { id, requests } of cases) {
    const wanted = requests.flatMap(({ expect: each }) => (each === undefined ? [] : Object.keys(each)))
    expect(wanted.length, id).toBeGreaterThan(0)
  }
})

test('no request is needed to be what it is also expected to be: that could never fail', () => {
  const twice = cases.filter(({ requests }) =>
    requests.some((request) => request.expect?.from !== undefined && givenOf(request).from !== undefined),
  )
  expect(twice.map(({ id }) => id)).toEqual([])
})

describe.for(found.map((topic) => ({ id: topic.id, topic })))('$id', ({ topic }) => {
  test('sees in each transcript exactly what it shows, and can see every case go wrong', () => {
    for (const { title, given, yields } of topic.examples) {
      const { findings, unsettled } = runCheck(topic, given)
      expect(unsettled, title).toBeUndefined()
      expect(
        findings.map(({ rule }) => rule),
        title,
      ).toEqual(yields.map(({ id }) => id))
    }
  })
})

test.for(expectations.examples)('the keeper of the known deviations: $title', ({ given, yields }) => {
  const { findings } = runCheck(expectations, given)
  expect(findings.map(({ rule }) => rule)).toEqual(yields.map(({ id }) => id))
})
