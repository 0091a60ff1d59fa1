import { expect, test } from 'vitest'
import { disposeAll } from './dispose-all.ts'

function thing(log: string[], name: string, failure?: string): AsyncDisposable {
  return {
    async [Symbol.asyncDispose]() {
      log.push(name)
      if (failure !== undefined) throw new Error(failure)
    },
  }
}

test('things are disposed last first', async () => {
  const log: string[] = []
  await disposeAll([thing(log, 'network'), thing(log, 'db'), thing(log, 'web')])
  expect(log).toEqual(['web', 'db', 'network'])
})

test('disposal goes on past failures and tells all of them', async () => {
  const log: string[] = []
  const failing = disposeAll([thing(log, 'a'), thing(log, 'b', 'b is stuck'), thing(log, 'c', 'c is stuck')])
  await expect(failing).rejects.toMatchObject({ errors: [new Error('c is stuck'), new Error('b is stuck')] })
  expect(log).toEqual(['c', 'b', 'a'])
})

test('a single failure is told as it is', async () => {
  await expect(disposeAll([thing([], 'a', 'a is stuck')])).rejects.toThrow(new Error('a is stuck'))
})
