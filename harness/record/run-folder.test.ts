import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test as base } from 'vitest'
import { manualClock } from '../kernel/index.ts'
import { startCostMeter } from './cost.ts'
import { machineFacts } from './machine-facts.ts'
import { createRunFolder, newRunId, readRecord, writeRecord } from './run-folder.ts'
import { sampleHead } from './sample-run.ts'
import type { RunRecord } from './schema.ts'

const test = base.extend('folder', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'seatrial-runs-'))
  onCleanup(() => rm(folder, { recursive: true, force: true }))
  return folder
})

const record: RunRecord = {
  ...sampleHead(),
  state: 'complete',
  endedAt: '2026-11-21T09:48:24.000Z',
  stack: [],
  steps: [],
  notes: [],
  verdict: 'unsettled',
  exitCode: 2,
  cost: { wallMs: 1, cpuMs: 1, peakMemoryBytes: 1 },
}

describe('a run folder', () => {
  test('is named by the second of its start and something that makes it its own', () => {
    const now = new Date('2026-11-21T09:48:23.917Z')
    expect(newRunId(now, 'a1b2')).toBe('2026-11-21T09-48-23Z-a1b2')
    expect(newRunId(now)).toMatch(/^2026-11-21T09-48-23Z-[0-9a-f]{4}$/)
  })

  test('gives back the record that was written, by the folder or by the file, and holds nothing else', async ({
    folder,
  }) => {
    const own = await createRunFolder(folder, record.id)
    const file = await writeRecord(own, record)
    await writeRecord(own, record)
    expect(await readRecord(own)).toEqual(record)
    expect(await readRecord(file)).toEqual(record)
    expect(await readdir(own)).toEqual(['run.json'])
  })

  test.each([
    [
      'another version',
      JSON.stringify({ ...record, version: 2 }),
      { given: '2', wanted: expect.stringContaining('1, the version') },
    ],
    ['no version', '[]', { given: 'nothing' }],
    ['text that is no JSON', '{', { wanted: 'a run record' }],
    [
      'a wrong member',
      JSON.stringify({ ...record, verdict: 'fine' }),
      {
        path: expect.stringContaining('run.json: verdict'),
        given: '"fine"',
        wanted: 'one of "passed", "failed", "unsettled"',
      },
    ],
  ])('with %s says what was given and what is wanted', async (_, text, expected) => {
    const folder = await mkdtemp(join(tmpdir(), 'seatrial-runs-'))
    await writeFile(join(folder, 'run.json'), text)
    await expect(readRecord(folder)).rejects.toMatchObject({ code: 'SEATRIAL_USAGE', ...expected })
    await rm(folder, { recursive: true })
  })

  test('that is not there is a wrong question', async ({ folder }) => {
    await expect(readRecord(join(folder, 'nowhere'))).rejects.toMatchObject({ given: 'no readable file' })
  })
})

test('the facts of this machine are those of a machine', () => {
  const facts = machineFacts('20.10.24')
  expect(facts.engine).toBe('20.10.24')
  expect(facts.cpus).toBeGreaterThan(0)
  expect(facts.memoryBytes).toBeGreaterThan(1e8)
  expect(facts.memoryBytes).toBeLessThan(1e14)
})

test('a cost meter counts what happens after its start', () => {
  const clock = manualClock()
  const meter = startCostMeter(clock)
  clock.advance(250)
  const before = process.cpuUsage()
  while (process.cpuUsage(before).user < 50_000);
  const { wallMs, cpuMs, peakMemoryBytes } = meter.read()
  expect(wallMs).toBe(250)
  expect(cpuMs).toBeGreaterThanOrEqual(40)
  expect(peakMemoryBytes).toBeGreaterThan(1e7)
})
