import { expect, test } from 'vitest'
import { lanes } from './lanes.ts'

test('at most so many pieces of work go on at once, and all are done in the order they came', async () => {
  const inLane = lanes(2)
  const order: number[] = []
  let going = 0
  let most = 0
  const work = (n: number) => async () => {
    going += 1
    most = Math.max(most, going)
    await new Promise((resolve) => setImmediate(resolve))
    going -= 1
    order.push(n)
    return n
  }
  expect(await Promise.all([1, 2, 3, 4, 5].map((n) => inLane(work(n))))).toEqual([1, 2, 3, 4, 5])
  expect(order).toEqual([1, 2, 3, 4, 5])
  expect(most).toBe(2)
})

test('work that fails leaves its lane to the next', async () => {
  const inLane = lanes(1)
  const failing = inLane(async () => {
    throw new Error('lost')
  })
  const next = inLane(async () => 'found')
  await expect(failing).rejects.toThrow('lost')
  expect(await next).toBe('found')
})
