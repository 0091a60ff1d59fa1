import { describe, expect, test } from 'vitest'
import { runCheck } from '../../kernel/index.ts'
import { healthChecks } from './preflight.ts'

const both = { mariadb: await healthChecks('mariadb'), postgres: await healthChecks('postgres') }
const idsOf = (checks: readonly { readonly id: string }[]): string[] =>
  checks.map(({ id }) => id.replace('replication/', ''))

test('there is a check for everything that a promotion of MariaDB stumbles over', () => {
  expect(idsOf(both.mariadb)).toEqual([
    'binary-log-format',
    'binary-log',
    'candidate',
    'durability',
    'errant-transactions',
    'gtid-strict-mode',
    'primary',
    'read-only',
    'relay-log',
    'replica-lag',
    'replica-source',
    'replica-thread',
    'replica-updates',
    'replication-account',
    'replication-filter',
    'semi-sync',
    'server-id',
  ])
})

test('there is a check for everything that a promotion of PostgreSQL stumbles over', () => {
  expect(idsOf(both.postgres)).toEqual([
    'archive',
    'candidate',
    'primary',
    'replica-lag',
    'replica-source',
    'replication-slot',
    'rewind',
    'standby-account',
    'standby-read-only',
    'standby-replay',
    'standby-settings',
    'standby',
    'synchronous-standby',
    'system-identifier',
    'wal-durability',
  ])
})

const every = new Map([...both.mariadb, ...both.postgres].map((check) => [check.id, check]))
describe.each([...every].map(([id, check]) => ({ id, check })))('$id', ({ check }) => {
  test.each(check.examples.map((example) => ({ title: example.title, example })))('$title', ({ example }) => {
    // What a check takes is what its examples give, and the compiler has seen to that where they were declared.
    const run = check.run as (given: unknown) => ReturnType<typeof check.run>
    const { findings, unsettled } = runCheck({ id: check.id, run }, example.given)
    expect(unsettled).toBeUndefined()
    const wanted = example.yields.map(({ id }) => id)
    expect(findings.map(({ rule }) => rule).toSorted()).toEqual(wanted.toSorted())
  })
})

test('a check is chosen by its id or by that of one of its rules', async () => {
  const chosen = await healthChecks('mariadb', ['replication/read-only', 'replication/semi-sync-off'])
  expect(idsOf(chosen)).toEqual(['read-only', 'semi-sync'])
  expect(await healthChecks('mariadb', ['replication/archive'])).toEqual([])
  expect(idsOf(await healthChecks('postgres', ['replication/standby-timeline-left']))).toEqual(['standby'])
  expect(await healthChecks('postgres', ['replication/rows-lost'])).toEqual([])
})

test('what PostgreSQL says is referred to its own manual, also by rules that both engines have', () => {
  for (const check of both.postgres) {
    for (const { given } of check.examples) {
      if (typeof given !== 'object' || !('engine' in given) || given.engine !== 'postgres') continue
      for (const { reference } of runCheck(check, given).findings) expect(reference.title).toMatch(/^PostgreSQL 15, /)
    }
  }
})
