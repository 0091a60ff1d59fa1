import { describe, expect, test } from 'vitest'
import { systemClock } from '../../kernel/index.ts'
import { addressText, allowedAddress, parseAddress } from './addresses.ts'
import { preflight } from './preflight.ts'
import { askingOnly } from './read-only-session.ts'

describe('the session of a pre-flight', () => {
  const sent: string[] = []
  const session = askingOnly({
    async query(statement) {
      sent.push(statement)
      return []
    },
    [Symbol.asyncDispose]: async () => undefined,
  })

  test.each([
    'SHOW ALL SLAVES STATUS',
    'SELECT @@server_id',
    "SELECT User FROM mysql.user WHERE Repl_slave_priv = 'Y'",
    'SELECT pg_is_in_recovery() AS standby, greatest(1, 2)',
  ])('asks %s', async (statement) => {
    await session.ask(statement)
    expect(sent.at(-1)).toBe(statement)
  })

  test.each([
    'STOP SLAVE',
    'SET GLOBAL read_only = 0',
    'FLUSH TABLES WITH READ LOCK',
    'INSERT INTO t VALUES (1)',
    "SELECT 1 INTO OUTFILE '/tmp/x'",
    'SELECT * FROM t FOR UPDATE',
    'SELECT 1; DROP TABLE t',
    "SELECT GET_LOCK('a', 1)",
    'SELECT @a := 1',
    'SELECT pg_promote()',
    'SELECT pg_wal_replay_pause (true)',
    'SELECT "pg_promote"()',
    'SELECT pg_reload_conf/**/()',
    "SELECT set_config('fsync', 'off', false)",
    'SELECT * FROM t FOR SHARE',
    'CHECKPOINT',
  ])('refuses %s before it is sent', async (statement) => {
    const before = sent.length
    await expect(session.ask(statement)).rejects.toThrow('a pre-flight only asks')
    expect(sent).toHaveLength(before)
  })
})

describe('an address of a node', () => {
  test.each(['db-1:3306', '10.0.0.1:3307', '[::1]:3306', 'a.b.test:1'])('%s is read as it is written', (text) => {
    expect(addressText(parseAddress(text, 'here'))).toBe(text)
  })

  test.each([
    'db-1',
    'db-1:',
    'db-1:0',
    'db-1:65536',
    ':3306',
    'user@db:1',
    '::1:3306',
    '[db]:1',
    'mysql://db:3306',
    '',
  ])('%j is refused with what is wanted', (text) => {
    expect(() => parseAddress(text, 'here')).toThrow('HOST:PORT')
  })

  test('without a port is given one in the mend', () => {
    expect(() => parseAddress('db-1', 'here')).toThrow(expect.objectContaining({ mend: 'Did you mean db-1:3306 ?' }))
  })

  test.each(['169.254.169.254', 'fe80::1', 'fd00:ec2::254', '169.254.7.7', '::ffff:169.254.169.254'])(
    '%s is link-local and never asked, whatever the plan allows',
    async (host) => {
      await expect(allowedAddress({ host, port: 3306 }, () => undefined)).rejects.toThrow('not link-local')
    },
  )

  test('that the plan does not list is refused, and the mend has host and port', async () => {
    const { createAllowList } = await import('../../config/allow.ts')
    const allow = createAllowList({ hosts: [], origins: [] })
    await expect(allowedAddress({ host: '10.9.8.7', port: 3306 }, allow)).rejects.toMatchObject({
      path: 'network.allow',
      given: '10.9.8.7:3306',
      mend: 'Add "10.9.8.7:3306" to network.allow if the trial may send traffic there.',
    })
  })
})

describe('a pre-flight that cannot look', () => {
  const target = {
    name: 'live',
    nodes: [{ host: '127.0.0.1', port: 1 }],
    login: { user: 'monitor', passwordFrom: 'DB_PASSWORD' },
    maxLagSeconds: 10,
  }
  const context = { allow: () => undefined, clock: systemClock, only: [], path: 'replication.preflight[0]' }

  test('wants the password in the environment', async () => {
    await expect(preflight(target, { ...context, env: {} })).rejects.toMatchObject({
      path: 'replication.preflight[0]',
      given: 'no environment variable DB_PASSWORD',
    })
  })

  test('is unsettled where nobody listens, and tells no password', async () => {
    const step = await preflight(target, { ...context, env: { DB_PASSWORD: 'hunter2-hunter2' } })
    expect(step).toMatchObject({ looked: [], findings: [], unsettled: { because: 'prerequisite' } })
    expect(step.unsettled?.why).toContain('127.0.0.1:1 did not answer')
    expect(JSON.stringify(step)).not.toContain('hunter2')
  })
})
