import { expect, test } from 'vitest'
import type { Load } from './side-by-side.ts'
import { sideBySide } from './side-by-side.ts'

/** Loads that count how many processors are busy at once. */
function counted(wanted: readonly number[]): { readonly loads: readonly Load<number>[]; readonly most: () => number } {
  let [busy, most] = [0, 0]
  const loads = wanted.map((processors, index) => ({
    processors,
    work: async () => {
      busy += processors
      most = Math.max(most, busy)
      // The later ones are done sooner.
      for (let n = wanted.length; n > index; n -= 1) await Promise.resolve()
      busy -= processors
      return index
    },
  }))
  return { loads, most: () => most }
}

test('no more go at once than there are processors for, and all come out in order', async () => {
  const { loads, most } = counted([1, 1, 2, 1, 1])
  expect(await Array.fromAsync(sideBySide(loads, 2))).toEqual([0, 1, 2, 3, 4])
  expect(most()).toBe(2)
})

test('one that wants more than there is goes alone', async () => {
  const { loads } = counted([4, 1])
  expect(await Array.fromAsync(sideBySide(loads, 2))).toEqual([0, 1])
})

test('a failure is told in its turn, when the others are done', async () => {
  let done = false
  const failing: Load<string>[] = [
    { processors: 1, work: () => Promise.reject(new Error('broken')) },
    {
      processors: 1,
      work: async () => {
        await Promise.resolve()
        done = true
        return 'fine'
      },
    },
  ]
  await expect(Array.fromAsync(sideBySide(failing, 1))).rejects.toThrow('broken')
  expect(done).toBe(true)
})
