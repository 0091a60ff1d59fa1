import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { lastRecord, scratchFolder, seatrial, slow, suiteCopy, suiteFolder } from '../../../fixtures/seatrial.ts'
import { waitFor } from '../../kernel/index.ts'

const closing = (stdout: string): string => stdout.split('\n').at(-1) ?? ''

/** Runs a suite where it stands and keeps its reports elsewhere. */
async function runSuite(name: string, args: readonly string[] = [], env: Record<string, string> = {}) {
  await using scratch = await scratchFolder()
  const ran = await seatrial(['test', ...args, '--reports', scratch.path], { cwd: suiteFolder(name), env })
  return { ...ran, record: await lastRecord(scratch.path) }
}

describe('what was chosen', slow, () => {
  test('all of it passes, a test that its file skips is shown, and the last line counts', async () => {
    const { exitCode, stdout, record } = await runSuite('plain')
    expect(exitCode).toBe(0)
    expect(closing(stdout)).toBe('tests: 4 passed, 0 failed, 1 skipped')
    expect(stdout).toContain('skipped 1 step (test/unnamed): Its file says so, and gives no reason.')
    expect(record).toMatchObject({ state: 'complete', verdict: 'passed' })
  })

  test('a name leaves out the others without counting them', async () => {
    const { exitCode, stdout, record } = await runSuite('plain', ['-t', 'prime'])
    expect([exitCode, closing(stdout)]).toEqual([0, 'tests: 1 passed, 0 failed, 0 skipped'])
    expect(record.command).toBe('seatrial test -t prime')
  })

  test.each([
    ['a name that no test has', ['-t', 'nothing like it'], 'No test matches -t nothing like it.'],
    ['a file that there is not', ['no-such-file'], 'No test matches no-such-file.'],
  ])('%s is not green: exit code 2, and the words', async (_title, args, words) => {
    const { exitCode, stdout, stderr, record } = await runSuite('plain', args)
    expect(exitCode).toBe(2)
    expect(stdout).toContain(words)
    expect(stdout).toContain('Mend the filter; `npx vitest list` names the tests there are.')
    expect(stderr).not.toContain('SEATRIAL_UNEXPECTED')
    expect(record.steps).toMatchObject([{ id: 'test/selection', outcome: { kind: 'unsettled' } }])
  })

  test('a project that there is not is a wrong command line', async () => {
    await using scratch = await scratchFolder()
    const { exitCode, stderr } = await seatrial(['test', '--project', 'no-such', '--reports', scratch.path], {
      cwd: suiteFolder('plain'),
    })
    expect(exitCode).toBe(3)
    expect(stderr).toContain('error: seatrial test --project\n  given:  "no-such"\n')
  })
})

describe('what is never green', slow, () => {
  test('a test that asserts nothing fails', async () => {
    const { exitCode, record } = await runSuite('wrong', ['asserts-nothing'])
    expect(exitCode).toBe(1)
    expect(record.steps[0]?.findings[0]?.sentence).toMatch(/^expected any number of assertion, but got none/)
  })

  test('an error that no test caught fails the run, though every test passed', async () => {
    const { exitCode, stdout, record } = await runSuite('wrong', ['unhandled'])
    expect(exitCode).toBe(1)
    expect(closing(stdout)).toBe('tests: 1 passed, 0 failed, 0 skipped')
    const findings = record.steps.flatMap((step) => step.findings)
    expect(findings).toMatchObject([
      {
        rule: 'test/error-uncaught',
        sentence: 'An error outside any test: nobody caught this',
        replay: 'seatrial test',
      },
    ])
  })

  test('a file that cannot be loaded fails the run, and is named', async () => {
    const { exitCode, record } = await runSuite('wrong', ['broken-file'])
    expect(exitCode).toBe(1)
    expect(record.steps.flatMap((step) => step.findings)).toMatchObject([
      { rule: 'test/file-broken', subject: 'broken-file.suite.ts', replay: 'seatrial test broken-file.suite.ts' },
    ])
  })
})

