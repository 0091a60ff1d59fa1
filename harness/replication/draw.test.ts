import { expect, test } from 'vitest'
import type { Draw, Drawn } from './draw.ts'
import { drawFrom } from './draw.ts'

const name = (node: string): string => node
const nodes = ['node-2', 'node-3', 'node-4'] as const

function choices(draw: Draw): readonly Drawn[] {
  for (const about of [300, 100, 50]) draw.writes(about)
  draw.order('links are cut in this order', nodes, name)
  draw.oneOf('the replica that dies', nodes, name)
  return draw.drawn
}

test('the same seed gives the same choices in the same drill, and another seed or drill gives others', () => {
  expect(choices(drawFrom(7, 'kill'))).toEqual(choices(drawFrom(7, 'kill')))
  expect(choices(drawFrom(8, 'kill'))).not.toEqual(choices(drawFrom(7, 'kill')))
  expect(choices(drawFrom(7, 'links-cut'))).not.toEqual(choices(drawFrom(7, 'kill')))
})

test('numbers of writes go from half to one and a half of what the drill says, and reach near both ends', () => {
  const drawn = Array.from({ length: 200 }, (_, seed) => drawFrom(seed, 'kill').writes(100))
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(50)
  expect(Math.max(...drawn)).toBeLessThanOrEqual(150)
  expect(Math.min(...drawn)).toBeLessThan(55)
  expect(Math.max(...drawn)).toBeGreaterThan(145)
})

test('every order of three and each of three comes up, and nothing is left out or twice', () => {
  const orders = new Set<string>()
  const ones = new Set<string>()
  for (let seed = 0; seed < 100; seed++) {
    const draw = drawFrom(seed, 'kill')
    const ordered = draw.order('order', nodes, name)
    expect(ordered.toSorted()).toEqual([...nodes])
    orders.add(ordered.join())
    ones.add(draw.oneOf('one', nodes, name))
  }
  expect(orders.size).toBe(6)
  expect(ones.size).toBe(3)
})

test('a choice more of one kind leaves those of the other kinds as they were, and what is no choice is not recorded', () => {
  const [plain, longer] = [drawFrom(7, 'kill'), drawFrom(7, 'kill')]
  longer.writes(100)
  longer.writes(100)
  expect(longer.oneOf('one', nodes, name)).toBe(plain.oneOf('one', nodes, name))
  const alone = drawFrom(7, 'kill')
  expect(alone.oneOf('one', ['node-2'], name)).toBe('node-2')
  expect(alone.order('order', ['node-2'], name)).toEqual(['node-2'])
  expect(alone.drawn).toEqual([])
})
