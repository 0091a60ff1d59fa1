import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from 'vitest'
import type { StepReport } from '../kernel/index.ts'
import { openJournal, readRecord, runRecord, writeRecord } from '../record/index.ts'
import { sampleHead, samplePolicy, sampleStep } from '../record/sample-run.ts'
import { completeInterrupted, completeRecord, judgeAgain } from './complete.ts'
import { mergeRecords } from './merge.ts'

/** What a step says of its timeline, from the journal to a record that was merged and judged again. */

const test = base.extend('folder', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'seatrial-timeline-'))
  onCleanup(() => rm(folder, { recursive: true, force: true }))
  return folder
})

const timeline = {
  title: 'kill, semi-sync',
  unit: 'ms',
  marks: [
    { at: -20.5, what: 'a note' },
    { at: 0, what: 'node-1 is killed', kind: 'fault' },
  ],
  spans: [{ from: 0, to: 383, what: 'write outage' }],
  facts: [{ what: 'RTO', value: '383 ms' }],
} as const satisfies StepReport['timeline']

const end = {
  state: 'complete',
  endedAt: '2026-11-21T09:48:30.000Z',
  cost: { wallMs: 7, cpuMs: 1, peakMemoryBytes: 5 },
}
const ending = { ...end, state: 'complete' } as const
const recordOf = (index: number) =>
  completeRecord(
    {
      head: sampleHead({ id: `run-${index}`, shard: { index, count: 2 } }),
      parts: [],
      steps: [sampleStep({ timeline })],
      end: ending,
    },
    ending,
  )

test('a timeline is in the record, in a merged one, and in one that was judged again', async ({ folder }) => {
  const merged = mergeRecords([recordOf(1), recordOf(2)])
  const again = judgeAgain(merged, samplePolicy, new Date(end.endedAt))
  expect([...merged.steps, ...again.steps].map((step) => step.timeline)).toEqual([
    timeline,
    timeline,
    timeline,
    timeline,
  ])
  await writeRecord(folder, merged)
  expect((await readRecord(folder)).steps[1]?.timeline).toEqual(timeline)
})

test('a timeline of a run that was killed is in the journal, without the secrets that stand in its texts', async ({
  folder,
}) => {
  const secret = 'correct-horse-383'
  const marks = [...timeline.marks, { at: 3833, what: `1045: password ${secret}` }]
  const facts = [{ what: secret, value: secret }]
  const spans = [{ from: 0, to: 383, what: secret }]
  await using journal = await openJournal(folder, sampleHead(), { secrets: [secret, '3833'] })
  const step = {
    ...sampleStep(),
    looked: [],
    findings: [],
    attachments: [],
    timeline: { ...timeline, title: secret, marks, spans, facts },
  }
  journal.append({ event: 'step', step })
  expect(await readFile(join(folder, 'journal.jsonl'), 'utf8')).not.toContain(secret)
  const { timeline: kept } = (await completeInterrupted(folder)).steps[0] ?? {}
  expect(kept?.marks.map(({ at, kind }) => [at, kind])).toEqual([
    [-20.5, undefined],
    [0, 'fault'],
    [3833, undefined],
  ])
})

test('a moment that is no number, and a kind that nobody knows, are no timeline', () => {
  const record = recordOf(1)
  const withMark = (mark: unknown): unknown => ({
    ...record,
    steps: [{ ...record.steps[0], timeline: { ...timeline, marks: [mark] } }],
  })
  expect(runRecord.safeParse(withMark({ at: 0, what: 'x', kind: 'fault' })).success).toBe(true)
  expect(runRecord.safeParse(withMark({ at: '0', what: 'x' })).success).toBe(false)
  expect(runRecord.safeParse(withMark({ at: 0, what: 'x', kind: 'party' })).success).toBe(false)
})
