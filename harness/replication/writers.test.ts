import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scratchFolder } from '../../fixtures/seatrial.ts'
import type { Engine, Session } from './engines/engine.ts'
import { mariadb } from './engines/mariadb.ts'
import { unsettledBecause } from './ledger/compare.ts'
import { Journal } from './ledger/journal.ts'
import { startWriters } from './writers.ts'

/** A server whose clients are let in, and answered, when the test says so. */
function slowServer(): { engine: Engine; letIn: () => void; answer: () => void } {
  const door = Promise.withResolvers<undefined>()
  let open = Promise.withResolvers<undefined>()
  const session: Session = {
    async query() {
      await open.promise
      return []
    },
    async [Symbol.asyncDispose]() {
      // Nothing is held.
    },
  }
  return {
    engine: {
      ...mariadb,
      async open() {
        await door.promise
        return session
      },
      nodeId: async () => 1,
    },
    letIn: () => door.resolve(undefined),
    answer() {
      open.resolve(undefined)
      open = Promise.withResolvers()
    },
  }
}

test('a fault is made while a write waits for its answer, however long clients take to come back', async () => {
  await using folder = await scratchFolder()
  using journal = new Journal(join(folder.path, 'ledger'))
  const { engine, letIn, answer } = slowServer()
  const now = (): number => performance.now()
  const writers = startWriters({ engine, address: { host: '127.0.0.1', port: 1 }, clients: 1, journal, now })

  let faultAt: number | undefined
  const fault = writers.midWrite().then((at) => (faultAt = at))
  await new Promise((resolve) => setImmediate(resolve))
  expect(faultAt, 'no client is connected').toBeUndefined()

  letIn()
  await fault
  const stopped = writers.stop()
  answer()
  await stopped
  expect(faultAt).toBeDefined()
  expect(unsettledBecause(journal.entries, faultAt ?? 0)).toBe('no write was acknowledged before the fault')
})
