import { expect, test } from 'vitest'
import { atOnce } from './at-once.ts'

test('no more questions are open at once than are named, and each gets its answer, or its error', async () => {
  let [open, most] = [0, 0]
  const ask = atOnce(3, async (number: number) => {
    most = Math.max(most, ++open)
    for (let turn = 0; turn < number % 4; turn++) await Promise.resolve()
    open--
    if (number === 5) throw new Error('nobody knows')
    return number * 2
  })
  const answers = await Promise.allSettled(Array.from({ length: 20 }, (_, number) => ask(number)))
  expect(most).toBe(3)
  expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : 'none'))).toEqual(
    Array.from({ length: 20 }, (_, number) => (number === 5 ? 'none' : number * 2)),
  )
})

test('after all of them as many may be open as before', async () => {
  const ask = atOnce(1, async (text: string) => text)
  expect([await ask('a'), await ask('b')]).toEqual(['a', 'b'])
})
