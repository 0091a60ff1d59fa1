import { expect, test } from 'vitest'
import { fitness, sequenceOf } from './fitness.ts'

test('a replica is fit while it has what the primary had so long ago, and not by what the primary has now', () => {
  const replicas = fitness(500)
  replicas.asked(0, 100)
  replicas.asked(400, 200)
  expect(replicas.isFit(499, 0), 'nothing is due yet').toBe(true)
  expect(replicas.isFit(500, 99)).toBe(false)
  expect(replicas.isFit(500, 100)).toBe(true)
  expect(replicas.isFit(900, 199)).toBe(false)
  expect(replicas.isFit(900, 200)).toBe(true)
})

test('when the primary answers no more, what it said last is what a replica must have', () => {
  const replicas = fitness(500)
  replicas.asked(0, 100)
  replicas.asked(400, 200)
  expect(replicas.isFit(60_000, 199)).toBe(false)
  expect(replicas.isFit(60_000, 200)).toBe(true)
})

test.each([
  ['', 0],
  ['0-1-512', 512],
  ['0-1-512,0-2-600', 600],
])('the position %j is at %d', (position, wanted) => {
  expect(sequenceOf(position)).toBe(wanted)
})
