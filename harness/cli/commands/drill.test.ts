import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { scratchFolder } from '../../../fixtures/seatrial.ts'
import { sampleRecord } from '../../report/sample-everything.ts'
import { sampleFinding, sampleStep } from '../../report/sample-record.ts'
import { drillLines } from '../drill/drill-lines.ts'
import { recoveryLines } from '../drill/recovery-lines.ts'
import { heard } from '../heard.ts'

/** What starts nothing: no engine is asked for, and no container stands afterwards. */
const drill = (...args: readonly string[]) => heard(['drill', ...args], process.cwd())

describe('seatrial drill list', () => {
  test('names every drill, procedure and building, with what it is about', async () => {
    const { code, out, err } = await drill('list')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^Drills:\n {2}/)
    for (const name of ['kill', 'links-cut', 'candidate-behind', 'other-behind']) {
      expect(out).toMatch(new RegExp(String.raw`^  ${name} .*\S$`, 'm'))
    }
    expect(out).toMatch(/^Procedures:\n(?: {2}.*\n)* {2}documents .*\n(?: {2}.*\n)* {2}semi-sync /m)
    expect(out).toMatch(/^Buildings:\n(?: {2}.*\n)* {2}base-backup +postgres .*\n(?: {2}.*\n)* {2}hot-dump +mariadb /m)
  })

  test('is data with --json', async () => {
    const { code, out } = await drill('list', '--json')
    expect(code).toBe(0)
    const { drills, procedures, buildings } = JSON.parse(out)
    expect(drills).toContainEqual(expect.objectContaining({ id: 'kill', title: expect.any(String) }))
    expect(buildings).toContainEqual(expect.objectContaining({ id: 'hot-dump', engine: 'mariadb', safe: true }))
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
    ['an outage that is no time', ['run', 'kill', '--read-outage', '0'], ['--read-outage', '"0"']],
    [
      'an outage of a live cluster',
      ['preflight', 'db-1:3306', '--read-outage', '9'],
      ['--read-outage', 'options of this'],
    ],
    ['a seed that is no number', ['run', 'kill', '--seed', 'mine'], ['--seed', 'number']],
    ['a seed below 0', ['run', 'kill', '--seed', '-1'], ['--seed']],
    ['a seed for what draws nothing', ['preflight', 'db-1:3306', '--seed', '2'], ['--seed', 'options of this command']],
    ['a format that there is not', ['run', 'kill', '--format', 'jsn'], ['"jsn"']],
    ['a runbook that is not there', ['run', 'kill', '--runbook', 'absent.sh'], ['absent.sh', 'ENOENT', 'a script']],
    [
      'a building that there is not',
      ['run', 'kill', '--building', 'hot-dmp'],
      ['--building', 'Did you mean hot-dump?'],
    ],
    [
      'a building of another engine',
      ['run', 'kill', '--building', 'base-backup', '--procedure', 'semi-sync'],
      ['"base-backup"', 'that semi-sync can be tried with', 'replicas of postgres'],
    ],
    [
      'a building by GTID without GTID',
      ['run', 'kill', '--building', 'hot-dump-gtid', '--procedure', 'documents'],
      ['run by GTID'],
    ],
    ['a building where nothing is built', ['preflight', 'db-1:1', '--user', 'me', '--building', 'x'], ['--building']],
    ['an image where nothing is started', ['preflight', 'db-1:1', '--user', 'me', '--image', 'x'], ['--image']],
    ['an account where it means nothing', ['run', 'kill', '--user', 'me'], ['--user']],
    ['a reboot of nothing', ['reboot'], ['one host: a folder with a Dockerfile']],
    ['a reboot of two', ['reboot', 'web:1', 'db:1'], ['web:1 db:1', 'one host']],
    ['a disk for a container', ['reboot', 'web:1', '--in', 'container', '--disk', 'data=1g'], ['--disk', 'a machine']],
    ['a disk without a size', ['reboot', 'web:1', '--disk', 'data'], ['NAME=SIZE']],
    ['a size that is none', ['reboot', 'web:1', '--disk', 'data=much'], ['data', 'much']],
    ['declared state that is not there', ['reboot', 'web:1', '--declared', 'no.yaml'], ['--declared', 'no.yaml']],
    ['a script twice, and no script', ['reboot', 'web:1', '--repeat'], ['set provision']],
    ['a lane that there is not', ['reboot', 'web:1', '--in', 'cloud'], ['--in']],
    ['a procedure of a reboot', ['reboot', 'web:1', '--procedure', 'x'], ['--procedure']],
    ['a declared state of a promotion', ['run', 'kill', '--declared', 'x'], ['--declared']],
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

describe('recovery drills', () => {
  test('are listed beside promotion drills, with the kind of what they recover', async () => {
    const { out } = await drill('list')
    expect(out).toMatch(/^ {2}files-byte-changed +files +\S/m)
    expect(out).toMatch(/^ {2}restic-checked +files +\S/m)
  })

  test.each([
    [['run', 'files-restored', 'kill'], 'drills of one practice'],
    [['run', 'files-restord'], 'Did you mean files-restored?'],
    [['run', 'region-lost', '--procedure', 'tar'], 'one for region'],
    [['run', 'region-lost', '--building', 'hot-dump'], '--building'],
  ])('%j is refused: %s', async (args, told) => {
    const { code, err } = await drill(...args)
    expect(code).toBe(3)
    expect(err).toContain(told)
  })

  test('tell in a line of JSON what was said, and which keys came back otherwise', () => {
    const seen = {
      drill: 'files-byte-changed',
      procedure: 'tar',
      possible: 'report',
      entries: 20,
      attempts: [{ verb: 'restore', said: 'done', exitCode: 0, durationMs: 900, output: '' }],
      differences: [
        { kind: 'changed', key: 'large.bin', fact: 'content', wanted: 'a', found: 'b' },
        { kind: 'changed', key: 'large.bin', fact: 'time', wanted: '1', found: '2' },
        { kind: 'missing', key: 'key' },
      ],
    }
    const record = {
      ...sampleRecord(),
      steps: [
        sampleStep({
          id: 'recovery/files-byte-changed',
          subject: 'files-byte-changed, tar',
          outcome: { kind: 'failed' },
          findings: [sampleFinding({ rule: 'recovery/outcome-silently-wrong' })],
          attachments: [{ name: 'drill.json', contentType: 'application/json', content: JSON.stringify(seen) }],
        }),
      ],
    }
    expect(JSON.parse(recoveryLines(record))).toEqual({
      drill: 'files-byte-changed',
      procedure: 'tar',
      seed: record.seed,
      verdict: 'failed',
      possible: 'report',
      attempts: [{ verb: 'restore', said: 'done', exitCode: 0, durationMs: 900 }],
      entries: 20,
      missing: ['key'],
      extra: [],
      changed: ['large.bin'],
      rtoMs: null,
      trap: null,
      traps: [],
      findings: ['recovery/outcome-silently-wrong'],
    })
  })
})

describe('the lines of JSON of drills', () => {
  test('tell verdict, rows by id, recovery time, read outage, stale reads by id and trap', () => {
    const token = (client: number, number: number): number => client * 2 ** 32 + number
    const observed = {
      drill: 'candidate-behind',
      procedure: 'documents',
      seed: 7,
      drawn: [{ what: 'writes, about 300', value: 222 }],
      primary: 'node-2',
      rtoMs: 401.6,
      reads: { outageMs: 88.4, stale: [{ write: token(3, 7), node: 'node-3', ageMs: 12.5, at: 900 }] },
      convergedMs: 1905.2,
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
      seed: 7,
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
        seed: 7,
        drawn: [{ what: 'writes, about 300', value: 222 }],
        verdict: 'failed',
        acknowledged: 700,
        lost: ['2.108'],
        phantom: [],
        duplicate: [],
        nodes: [{ node: 'node-3', missing: [], extra: ['2.108', '4.1'] }],
        primary: 'node-2',
        rtoMs: 402,
        readOutageMs: 88,
        staleReads: [{ write: '3.7', node: 'node-3' }],
        convergedMs: 1905,
        trap: 'replication/trap-candidate-behind',
        traps: ['replication/trap-candidate-behind'],
        findings: ['replication/rows-lost', 'replication/trap-candidate-behind'],
      },
      {
        drill: 'kill',
        procedure: 'semi-sync',
        seed: 7,
        verdict: 'unsettled',
        why: 'no engine',
        trap: null,
        traps: [],
        findings: [],
      },
    ])
  })
})
