import { describe, expect, test } from 'vitest'
import { runCheck } from '../../kernel/index.ts'
import { healthChecks } from './preflight.ts'

const checks = await healthChecks()

test('there is a check for everything that a promotion stumbles over', () => {
  expect(checks.map(({ id }) => id.replace('replication/', ''))).toEqual([
    'binary-log-format',
    'binary-log',
    'candidate',
    'durability',
    'errant-transactions',
    'gtid-strict-mode',
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

describe.each(checks.map((check) => ({ id: check.id, check })))('$id', ({ check }) => {
  test.each(check.examples.map((example) => ({ title: example.title, example })))('$title', ({ example }) => {
    const { findings, unsettled } = runCheck(check, example.given)
    expect(unsettled).toBeUndefined()
    const wanted = example.yields.map(({ id }) => id)
    expect(findings.map(({ rule }) => rule).toSorted()).toEqual(wanted.toSorted())
  })
})

test('a check is chosen by its id or by that of one of its rules', async () => {
  const chosen = await healthChecks(['replication/read-only', 'replication/semi-sync-off'])
  expect(chosen.map(({ id }) => id)).toEqual(['replication/read-only', 'replication/semi-sync'])
  expect(await healthChecks(['replication/rows-lost'])).toEqual([])
})
