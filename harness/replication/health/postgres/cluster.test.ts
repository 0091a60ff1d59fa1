import { describe, expect, test } from 'vitest'
import { admits } from './admits.ts'
import { synchronousWanted } from './cluster.ts'
import type { HbaLine } from './cluster.ts'
import { samplePostgres } from './sample.ts'

describe('synchronous_standby_names', () => {
  test.each([
    ['', 0],
    ['  ', 0],
    ['*', 1],
    ['a, b', 1],
    ['FIRST 2 (a, b, c)', 2],
    ['any 3 ("x-1", *)', 3],
    ['2 (a, b)', 2],
  ])('%j waits for %i', (synchronousStandbyNames, wanted) => {
    const [primary] = samplePostgres({ primarySettings: { synchronousStandbyNames } }).nodes
    expect(primary && synchronousWanted(primary.settings)).toBe(wanted)
  })
})

describe('pg_hba.conf', () => {
  const line = (changes: Partial<HbaLine>): HbaLine => ({
    users: ['all'],
    address: 'all',
    mask: '',
    method: 'md5',
    ...changes,
  })
  const answer = (from: string, ...hba: readonly HbaLine[]): boolean | undefined => {
    const senders = [{ name: 'pg-2', address: from, state: 'streaming', sync: 'async' }]
    const cluster = samplePostgres({ primary: { senders }, standby: { hba } })
    const standby = cluster.nodes[1]
    if (standby === undefined) throw new Error('there is no standby')
    return admits(standby, 'replication', cluster)
  }

  test.each<[string, string, Partial<HbaLine>, boolean | undefined]>([
    ['its own address', '10.1.2.3', { address: '10.1.2.3', mask: '255.255.255.255' }, true],
    ['a network', '10.1.2.3', { address: '10.1.0.0', mask: '255.255.0.0' }, true],
    ['another network', '10.2.2.3', { address: '10.1.0.0', mask: '255.255.0.0' }, false],
    ['a network of IPv6', 'fd00::1:5', { address: 'fd00::1:0', mask: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:0' }, true],
    ['another of IPv6', 'fd01::5', { address: 'fd00::', mask: 'ffff::' }, false],
    ['IPv6 for an address of IPv4', '10.1.2.3', { address: '::', mask: '::' }, false],
    ['a host name', '10.1.2.3', { address: 'db.test' }, undefined],
    ['the network of the server', '10.1.2.3', { address: 'samenet' }, undefined],
    ['a Unix socket', '10.1.2.3', { address: '' }, false],
    ['another role', '10.1.2.3', { users: ['backup'] }, false],
    ['a group', '10.1.2.3', { users: ['+standbys'] }, undefined],
    ['a refusal', '10.1.2.3', { method: 'reject' }, false],
  ])('with a line for %s', (_what, from, changes, wanted) => {
    expect(answer(from, line(changes))).toBe(wanted)
  })

  test('is read from the top: what cannot be told ends the search, and what does not fit does not', () => {
    const [group, refusal, other] = [line({ users: ['+x'] }), line({ method: 'reject' }), line({ users: ['backup'] })]
    expect(answer('10.1.2.3', group, refusal)).toBeUndefined()
    expect(answer('10.1.2.3', other, line({}))).toBe(true)
    expect(answer('10.1.2.3', refusal, line({}))).toBe(false)
  })
})
