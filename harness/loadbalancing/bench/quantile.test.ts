import { expect, test } from 'vitest'
import { seededRandom } from '../../kernel/index.ts'
import { quantile } from './quantile.ts'

test('the true percentile lies in its interval as often as is said', () => {
  const random = seededRandom(7, 'quantile')
  const runs = 2_000
  const hits = Array.from({ length: runs }, () => {
    // Exponential times: their 95th percentile is ln 20.
    const { from, to } = quantile(
      Array.from({ length: 400 }, () => -Math.log(1 - random())),
      95,
    )
    return from <= Math.log(20) && Math.log(20) <= to
  }).filter(Boolean).length
  expect(hits / runs).toBeGreaterThan(0.98)
})

test('too few times do not tell how large a percentile may be', () => {
  expect(quantile([1, 2, 3], 95)).toMatchObject({ at: 3, to: Infinity })
})

test('the order of the times says nothing', () => {
  const times = Array.from({ length: 1_000 }, (_, at) => at)
  expect(quantile(times.toReversed(), 50)).toEqual(quantile(times, 50))
})
