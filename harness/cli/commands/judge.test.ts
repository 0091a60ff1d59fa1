import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test as base } from 'vitest'
import { z } from 'zod'
import { completeRecord } from '../../judge/index.ts'
import type { RunHead } from '../../record/index.ts'
import { createRunFolder, writeRecord } from '../../record/index.ts'
import { sampleFinding, sampleHead, sampleStep } from '../../record/sample-run.ts'
import type { Heard } from '../heard.ts'
import { heard } from '../heard.ts'
import { runCli } from '../run-cli.ts'

interface Cli {
  readonly folder: string
  readonly run: (...argv: readonly string[]) => Promise<Heard>
  /** Stores a run with one warning in it. */
  readonly store: (name: string, changes?: Partial<RunHead>) => Promise<void>
}

const test = base.extend('cli', async ({}, { onCleanup }): Promise<Cli> => {
  const folder = await mkdtemp(join(tmpdir(), 'seatrial-cli-'))
  onCleanup(() => rm(folder, { recursive: true, force: true }))
  return {
    folder,
    run: (...argv) => heard(argv, folder),
    async store(name, changes) {
      const steps = [sampleStep({ findings: [sampleFinding({ level: 'warning' })] })]
      const end = {
        state: 'complete',
        endedAt: '2026-11-21T09:48:30.000Z',
        cost: { wallMs: 7, cpuMs: 1, peakMemoryBytes: 5 },
      } as const
      const record = completeRecord({ head: sampleHead(changes), parts: [], steps, end }, end)
      await writeRecord(await createRunFolder(folder, name), record)
    },
  }
})

describe('seatrial judge', () => {
  test('judges a stored run under another level, and leaves the run as it is', async ({ cli }) => {
    await cli.store('a')
    const before = await readFile(join(cli.folder, 'a/run.json'), 'utf8')
    expect((await cli.run('judge', 'a')).code).toBe(0)
    expect((await cli.run('judge', 'a/run.json', '--block', 'warning')).code).toBe(1)
    expect(await readFile(join(cli.folder, 'a/run.json'), 'utf8')).toBe(before)
  })

  test('keeps a baseline under which what was there no longer blocks', async ({ cli }) => {
    await cli.store('a')
    expect((await cli.run('judge', 'a', '--block', 'warning', '--write-baseline', 'b.json')).code).toBe(1)
    expect((await cli.run('judge', 'a', '--block', 'warning', '--baseline', 'b.json')).code).toBe(0)
  })

  test('says in the record why a finding does not block', async ({ cli }) => {
    await cli.store('a')
    await writeFile(
      join(cli.folder, 'ok.yaml'),
      'entries:\n  - { rule: "http/*", reason: r, owner: o, expires: 9999-12-31 }',
    )
    const { code, out } = await cli.run('judge', 'a', '--block', 'warning', '--accept', 'ok.yaml', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      gate: { block: 'warning' },
      steps: [{ findings: [{ excuse: { kind: 'accepted' } }] }],
    })
  })

  test.each([
    ['a run that is not there', ['nowhere'], 'a run record'],
    ['a level that is none', ['a', '--block', 'eror'], '--block'],
    ['an accept-list that is not there', ['a', '--accept', 'none.yaml'], 'none.yaml'],
    ['no run', [], 'missing required argument'],
  ])('given %s says so and exits with 3', async (_, argv, says) => {
    const folder = await mkdtemp(join(tmpdir(), 'seatrial-cli-'))
    const end = {
      state: 'complete',
      endedAt: '2026-11-21T09:48:30.000Z',
      cost: { wallMs: 7, cpuMs: 1, peakMemoryBytes: 5 },
    } as const
    await writeRecord(
      await createRunFolder(folder, 'a'),
      completeRecord({ head: sampleHead(), parts: [], steps: [], end }, end),
    )
    let err = ''
    const io = {
      out: () => {},
      err: (text: string) => (err += text),
      colour: false,
      interactive: false,
      signal: new AbortController().signal,
      workingDirectory: folder,
      env: {},
    }
    expect(await runCli(['judge', ...argv], io)).toBe(3)
    expect(err).toContain(says)
    await rm(folder, { recursive: true })
  })
})

describe('seatrial merge', () => {
  test('joins the shards of a run, writes the whole and exits with its verdict', async ({ cli }) => {
    await cli.store('1', { id: 'run-1', shard: { index: 1, count: 2 } })
    await cli.store('2', { id: 'run-2', shard: { index: 2, count: 2 } })
    const { code, err } = await cli.run('merge', '1', '2')
    expect([code, err]).toEqual([0, '2 runs joined in reports/run-1-merged/run.json\n'])
    expect((await cli.run('judge', 'reports/run-1-merged')).code).toBe(0)
  })

  test('exits with 2 when a shard is missing, and names it', async ({ cli }) => {
    await cli.store('1', { id: 'run-1', shard: { index: 1, count: 2 } })
    const { code, err } = await cli.run('merge', '1')
    expect(code).toBe(2)
    expect(err).toContain('shard 2 of 2 is missing')
  })

  test('exits with 3 when the records do not belong together', async ({ cli }) => {
    await cli.store('1', { id: 'run-1' })
    await cli.store('2', { id: 'run-2', profile: 'nightly' })
    expect((await cli.run('merge', '1', '2')).code).toBe(3)
  })
})

test('seatrial schema prints a JSON Schema that knows the core and every practice', async ({ cli }) => {
  const { code, out } = await cli.run('schema')
  const [{ slices }, { sectionKey }] = await Promise.all([import('../../registry.ts'), import('../../slice.ts')])
  expect(code).toBe(0)
  const { properties } = z.object({ properties: z.record(z.string(), z.unknown()) }).parse(JSON.parse(out))
  expect(Object.keys(properties)).toEqual(expect.arrayContaining(['stack', 'gate', ...slices.map(sectionKey)]))
})
