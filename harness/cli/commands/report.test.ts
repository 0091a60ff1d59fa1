import { appendFile, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test as base } from 'vitest'
import { createRunFolder, openJournal, recordVersion, writeRecord } from '../../record/index.ts'
import type { RunRecord } from '../../record/index.ts'
import { sampleRecord } from '../../report/sample-everything.ts'
import { recordOf, sampleFinding, sampleStep } from '../../report/sample-record.ts'
import type { Heard } from '../heard.ts'
import { heard } from '../heard.ts'

interface Cli {
  readonly folder: string
  readonly run: (...argv: readonly string[]) => Promise<Heard>
  /** Stores a run under `reports/`. */
  readonly store: (id: string, record: RunRecord) => Promise<void>
}

const test = base.extend('cli', async ({}, { onCleanup }): Promise<Cli> => {
  const folder = await mkdtemp(join(tmpdir(), 'seatrial-cli-'))
  onCleanup(() => rm(folder, { recursive: true, force: true }))
  return {
    folder,
    run: (...argv) => heard(argv, folder, { COLUMNS: '90' }),
    async store(id, record) {
      await writeRecord(await createRunFolder(join(folder, 'reports'), id), { ...record, id })
    },
  }
})

const older = '2026-11-21T09-00-00Z-aaaa'
const newer = '2026-11-21T10-00-00Z-0000'
const clean = recordOf([sampleStep()])

describe('seatrial report', () => {
  test('without anything else it tells the last run on the console, and where its files lie', async ({ cli }) => {
    await cli.store(older, sampleRecord())
    await cli.store(newer, clean)
    const { code, out } = await cli.run('report')
    expect(out).toContain(`reports   ${join('reports', newer)}\n`)
    expect(out).toMatch(/\n\nPassed: .*\n$/)
    expect(code).toBe(0)
  })

  test('the exit code is that of the run, so that a report never turns a failure green', async ({ cli }) => {
    await cli.store(older, sampleRecord())
    await cli.store(newer, recordOf([]))
    expect((await cli.run('report', older)).code).toBe(1)
    expect((await cli.run('report', newer, '--format', 'junit')).code).toBe(2)
  })

  test('a run is named by its id, its folder or its file', async ({ cli }) => {
    await cli.store(older, sampleRecord())
    await cli.store(newer, clean)
    const told = await Promise.all(
      [older, `reports/${older}`, `reports/${older}/run.json`].map((name) =>
        cli.run('report', name, '--format', 'json'),
      ),
    )
    for (const { out } of told) expect(JSON.parse(out)).toEqual({ ...sampleRecord(), id: older })
  })

  test('a run that was killed is told from its journal, as interrupted and never as passed', async ({ cli }) => {
    const folder = join(cli.folder, 'reports', newer)
    {
      const { version: _version, state: _state, endedAt: _ended, ...rest } = clean
      const { stack, steps: _steps, notes: _notes, verdict: _verdict, exitCode: _exit, cost: _cost, ...head } = rest
      await using journal = await openJournal(folder, { ...head, version: recordVersion })
      journal.append({ event: 'stack', parts: stack })
      const { outcome: _outcome, findings: _findings, ...step } = sampleStep()
      journal.append({ event: 'step', step: { ...step, findings: [] } })
      await appendFile(journal.path, '{"event":"step","step":{"id":"http/fie')
    }
    const { code, out } = await cli.run('report', newer)
    expect(out).toContain('The run was ended from outside')
    expect(out).toContain('memory not measured')
    expect(out).toMatch(/\nUnsettled: /)
    expect(code).toBe(2)
    const page = await cli.run('report', '--format', 'html')
    expect(page.out).toContain('ended from outside')
  })

  test('--format list prints every format with what it is for', async ({ cli }) => {
    const { code, out } = await cli.run('report', '--format', 'list')
    expect(out.trimEnd().split('\n')).toHaveLength(9)
    expect(out).toMatch(/^junit +JUnit XML/m)
    expect(code).toBe(0)
  })

  describe('--out', () => {
    test('writes the report and prints nothing', async ({ cli }) => {
      await cli.store(newer, sampleRecord())
      const { out, err } = await cli.run('report', '--format', 'sarif', '--out', 'seatrial.sarif')
      expect([out, err]).toEqual(['', ''])
      expect(JSON.parse(await readFile(join(cli.folder, 'seatrial.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' })
      expect((await readdir(cli.folder)).toSorted()).toEqual(['reports', 'seatrial.sarif'])
    })

    test('a device is written to and not replaced', async ({ cli }) => {
      await cli.store(newer, clean)
      expect((await cli.run('report', '--out', '/dev/null')).code).toBe(0)
      expect((await stat('/dev/null')).isCharacterDevice()).toBe(true)
    })

    test('a folder is refused', async ({ cli }) => {
      await cli.store(newer, clean)
      const { code, err } = await cli.run('report', '--out', 'reports')
      expect(err).toContain('the name of a file')
      expect(code).toBe(3)
    })
  })

  describe('a wrong question ends with 3 and says what is wanted', () => {
    test('an unknown format names the formats and the one that was probably meant', async ({ cli }) => {
      await cli.store(newer, clean)
      const { code, out, err } = await cli.run('report', '--format', 'htlm')
      expect(err).toContain('github-annotations, github-summary, html, json')
      expect(err).toContain('Did you mean html?')
      expect([code, out]).toEqual([3, ''])
    })

    test('no run at all', async ({ cli }) => {
      const { code, err } = await cli.run('report')
      expect(err).toContain('Run `seatrial run` first')
      expect(code).toBe(3)
    })

    test('a path where nothing is', async ({ cli }) => {
      const { code, err } = await cli.run('report', 'nowhere')
      expect(err).toContain('nowhere')
      expect(code).toBe(3)
    })

    test('a file that is no record, and one of another version', async ({ cli }) => {
      await mkdir(join(cli.folder, 'bad'))
      await writeFile(join(cli.folder, 'bad/run.json'), '{"findings":')
      expect(await cli.run('report', 'bad')).toMatchObject({ code: 3, err: expect.stringContaining('not JSON') })
      await writeFile(join(cli.folder, 'bad/run.json'), JSON.stringify({ ...clean, version: 99 }))
      expect(await cli.run('report', 'bad')).toMatchObject({ code: 3, err: expect.stringContaining('version') })
    })
  })

  test('a finding that blocks is taught with its replay line', async ({ cli }) => {
    await cli.store(newer, recordOf([sampleStep({ findings: [sampleFinding()], outcome: { kind: 'failed' } })]))
    const { out } = await cli.run('report')
    expect(out).toContain('  replay: seatrial http http://127.0.0.1:8080/page --only http/age\n')
  })
})
