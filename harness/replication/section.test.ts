import { describe, expect, test } from 'vitest'
import { replicationSection } from './section.ts'

const login = { user: 'monitor' }
const live = { name: 'live', nodes: [{ host: 'db-1' }, { host: '10.0.0.2', port: 3307 }], login }

describe('the section replication', () => {
  test('takes a live cluster alone, and knows where the password stands, and to encrypt where it can', () => {
    expect(replicationSection.parse({ preflight: [live] })).toEqual({
      drills: [],
      clients: 4,
      images: {},
      preflight: [
        {
          name: 'live',
          nodes: [{ host: 'db-1' }, { host: '10.0.0.2', port: 3307 }],
          login: { user: 'monitor', passwordFrom: 'SEATRIAL_DB_PASSWORD' },
          database: 'postgres',
          tls: 'prefer',
          maxLagSeconds: 10,
        },
      ],
    })
  })

  test('takes an image for the servers of each engine, and of no other', () => {
    const section = { drills: [{ drill: 'kill', procedure: 'documents' }], images: { mariadb: 'mysql:8.4' } }
    expect(replicationSection.parse(section).images).toEqual({ mariadb: 'mysql:8.4' })
    expect(replicationSection.safeParse({ ...section, images: { oracle: 'x' } }).success).toBe(false)
  })

  test('takes a drill with a runbook', () => {
    const drill = { drill: 'kill', procedure: 'documents', runbook: './promote.sh' }
    expect(replicationSection.parse({ drills: [drill] }).drills).toMatchObject([drill])
  })

  test.each([
    ['nothing to do', {}, 'at least one drill or preflight'],
    ['empty lists', { drills: [], preflight: [] }, 'at least one drill or preflight'],
    ['a cluster without nodes', { preflight: [{ ...live, nodes: [] }] }, 'nodes'],
    [
      'an address in place of a host',
      { preflight: [{ ...live, nodes: [{ host: 'mysql://db-1' }] }] },
      'without scheme',
    ],
    ['a password', { preflight: [{ ...live, login: { ...login, password: 'secret' } }] }, 'password'],
    [
      'a password in place of its variable',
      { preflight: [{ ...live, login: { ...login, passwordFrom: 'not a name' } }] },
      'environment variable',
    ],
    ['a way to encrypt that there is not', { preflight: [{ ...live, tls: 'maybe' }] }, 'require'],
    ['a database that we do not know', { preflight: [{ ...live, engine: 'oracle' }] }, 'mariadb'],
    [
      'an outage of no time',
      { drills: [{ drill: 'kill', procedure: 'documents', objectives: { readOutageMs: 0 } }] },
      'readOutageMs',
    ],
    ['a lag below nothing', { preflight: [{ ...live, maxLagSeconds: -1 }] }, 'maxLagSeconds'],
  ])('refuses %s', (_what, given, wanted) => {
    const { error } = replicationSection.safeParse(given)
    expect(JSON.stringify(error?.issues)).toContain(wanted)
  })
})
