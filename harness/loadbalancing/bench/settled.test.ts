import { expect, test } from 'vitest'
import { manualClock } from '../../kernel/index.ts'
import { settled } from './settled.ts'

function inTurn(...values: readonly number[]) {
  let at = 0
  return async () => values[Math.min(at++, values.length - 1)]
}

const bench = { clock: manualClock(), signal: new AbortController().signal }

test.for([
  { title: 'at once what is as wanted', values: [0, 7], withinMs: 1_000, seen: 0 },
  { title: 'what is as wanted in the end', values: [5, 3, 0, 7], withinMs: 1_000, seen: 0 },
  { title: 'what it saw last, when that never comes', values: [5, 3], withinMs: 100, seen: 3 },
  { title: 'its one look, when there is no time', values: [5, 0], withinMs: -1, seen: 5 },
])('gives $title', async ({ values, withinMs, seen }) => {
  expect(await settled(inTurn(...values), (value) => value === 0, { withinMs, bench })).toBe(seen)
})