describe('shares of a run', slow, () => {
  test('merged when all are there: the same tests and counts as in one run', async () => {
    await using suite = await suiteCopy('plain')
    const cwd = suite.path
    const whole = await seatrial(['test', '--reports', 'whole'], { cwd })
    await seatrial(['test', '--shard', '1/2', '--reports', 'shards'], { cwd })

    const early = await seatrial(['test', '--merge', '--reports', 'early'], { cwd })
    expect(early.exitCode).toBe(3)
    expect(early.stderr).toContain('wanted: all of them; missing: 2/2\n')

    await seatrial(['test', '--shard', '2/2', '--reports', 'shards'], { cwd })
    const merged = await seatrial(['test', '--merge', '--reports', 'merged'], { cwd })
    expect([merged.exitCode, closing(merged.stdout)]).toEqual([whole.exitCode, closing(whole.stdout)])
    const subjects = async (reports: string) =>
      (await lastRecord(join(cwd, reports))).steps.map(({ subject, outcome }) => `${outcome.kind} ${subject}`)
    expect((await subjects('merged')).toSorted()).toEqual((await subjects('whole')).toSorted())
  })

  test('what an earlier run left for the same share is dropped before the share is run', async () => {
    await using suite = await suiteCopy('plain')
    const cwd = suite.path
    const blobs = join(cwd, '.vitest', 'blob')
    await mkdir(blobs, { recursive: true })
    await Promise.all(['1-2', '2-2'].map((share) => writeFile(join(blobs, `blob-${share}.json`), 'stale')))
    await writeFile(join(cwd, 'vitest.config.ts'), 'throw new Error("broken on purpose")\n')
    const broken = await seatrial(['test', '--shard', '1/2'], { cwd })
    expect(broken.exitCode).toBe(2)
    expect(broken.stderr).toContain('Vitest did not start')
    const merge = await seatrial(['test', '--merge'], { cwd })
    expect(merge.exitCode).toBe(3)
    expect(merge.stderr).toContain('missing: 1/2')
  })

  test('of different runs are refused, and so is a folder without any', async () => {
    await using scratch = await scratchFolder()
    const names = ['blob-1-2.json', 'blob-2-2.json', 'blob-1-3.json']
    await Promise.all(names.map((name) => writeFile(join(scratch.path, name), '{}')))
    const mixed = await seatrial(['test', '--merge', scratch.path])
    expect(mixed.stderr).toMatch(/given: {2}\S+ with blobs of \d and of \d shards/)
    const nowhere = await seatrial(['test', '--merge', join(scratch.path, 'nowhere')])
    expect([mixed.exitCode, nowhere.exitCode]).toEqual([3, 3])
  })

  test('a share is given as i/n', async () => {
    const { exitCode, stderr } = await seatrial(['test', '--shard', '3/2'])
    expect(exitCode).toBe(3)
    expect(stderr).toContain('given:  "3/2"\n  wanted: a share such as 1/3')
  })
})

describe('a run that is ended from outside', slow, () => {
  /** Starts the suite, waits until its slow test is under way, and ends it. */
  async function ended(cwd: string, args: readonly string[], signal: 'SIGTERM' | 'SIGINT') {
    const marks = join(cwd, 'marks.txt')
    await writeFile(marks, '')
    const running = seatrial(['test', '--reports', 'reports', ...args], { cwd, env: { MARKS: marks } })
    await waitFor(
      'the slow test to be under way',
      async () => ((await readFile(marks, 'utf8')).includes('under way') ? { done: true } : { seen: 'not yet' }),
      { deadlineMs: 20_000 },
    )
    const start = performance.now()
    running.kill(signal)
    const result = await running
    return { ...result, tookMs: performance.now() - start, marks: (await readFile(marks, 'utf8')).trim().split('\n') }
  }

  test.each(['SIGTERM', 'SIGINT'] as const)('by %s is torn down within 5 s, told, and not green', async (signal) => {
    await using suite = await suiteCopy('ended')
    const { exitCode, stdout, marks, tookMs } = await ended(suite.path, [], signal)
    expect(marks).toEqual([
      'global setup',
      'deployment up',
      'under way',
      'fault undone',
      'deployment down',
      'global teardown',
    ])
    expect(tookMs).toBeLessThan(5_000)
    expect(exitCode).toBe(2)
    expect(stdout).toContain('The run was ended from outside; this is what it had got to.')
    const record = await lastRecord(join(suite.path, 'reports'))
    expect(record).toMatchObject({ state: 'interrupted', verdict: 'unsettled', exitCode: 2 })
    expect(record.steps.map(({ outcome }) => outcome.kind)).toEqual(['passed', 'skipped', 'skipped'])
  })

  test('does not wait for a test that is too busy to hear of it', async () => {
    await using suite = await suiteCopy('ended')
    const busy = `import { expect, test } from 'vitest'
      import { mark } from './mark.ts'
      test('blocks', () => {
        mark('under way')
        const end = Date.now() + 60_000
        while (Date.now() < end);
        expect(end).toBe(0)
      })`
    await writeFile(join(suite.path, 'ended.suite.ts'), busy)
    const { exitCode, tookMs } = await ended(suite.path, [], 'SIGTERM')
    expect(exitCode).toBe(2)
    expect(tookMs).toBeLessThan(30_000)
    expect(await lastRecord(join(suite.path, 'reports'))).toMatchObject({ state: 'interrupted', verdict: 'unsettled' })
    const processes = await execa('ps', ['-eo', 'args'])
    expect(processes.stdout).not.toContain(suite.path)
  })

  test('leaves no blob of its share: merged, what it did not get to would count as skipped', async () => {
    await using suite = await suiteCopy('ended')
    await ended(suite.path, ['--shard', '1/1'], 'SIGTERM')
    expect(await readdir(join(suite.path, '.vitest', 'blob'))).toEqual([])
  })
})

test('without a terminal nothing is coloured, whatever the test runner thinks', slow, async () => {
  const { stdout, stderr } = await runSuite('wrong')
  expect(stdout).toContain('asserts nothing')
  expect(stdout + stderr).not.toContain('\u001B')
})

test('an option that there is not, and a kind that there is not, are wrong command lines', slow, async () => {
  const strange = await seatrial(['test', '--parallel'])
  const kind = await seatrial(['test', '--allow', 'everything'])
  expect([strange.exitCode, kind.exitCode]).toEqual([3, 3])
  expect(kind.stderr).toContain('wanted: one of setup, prerequisite, harness, timeout, unsupported')
})
