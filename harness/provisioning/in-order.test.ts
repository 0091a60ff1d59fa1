import { expect, test } from 'vitest'
import { inOrder } from './in-order.ts'

const open = new AbortController().signal

test('results come in the order of the works, and no more are under way than may be', async () => {
  let [under, most] = [0, 0]
  const works = [30, 5, 20, 1, 1].map((ms, index) => async () => {
    most = Math.max(most, ++under)
    await new Promise((resolve) => setTimeout(resolve, ms))
    under--
    return index
  })
  expect(await Array.fromAsync(inOrder(works, 2, open))).toEqual([0, 1, 2, 3, 4])
  expect(most).toBe(2)
})

test('when one fails the others are told to end, and are waited for', async () => {
  const ended: string[] = []
  const patient = (signal: AbortSignal): Promise<string> =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        ended.push('ended')
        reject(new Error('ended'))
      })
    })
  const works = [() => Promise.reject(new Error('broken')), patient, patient]
  await expect(Array.fromAsync(inOrder(works, 2, open))).rejects.toThrow('broken')
  // The third was never begun.
  expect(ended).toEqual(['ended'])
})
