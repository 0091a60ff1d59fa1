import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { scratchFolder } from '../../../fixtures/seatrial.ts'
import { sampleRecord } from '../../report/sample-everything.ts'
import { sampleFinding, sampleStep } from '../../report/sample-record.ts'
import { drillLines } from '../drill/drill-lines.ts'
import { heard } from '../heard.ts'

/** What starts nothing: no engine is asked for, and no container stands afterwards. */
const drill = (...args: readonly string[]) => heard(['drill', ...args], process.cwd())

describe('seatrial drill list', () => {
  test('names every drill and every procedure, with what it is about', async () => {
    const { code, out, err } = await drill('list')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^Drills:\n {2}/)
    for (const name of ['kill', 'links-cut', 'candidate-behind', 'other-behind']) {
      expect(out).toMatch(new RegExp(String.raw`^  ${name} .*\S$`, 'm'))
    }
    expect(out).toMatch(/^Procedures:\n(?: {2}.*\n)* {2}documents .*\n(?: {2}.*\n)* {2}semi-sync /m)
  })

  test('is data with --json', async () => {
    const { code, out } = await drill('list', '--json')
    expect(code).toBe(0)
    const { drills, procedures } = JSON.parse(out)
    expect(drills).toContainEqual(expect.objectContaining({ id: 'kill', title: expect.any(String) }))
    expect(procedures).toContainEqual(expect.objectContaining({ id: 'documents', engine: 'mariadb' }))
  })
})

describe('seatrial drill refuses, with exit code 3 and what is wanted,', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['a word that it does not know', ['rnu'], ['"rnu"', 'Did you mean seatrial drill run?']],
    ['a drill that there is not', ['run', 'kil'], ['"kil"', 'Did you mean kill?']],
    ['a procedure that there is not', ['run', 'kill', '--procedure', 'document'], ['Did you mean documents?']],
    ['an engine that there is not', ['run', 'kill', '--engine', 'oracle'], ['--engine', '"oracle"']],
    ['no clients', ['run', 'kill', '--clients', '0'], ['--clients', '"0"']],
    ['clients that are no number', ['run', 'kill', '--clients', 'many'], ['--clients', '"many"']],
    ['an objective that is no time', ['run', 'kill', '--rto', 'soon'], ['--rto', 'milliseconds']],
    ['a format that there is not', ['run', 'kill', '--format', 'jsn'], ['"jsn"']],
    ['a runbook that is not there', ['run', 'kill', '--runbook', 'absent.sh'], ['absent.sh', 'ENOENT', 'a script']],
    ['an account where it means nothing', ['run', 'kill', '--user', 'me'], ['--user']],
    ['a pre-flight of nothing', ['preflight', '--user', 'me'], ['no node', 'HOST:PORT of every node']],
    ['a pre-flight without an account', ['preflight', 'db-1:3306'], ['--user', 'an account']],
    ['an address without a port', ['preflight', 'db-1', '--user', 'me'], ['"db-1"', 'Did you mean db-1:3306 ?']],
    ['a procedure where none is tried', ['preflight', 'db-1:1', '--user', 'me', '--procedure', 'x'], ['--procedure']],
    ['a lag that is no time', ['preflight', 'db-1:1', '--user', 'me', '--max-lag', '-1'], ['--max-lag']],
    [
      'a password on the command line',
      ['preflight', 'db-1:1', '--user', 'me', '--password-from', 'my secret'],
      ['--password-from', 'the name of an environment variable'],
    ],
    [
      'a password that is not in the environment',
      ['preflight', '127.0.0.1:1', '--user', 'me'],
      ['SEATRIAL_DB_PASSWORD'],
    ],
  ])('%s', async (_what, args, wanted) => {
    const { code, out, err } = await drill(...args)
    expect({ code, out }).toEqual({ code: 3, out: '' })
    for (const text of wanted) expect(err).toContain(text)
  })

  test('a link-local address, whoever names it', async () => {
    const given = ['drill', 'preflight', '169.254.169.254:3306', '--user', 'me']
    const { code, err } = await heard(given, process.cwd(), { SEATRIAL_DB_PASSWORD: 'secret' })
    expect(code).toBe(3)
    expect(err).toContain('not link-local')
  })

  test('SQL that nobody understands, with its line', async () => {
    await using scratch = await scratchFolder()
    await writeFile(join(scratch.path, 'mine.sql'), '-- @on candidate\nSTOP SLAVE;\n-- @on everybody\nSTOP SLAVE;\n')
    const { code, err } = await heard(['drill', 'run', 'kill', '--runbook', 'mine.sql'], scratch.path)
    expect(code).toBe(3)
    expect(err).toContain('mine.sql:3')
    expect(err).toContain('"everybody"')
  })
})

describe('seatrial drill preflight', () => {
  test('is unsettled where nobody listens, with exit code 2, and tells no password', async () => {
    const given = ['drill', 'preflight', '127.0.0.1:1', '--user', 'me']
    const { code, out, err } = await heard(given, process.cwd(), { SEATRIAL_DB_PASSWORD: 'hunter2-hunter2' })
    expect(code).toBe(2)
    expect(out).toMatch(/^Would a promotion be possible now, and what would it lose\? Nobody can tell\.\n/)
    expect(out).toContain('127.0.0.1:1 did not answer')
    expect(out + err).not.toContain('hunter2')
  })
})

describe('the lines of JSON of drills', () => {
  test('tell verdict, rows by id, recovery time and trap', () => {
    const token = (client: number, number: number): number => client * 2 ** 32 + number
    const observed = {
      drill: 'candidate-behind',
      procedure: 'documents',
      primary: 'node-2',
      rtoMs: 401.6,
      ledger: {
        acknowledged: 700,
        lost: [token(2, 108)],
        phantom: [],
        duplicate: [],
        nodes: [{ node: 'node-3', missing: [], extra: [token(2, 108), token(4, 1)] }],
      },
    }
    const step = sampleStep()
    const content = JSON.stringify(observed)
    const lines = drillLines({
      ...sampleRecord(),
      steps: [
        { ...step, id: 'trial/stack' },
        {
          ...step,
          id: 'replication/candidate-behind',
          subject: 'candidate-behind, documents',
          outcome: { kind: 'failed' },
          findings: [
            sampleFinding({ rule: 'replication/rows-lost' }),
            sampleFinding({ rule: 'replication/trap-candidate-behind' }),
          ],
          attachments: [{ name: 'drill.json', contentType: 'application/json', content }],
        },
        {
          ...step,
          id: 'replication/kill',
          subject: 'kill, semi-sync',
          outcome: { kind: 'unsettled', because: 'setup', why: 'no engine', mend: 'Start it.' },
          findings: [],
          attachments: [],
        },
      ],
    })
    expect(
      lines
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toEqual([
      {
        drill: 'candidate-behind',
        procedure: 'documents',
        verdict: 'failed',
        acknowledged: 700,
        lost: ['2.108'],
        phantom: [],
        duplicate: [],
        nodes: [{ node: 'node-3', missing: [], extra: ['2.108', '4.1'] }],
        primary: 'node-2',
        rtoMs: 402,
        trap: 'replication/trap-candidate-behind',
        traps: ['replication/trap-candidate-behind'],
        findings: ['replication/rows-lost', 'replication/trap-candidate-behind'],
      },
      {
        drill: 'kill',
        procedure: 'semi-sync',
        verdict: 'unsettled',
        why: 'no engine',
        trap: null,
        traps: [],
        findings: [],
      },
    ])
  })
})
