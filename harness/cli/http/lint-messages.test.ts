import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { scratchFolder, seatrial } from '../../../fixtures/seatrial.ts'
import { runRecord } from '../../record/index.ts'
import { answered } from '../heard.ts'

const line = (id: string, more: object = {}) => ({
  id,
  now: '2026-01-01T00:00:00Z',
  request: { method: 'GET', uri: 'http://a.test/', headers: [['Host', 'a.test']] },
  status: 200,
  headers: [['Date', 'Thu, 01 Jan 2026 00:00:00 GMT']],
  body_base64: '',
  ...more,
})

const ageTen = {
  headers: [
    ['Date', 'Thu, 01 Jan 2026 00:00:00 GMT'],
    ['Age', 'ten'],
  ],
}
const accepted = (rule: string, subject: string) =>
  JSON.stringify({ entries: [{ rule, subject, reason: 'known', owner: 'ops', expires: '2999-01-01' }] })

async function lint(lines: readonly unknown[], args: readonly string[] = [], files: Record<string, string> = {}) {
  await using scratch = await scratchFolder()
  const text = lines.map((one) => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`).join('')
  await writeFile(join(scratch.path, 'some.jsonl'), text)
  for (const [name, content] of Object.entries(files)) await writeFile(join(scratch.path, name), content)
  // Awaited here, or the folder would be gone before it is read.
  return await answered(['http', '--messages', 'some.jsonl', ...args], scratch.path)
}

const inOrder = (a: string, b: string) => (a < b ? -1 : 1)
const told = (stdout: string): unknown[] => stdout.split('\n').map((one): unknown => JSON.parse(one))

describe('--format jsonl', () => {
  test('tells one line an exchange, in order, with what REDbot calls a rule where it has it', async () => {
    const { exitCode, stdout } = await lint(
      [line('1'), line('2', ageTen)],
      ['-f', 'jsonl', '--only', 'http/age,http/date'],
    )
    expect(exitCode).toBe(1)
    const age = { rule: 'http/age-not-integer', aka: 'AGE_NOT_INT', level: 'error' }
    expect(told(stdout)).toMatchObject([
      { id: '1', request: [] },
      { id: '2', response: expect.arrayContaining([age]), request: [] },
    ])
  })

  test('tells what it finds in the request apart from the response', async () => {
    const { stdout } = await lint([line('1')], ['-f', 'jsonl', '--only', 'http/request-user-agent'])
    const request = [{ rule: 'http/request-user-agent-missing', aka: 'MISSING_USER_AGENT', level: 'info' }]
    expect(told(stdout)).toEqual([{ id: '1', response: [], request }])
  })

  test('tells a line that cannot be read in its place, judges the others, and ends in 3', async () => {
    const { exitCode, stdout, stderr } = await lint(
      [line('1'), 'nonsense', line('3', { status: 'x' }), line('4')],
      ['-f', 'jsonl'],
    )
    expect(exitCode).toBe(3)
    expect(told(stdout)).toMatchObject([
      { id: '1', response: expect.any(Array) },
      { line: 2, error: 'some.jsonl: line 2: given "nonsense", wanted one exchange as a JSON object' },
      { id: '3', error: 'some.jsonl: line 3: status: given "x", wanted a status as a whole number' },
      { id: '4', response: expect.any(Array) },
    ])
    expect(stderr).toContain('error: some.jsonl: line 2\n')
  })

  test('says the same of a response whatever the order of its fields', async () => {
    const fields = [
      ['Age', 'ten'],
      ['Vary', '*'],
      ['ETag', 'bare'],
      ['Set-Cookie', 'a'],
      ['Cache-Control', 'max-age=x'],
    ]
    const orders = [fields, fields.toReversed(), [...fields.slice(2), ...fields.slice(0, 2)]]
    const { stdout } = await lint(
      orders.map((headers) => line('same', { headers })),
      ['-f', 'jsonl'],
    )
    const sorted = stdout
      .split('\n')
      .map((one) => [...one.matchAll(/"rule":"([^"]+)"/g)].map(([, rule]) => String(rule)).toSorted(inOrder))
    expect(sorted[0]).toContain('http/age-not-integer')
    expect(new Set(sorted.map(String)).size).toBe(1)
  })

  test('is read from standard input while it is written', async () => {
    const running = seatrial(['http', '--messages', '-', '-f', 'jsonl', '--only', 'http/age'])
    running.stdin.end(`${JSON.stringify(line('in', ageTen))}\n`)
    const { exitCode, stdout } = await running
    expect([exitCode, told(stdout)]).toMatchObject([1, [{ id: 'in' }]])
  })

  test('of fifteen thousand exchanges stays under 250 MB of memory, and counts what it does not keep', async () => {
    await using scratch = await scratchFolder()
    const path = join(scratch.path, 'many.jsonl')
    const out = createWriteStream(path)
    const body = Buffer.from('<p>Some words of a page.</p>'.repeat(20)).toString('base64')
    const text = `${JSON.stringify(line('many', { ...ageTen, body_base64: body }))}\n`.repeat(1000)
    for (let thousand = 0; thousand < 15; thousand++) if (!out.write(text)) await once(out, 'drain')
    out.end()
    await once(out, 'close')
    // The record, which is kept besides, tells what the process had needed.
    const { stdout } = await seatrial(['http', '--messages', path, '-f', 'json'], { timeout: 100_000 })
    const record = runRecord.parse(JSON.parse(stdout))
    // Alone 176 to 180 MB; on a busy machine garbage waits longer.
    expect(record.cost.peakMemoryBytes).toBeLessThan(250e6)
    expect(record.notes).toMatchObject([{ kind: 'not-kept', blocks: false }])
    expect(record.verdict).toBe('failed')
  }, 120_000)
})

describe('the gate', () => {
  test('passes what the accept-list excuses, and only that', async () => {
    const run = (subject: string) =>
      lint([line('1', ageTen)], ['-f', 'jsonl', '--only', 'http/age-not-integer', '--accept', 'accept.json'], {
        'accept.json': accepted('http/age-not-integer', subject),
      })
    const [excused, other] = await Promise.all([run('1'), run('2')])
    expect([excused.exitCode, other.exitCode]).toEqual([0, 1])
    expect(other.stderr).toContain('excuses nothing any more')
  })

  test('blocks warnings when told to', async () => {
    const gentle = await lint([line('1')], ['-f', 'jsonl'])
    const strict = await lint([line('1')], ['-f', 'jsonl', '--block', 'warning'])
    expect([gentle.exitCode, strict.exitCode]).toEqual([0, 1])
  })
})

describe('a report', () => {
  test('holds every exchange as a step, and what could not be read as unsettled', async () => {
    const { exitCode, stdout } = await lint([line('1'), 'nonsense'], ['-f', 'json'])
    expect(exitCode).toBe(3)
    const record = runRecord.parse(JSON.parse(stdout))
    expect(record.steps.map(({ subject, outcome }) => [subject, outcome.kind])).toEqual([
      ['1', 'passed'],
      ['some.jsonl: line 2', 'unsettled'],
    ])
    expect(record.verdict).toBe('unsettled')
  })

  test('of HAR tells its entries by method and URL', async () => {
    await using scratch = await scratchFolder()
    const path = join(scratch.path, 'a file.har')
    const headers = [{ name: 'Age', value: 'ten' }]
    const entry = {
      startedDateTime: '2026-01-01T00:00:00Z',
      request: { method: 'GET', url: 'http://a.test/p', headers: [] },
      response: { status: 200, headers, content: { size: 0 } },
    }
    await writeFile(path, JSON.stringify({ log: { version: '1.2', entries: [entry] } }))
    const { exitCode, stdout } = await answered(['http', '--messages', path])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('ERROR http/age-not-integer at GET http://a.test/p (response.fields.age)')
    expect(stdout).toContain(`replay: seatrial http --messages '${path}' --only http/age`)
  })
})

describe('what cannot be looked at is not called good', () => {
  test('an empty file is unsettled', async () => {
    const { exitCode, stdout } = await lint([])
    expect(exitCode).toBe(2)
    expect(stdout).toContain('some.jsonl holds no exchange')
  })

  test.each<[title: string, args: readonly string[], said: string]>([
    ['no file', ['--messages', 'nowhere.jsonl'], 'error: nowhere.jsonl\n  given:  no readable file\n'],
    ['a folder', ['--messages', '.'], 'error: .\n  given:  no readable file\n'],
    ['addresses as well', ['--messages', '-', 'http://127.0.0.1/'], 'given:  --messages and addresses'],
    ['a probe', ['--messages', '-', '--only', 'http/range-satisfiable'], 'wanted: the id of a check or a rule that'],
    ['an unknown format', ['--messages', '-', '-f', 'jsn'], 'given:  "jsn"'],
  ])('%s is a wrong command line', async (_title, args, said) => {
    await using scratch = await scratchFolder()
    const { exitCode, stdout, stderr } = await answered(['http', ...args], scratch.path)
    expect([exitCode, stdout]).toEqual([3, ''])
    expect(stderr).toContain(said)
  })
})
