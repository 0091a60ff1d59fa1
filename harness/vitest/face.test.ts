import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { lastRecord, scratchFolder, seatrial, slow, suiteFolder } from '../../fixtures/seatrial.ts'
import { rawServer, saying } from '../../fixtures/servers/raw.ts'
import type { RecordedStep, RunRecord } from '../record/index.ts'

const secret = 'correct-horse-battery-staple'

interface Ran {
  readonly exitCode: number | undefined
  readonly output: string
  readonly record: RunRecord
  /** Everything that is in the run's folder, as one text. */
  readonly written: string
}

async function runSuite(name: string, env: Record<string, string>, args: readonly string[] = []): Promise<Ran> {
  await using scratch = await scratchFolder()
  const { exitCode, stdout, stderr } = await seatrial(['test', ...args, '--reports', scratch.path], {
    cwd: suiteFolder(name),
    env,
  })
  const files = await readdir(scratch.path, { recursive: true, withFileTypes: true })
  const texts = files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'utf8'))
  const written = (await Promise.all(texts)).join('\n')
  return { exitCode, output: `${stdout}\n${stderr}`, record: await lastRecord(scratch.path), written }
}

describe('a test that fails is on record with what it saw', slow, () => {
  let ran: Ran
  beforeAll(async () => {
    const answer = `HTTP/1.1 200 OK\r\nAge: ${secret}\r\nContent-Length: 2\r\n\r\nok`
    await using server = await rawServer(saying(answer))
    ran = await runSuite('face', { FACE_ORIGIN: server.url, FACE_SECRET: secret })
  }, slow.timeout)
  const step = (title: string): RecordedStep => {
    const found = ran.record.steps.find(({ subject }) => subject.endsWith(` > ${title}`))
    if (found === undefined) throw new Error(`there is no test "${title}"`)
    return found
  }

  test('its evidence is in run.json, without the secrets of the configuration', () => {
    expect(ran.exitCode).toBe(1)
    const { attachments, findings, outcome } = step('keeps its evidence')
    expect(outcome).toEqual({ kind: 'failed' })
    expect(attachments).toEqual([
      { name: 'notes.txt', contentType: 'text/plain', content: 'seen before it failed; [redacted]' },
    ])
    expect(findings).toMatchObject([
      { rule: 'test/expectation-unmet', sentence: expect.stringContaining("expected 'what was seen' to be") },
    ])
  })

  test('the findings of a matcher are findings of its step, with the checks that looked and all steps as evidence', () => {
    const { findings, looked, attachments } = step('of a matcher leaves its findings, and what was looked at')
    expect(findings).toMatchObject([
      {
        rule: 'test/expectation-unmet',
        evidence: { message: 'expected no findings of level warning or worse, got 1' },
      },
      { rule: 'http/age-not-integer', subject: 'web /', replay: expect.stringContaining('--only http/age') },
    ])
    expect(looked).toEqual(['test/expectation', 'http/age'])
    expect(attachments?.map(({ name }) => name)).toEqual(['steps.json'])
  })

  test('the findings of the matcher for HTTP are findings of its step, and the replay is the test', () => {
    const { findings, looked } = step('of the matcher for HTTP leaves what it saw')
    expect(findings).toMatchObject([
      { rule: 'test/expectation-unmet', evidence: { message: 'expected web / to meet 1 expectation, got 1 finding' } },
      {
        rule: 'http/expected-answer-fields-matching-unmet',
        subject: 'web /',
        replay: 'seatrial test face.suite.ts -t "a test that fails > of the matcher for HTTP leaves what it saw"',
      },
    ])
    expect(looked).toEqual(['test/expectation', 'http/expected-answer-fields-matching'])
  })

  test('one that does not wait for the matcher for HTTP fails, whatever the server would have answered', () => {
    const { outcome, findings } = step('of the matcher for HTTP has not awaited it')
    expect(outcome).toEqual({ kind: 'failed' })
    expect(findings[0]?.sentence).toContain('toMeetHttp asks a server: await it')
  })

  test.each([
    ['of a matcher that was handed nothing to look at is not lost', 'nothing was looked at'],
    ['of a matcher that wanted findings is not lost', 'expected findings of level warning or worse, got 0'],
    ['of a matcher that wanted one finding is not lost', 'found instead: nothing'],
  ])('one %s', (title, words) => {
    const { outcome, findings } = step(title)
    expect(outcome).toEqual({ kind: 'failed' })
    expect(findings[0]?.sentence).toContain(words)
  })

  test.each(['is neither without findings', 'nor with them', 'nor does it find', 'nor find not'])(
    'one that could not look %s',
    (title) => {
      const { outcome, findings } = step(title)
      expect(outcome).toMatchObject({ kind: 'unsettled', because: 'timeout', why: 'nobody answered' })
      expect(findings).toEqual([])
    },
  )

  test('the last line counts what could not look as skipped', () => {
    expect(ran.output).toContain('\ntests: 0 passed, 7 failed, 4 skipped\n')
  })

  test('a secret that a server sends back is in no file of the run and on no terminal', () => {
    expect(ran.written).toContain('Age is \\"[redacted]\\"')
    expect(ran.written).not.toContain(secret)
    expect(ran.output).not.toContain(secret)
  })
})

describe('without a container engine', slow, () => {
  const nowhere = { DOCKER_HOST: 'unix:///nonexistent.sock' }

  test('a test of the deployment is unsettled: unsupported, with the mend, and the run is not green', async () => {
    const { exitCode, record, output } = await runSuite('no-engine', nowhere)
    expect(exitCode).toBe(2)
    expect(record.steps.map(({ subject, outcome }) => [subject.split(' > ').at(-1), outcome.kind])).toEqual([
      ['needs nothing', 'passed'],
      ['needs the deployment', 'unsettled'],
      ['looks at the deployment', 'unsettled'],
      ['leaves itself out, and says why', 'skipped'],
    ])
    expect(record.steps[1]?.outcome).toMatchObject({ because: 'unsupported', mend: expect.stringMatching(/./) })
    expect(output).toContain('skipped 1 step (test/unnamed): there is no wind today')
    expect(output).toContain('\ntests: 1 passed, 0 failed, 3 skipped\n')
  })

  test('--allow unsupported lets the run pass, with a note that everybody sees', async () => {
    const { exitCode, record, output } = await runSuite('no-engine', nowhere, ['--allow', 'unsupported'])
    expect(exitCode).toBe(0)
    const notes = record.notes.filter(({ kind }) => kind === 'allowed-unsettled')
    expect(notes).toMatchObject([{ blocks: false, text: expect.stringContaining('2') }])
    expect(output).toContain(notes[0]?.text)
  })

  test('--allow unsupported does not make a run green in which nothing else was settled', async () => {
    const { exitCode } = await runSuite('no-engine', nowhere, ['--allow', 'unsupported', '-t', 'needs the deployment'])
    expect(exitCode).toBe(2)
  })
})
