import { expect, test } from 'vitest'
import { waitFor } from '../kernel/index.ts'
import type { Engine, Row } from './engines/engine.ts'
import { mariadb } from './engines/mariadb.ts'
import type { Entry } from './ledger/journal.ts'
import type { Token } from './ledger/token.ts'
import { tokenOf } from './ledger/token.ts'
import type { Readers, ReadReport } from './readers.ts'
import { startReaders, withoutLost } from './readers.ts'

/** A server that answers every read with what the test says at that moment. */
function answering(answer: () => Promise<Row> | Row): Engine {
  return {
    ...mariadb,
    open: async () => ({
      query: async () => [await answer()],
      async [Symbol.asyncDispose]() {
        // Nothing is held.
      },
    }),
  }
}

/** A book in which client 1 was told of writes 1 to `newest`, at those milliseconds. */
function told(newest: number, at = 0): Map<Token, Entry> {
  const entry: Entry = { fate: 'acknowledged', era: 0, origin: 'node-1', sentAt: at, settledAt: at }
  return new Map(Array.from({ length: newest }, (_, index) => [tokenOf(1, index + 1), { ...entry }]))
}

const address = { host: '127.0.0.1', port: 1 }
const now = (): number => performance.now()

async function until(readers: Readers, holds: (report: ReadReport) => boolean): Promise<void> {
  const look = (): { done: true } | { seen: string } =>
    holds(readers.report()) ? { done: true } : { seen: JSON.stringify(readers.report()) }
  await waitFor('the readers', look, { deadlineMs: 5_000, everyMs: 2 })
}

test('an answer without a write that was acknowledged before is stale, with the node and each write once', async () => {
  const engine = answering(() => ({ node: 3, number: 4 }))
  const readers = startReaders({ engine, address, clients: 1, journal: { entries: told(6) }, now, staleAfterMs: 0 })
  await until(readers, ({ answered }) => answered >= 3)
  await readers.stop()
  const { stale, answers, answered } = readers.report()
  expect(stale.map(({ write, node }) => [write, node])).toEqual([
    [tokenOf(1, 5), 'node-3'],
    [tokenOf(1, 6), 'node-3'],
  ])
  expect(answers).toEqual({ 'node-3': answered })
})

test('a write that is not settled, or younger than what is allowed, is not missed', async () => {
  const entries = told(6, performance.now())
  entries.set(tokenOf(1, 7), { fate: 'sent', era: 0, origin: undefined, sentAt: 0, settledAt: undefined })
  const engine = answering(() => ({ node: 3, number: 4 }))
  const readers = startReaders({ engine, address, clients: 1, journal: { entries }, now, staleAfterMs: 60_000 })
  await until(readers, ({ answered }) => answered >= 3)
  await readers.stop()
  expect(readers.report().stale).toEqual([])
})

test('the outage is the longest time without an answer, those that never came included', async () => {
  const silence = Promise.withResolvers<Row>()
  let asked = 0
  const engine = answering(() => (++asked === 3 ? silence.promise : { node: 2, number: 0 }))
  const readers = startReaders({ engine, address, clients: 1, journal: { entries: new Map() }, now })
  await waitFor('the silence', () => (asked === 3 ? { done: true } : { seen: `${asked}` }), { deadlineMs: 5_000 })
  const since = performance.now()
  const waitedFor = (): { done: number } | { seen: string } => {
    const ms = performance.now() - since
    return ms > 60 ? { done: ms } : { seen: `${ms}` }
  }
  const ms = await waitFor('60 ms of silence', waitedFor, { deadlineMs: 5_000, everyMs: 5 })
  silence.reject(new Error('the server went away'))
  await until(readers, ({ answered }) => answered >= 6)
  await readers.stop()
  const { outageMs, failed, outageFrom } = readers.report()
  expect(outageMs).toBeGreaterThan(ms)
  expect(outageFrom).toBeLessThan(since)
  expect(failed).toBe(1)
})

test('what is lost is not stale as well, unless it was missed before the fault', async () => {
  const engine = answering(() => ({ node: 3, number: 0 }))
  const readers = startReaders({ engine, address, clients: 1, journal: { entries: told(2) }, now, staleAfterMs: 0 })
  await until(readers, ({ stale }) => stale.length === 2)
  await readers.stop()
  const left = (faultAt: number): Token[] =>
    withoutLost(readers.report(), [tokenOf(1, 1)], faultAt).stale.map(({ write }) => write)
  expect(left(0)).toEqual([tokenOf(1, 2)])
  expect(left(performance.now())).toEqual([tokenOf(1, 1), tokenOf(1, 2)])
})
