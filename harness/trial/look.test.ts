import { expect, test } from 'vitest'
import { systemClock, UsageError } from '../kernel/index.ts'
import type { Slice, TrialContext } from '../slice.ts'
import { lookThrough } from './look.ts'

const usage = (path: string): UsageError => new UsageError({ path, given: 'a', wanted: 'b' })

function stepsOf(error: Error): Promise<readonly { readonly id: string; readonly unsettled?: unknown }[]> {
  const slice: Pick<Slice, 'id' | 'title' | 'trial'> = {
    id: 'test',
    title: 'Test',
    // oxlint-disable-next-line require-yield -- it breaks before its first step
    async *trial() {
      throw error
    },
  }
  const context = { clock: systemClock, signal: new AbortController().signal }
  return Array.fromAsync(lookThrough(slice as Slice, context as TrialContext<unknown>))
}

test.each([
  ['a wrong question', usage('x')],
  ['two of them', new AggregateError([usage('x'), usage('y')], 'two')],
])('%s ends the trial as it is', async (_, error) => {
  await expect(stepsOf(error)).rejects.toBe(error)
})

test.each([
  ['an error of ours', new TypeError('x')],
  ['a wrong question beside another error', new AggregateError([usage('x'), new TypeError('y')], 'two')],
  ['a list of no errors', new AggregateError([], 'none')],
])('%s is a step that could not look', async (_, error) => {
  expect(await stepsOf(error)).toMatchObject([{ id: 'test/trial', unsettled: { because: 'harness' } }])
})
