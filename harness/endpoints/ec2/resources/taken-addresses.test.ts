import { expect, test } from 'vitest'
import { TakenAddresses } from './taken-addresses.ts'

function taken(...numbers: readonly number[]): TakenAddresses {
  const all = new TakenAddresses()
  for (const number of numbers) all.add(number)
  return all
}

test('the next address is the lowest that is free, whatever was taken by name before', () => {
  const all = taken(5, 6)
  expect([all.takeNext(4, 9), all.takeNext(4, 9), all.takeNext(4, 9), all.size]).toEqual([4, 7, 8, 5])
})

test('one that is given back is the next again, and a full range has none until then', () => {
  const all = taken()
  expect([all.takeNext(4, 5), all.takeNext(4, 5), all.takeNext(4, 5)]).toEqual([4, 5, undefined])
  all.delete(4)
  expect([all.has(4), all.takeNext(4, 5), all.takeNext(4, 5)]).toEqual([false, 4, undefined])
})

test('one outside the range takes nothing from it, and giving it back changes nothing', () => {
  const all = taken(1)
  all.takeNext(4, 9)
  all.delete(1)
  expect(all.takeNext(4, 9)).toBe(5)
})
