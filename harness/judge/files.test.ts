import { appendFile, mkdtemp, rm, writeFile, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test as base } from 'vitest'
import type { StepReport } from '../kernel/index.ts'
import { fingerprint } from '../kernel/index.ts'
import type { RunRecord } from '../record/index.ts'
import { foldEvents, openJournal, readJournal, runRecord, writeRecord } from '../record/index.ts'
import { sampleFinding, sampleHead, samplePolicy, sampleStep } from '../record/sample-run.ts'
import { loadAcceptFile } from './accept.ts'
import { readBaseline, writeBaseline } from './baseline.ts'
import { completeInterrupted, completeRecord, judgeAgain, loadRun } from './complete.ts'
import { mergeRecords } from './merge.ts'

const test = base.extend('folder', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'seatrial-judge-'))
  onCleanup(() => rm(folder, { recursive: true, force: true }))
  return folder
})

const end = {
  state: 'complete',
  endedAt: '2026-11-21T09:48:30.000Z',
  cost: { wallMs: 7_000, cpuMs: 10, peakMemoryBytes: 5 },
} as const

function recordOf(steps: readonly StepReport[], changes: Parameters<typeof sampleHead>[0] = {}): RunRecord {
  return completeRecord({ head: sampleHead(changes), parts: [], steps, end }, end)
}

describe('a run that was killed', () => {
  test('is completed from its journal: interrupted, with what it had got to, and never passed', async ({ folder }) => {
    const { startedAt } = sampleHead()
    {
      await using journal = await openJournal(folder, sampleHead())
      journal.append({ event: 'step', step: { ...sampleStep(), looked: ['http/age'], findings: [], attachments: [] } })
      await appendFile(journal.path, '{"event":"st')
    }
    // The last write is its end. Kernels stamp files by a clock that ticks in milliseconds, so it is set here.
    const lastWrite = new Date(Date.parse(startedAt) + 5_000)
    await utimes(join(folder, 'journal.jsonl'), lastWrite, lastWrite)
    const record = await completeInterrupted(folder)
    expect(runRecord.parse(record)).toEqual(record)
    expect(record).toMatchObject({ state: 'interrupted', verdict: 'unsettled', exitCode: 2 })
    expect(record.steps.map((step) => step.outcome.kind)).toEqual(['passed'])
    expect(record.cost.wallMs).toBe(5_000)
    expect(await loadRun(folder)).toEqual(record)
    expect(await loadRun(join(folder, 'journal.jsonl'))).toEqual(record)
  })

  test('fails when what it had got to fails', async ({ folder }) => {
    await using journal = await openJournal(folder, sampleHead())
    journal.append({
      event: 'step',
      step: { ...sampleStep(), looked: ['http/age'], findings: [sampleFinding()], attachments: [] },
    })
    expect(await completeInterrupted(folder)).toMatchObject({ verdict: 'failed', exitCode: 1 })
  })

  test('gives way to the record once that is written', async ({ folder }) => {
    await using journal = await openJournal(folder, sampleHead())
    const record = recordOf([sampleStep()])
    await writeRecord(folder, record)
    expect(await loadRun(folder)).toEqual(record)
    expect(foldEvents((await readJournal(folder)).events).end).toBeUndefined()
    expect(journal.path).toContain(folder)
  })
})

describe('a stored run', () => {
  test('judged again under its own policy and day is what it was', () => {
    const record = recordOf([sampleStep({ findings: [sampleFinding()] })])
    expect(judgeAgain(record, record.gate, new Date(end.endedAt))).toEqual(record)
  })

  test('judged under a stricter policy fails where it passed', () => {
    const record = recordOf([sampleStep({ findings: [sampleFinding({ level: 'warning' })] })])
    expect(record.verdict).toBe('passed')
    expect(judgeAgain(record, { ...samplePolicy, block: 'warning' }, new Date()).verdict).toBe('failed')
  })
})

describe('an accept file', () => {
  const good =
    'entries:\n  - rule: http/server-versioned\n    reason: the vendor says so\n    owner: ops\n    expires: 2026-12-31\n'

  test('is YAML or JSON; subject and place stand for anything when left out', async ({ folder }) => {
    const file = join(folder, 'accept.yaml')
    await writeFile(file, good)
    const [entry] = await loadAcceptFile(file)
    expect(entry).toMatchObject({ rule: 'http/server-versioned', subject: '*', place: '*', expires: '2026-12-31' })
    await writeFile(file, JSON.stringify({ entries: [entry] }))
    expect(await loadAcceptFile(file)).toEqual([entry])
  })

  test.each([
    [
      'a day that does not exist',
      good.replace('2026-12-31', '2026-02-30'),
      'accept.yaml: entries[0].expires',
      '"2026-02-30"',
      'a date that exists, as YYYY-MM-DD',
    ],
    ['no owner', good.replace('    owner: ops\n', ''), 'accept.yaml: entries[0].owner', 'nothing', 'text'],
    [
      'an empty reason',
      good.replace('the vendor says so', '""'),
      'accept.yaml: entries[0].reason',
      '""',
      'at least 1 characters',
    ],
    [
      'a misspelt key',
      good.replace('expires', 'expire').concat('    expires: 2026-12-31\n'),
      'accept.yaml: entries[0].expire',
      'the unknown key "expire"',
      'one of the keys rule, subject, place, reason, owner, expires',
    ],
    ['nothing in it', '', 'accept.yaml', 'nothing', 'an object'],
    ['a list where entries belong', '- rule: x', 'accept.yaml', '[{"rule":"x"}]', 'an object'],
  ])('with %s says where, what was given and what is wanted', async (_, text, path, given, wanted) => {
    const folder = await mkdtemp(join(tmpdir(), 'seatrial-judge-'))
    const file = join(folder, 'accept.yaml')
    await writeFile(file, text)
    await expect(loadAcceptFile(file, 'accept.yaml')).rejects.toMatchObject({
      code: 'SEATRIAL_USAGE',
      path,
      given,
      wanted,
    })
    await rm(folder, { recursive: true })
  })

  test('that is broken YAML names the line', async ({ folder }) => {
    const file = join(folder, 'accept.yaml')
    await writeFile(file, 'entries:\n  - rule: "unclosed\n')
    await expect(loadAcceptFile(file, 'accept.yaml')).rejects.toMatchObject({
      path: expect.stringMatching(/^accept\.yaml: line \d+$/),
      wanted: 'YAML or JSON that can be read',
    })
  })

  test('of aliases that would grow without end is refused', async ({ folder }) => {
    const file = join(folder, 'accept.yaml')
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]`),
    ]
    await writeFile(file, bomb.join('\n'))
    await expect(loadAcceptFile(file, 'accept.yaml')).rejects.toMatchObject({ code: 'SEATRIAL_USAGE' })
  })
})

describe('a baseline file', () => {
  test('gives back what a run found, without good news and without what is accepted', async ({ folder }) => {
    const file = join(folder, 'baseline.json')
    const warning = sampleFinding({ rule: 'http/vary-missing', level: 'warning' })
    const accepted = sampleFinding({ rule: 'http/accepted' })
    const accept = [{ rule: 'http/accepted', subject: '*', place: '*', reason: 'r', owner: 'o', expires: '2027-01-01' }]
    const findings = [sampleFinding(), warning, accepted, sampleFinding({ rule: 'http/fine', level: 'good' })]
    await writeBaseline(file, recordOf([sampleStep({ findings })], { gate: { ...samplePolicy, accept } }))
    expect(await readBaseline(file)).toEqual([
      fingerprint(warning.subject, sampleFinding()),
      fingerprint(warning.subject, warning),
    ])
  })

  test.each([
    ['no JSON', '{', 'b.json', 'a baseline as JSON'],
    ['another version', '{"version":2,"run":"r","fingerprints":[]}', 'b.json: version', '1'],
    ['a wrong list', '{"version":1,"run":"r","fingerprints":[1]}', 'b.json: fingerprints[0]', 'text'],
  ])('with %s says what is wanted', async (_, text, path, wanted) => {
    const folder = await mkdtemp(join(tmpdir(), 'seatrial-judge-'))
    await writeFile(join(folder, 'b.json'), text)
    await expect(readBaseline(join(folder, 'b.json'), 'b.json')).rejects.toMatchObject({
      code: 'SEATRIAL_USAGE',
      path,
      wanted,
    })
    await rm(folder, { recursive: true })
  })
})

describe('merged records', () => {
  const shard = (index: number, steps = [sampleStep()], count = 2): RunRecord =>
    recordOf(steps, { id: `run-${index}`, shard: { index, count } })

  test('hold the steps of all, in order of shards, and the worst verdict', () => {
    const failing = shard(2, [sampleStep({ subject: 'two', findings: [sampleFinding()] })])
    const merged = mergeRecords([failing, shard(1)])
    expect(merged.steps.map((step) => step.subject)).toEqual(['balancer /page', 'two'])
    expect(merged.shard).toBeUndefined()
    expect(merged).toMatchObject({ verdict: 'failed', exitCode: 1, cost: { cpuMs: 20 } })
    expect(runRecord.parse(JSON.parse(JSON.stringify(merged)))).toMatchObject({ id: 'run-1-merged' })
  })

  test('are judged as a whole, so that a budget counts over all of them', () => {
    const gate = { ...samplePolicy, budgets: { warning: 1 } }
    const warn = (index: number): RunRecord =>
      recordOf([sampleStep({ findings: [sampleFinding({ level: 'warning' })] })], {
        id: `run-${index}`,
        gate,
        shard: { index, count: 2 },
      })
    expect([warn(1).verdict, warn(2).verdict, mergeRecords([warn(1), warn(2)]).verdict]).toEqual([
      'passed',
      'passed',
      'failed',
    ])
  })

  test('with a part that was interrupted are unsettled', () => {
    expect(mergeRecords([shard(1), { ...shard(2), state: 'interrupted' }]).verdict).toBe('unsettled')
  })

  test('with a shard missing could not look, and say which one', () => {
    expect(() => mergeRecords([shard(1, undefined, 4), shard(3, undefined, 4)])).toThrow(
      expect.objectContaining({
        code: 'SEATRIAL_SHARD_MISSING',
        because: 'prerequisite',
        message: 'shard 2, 4 of 4 is missing',
      }),
    )
  })

  test.each([
    ['of different policies', [shard(1), { ...shard(2), gate: { ...samplePolicy, block: 'info' as const } }], 'gate'],
    ['of different versions', [shard(1), { ...shard(2), seatrial: '9.9.9' }], 'seatrial'],
    ['of the same run', [recordOf([]), recordOf([])], 'the same run twice'],
    ['of one shard twice', [shard(1), { ...shard(1), id: 'again' }], 'two records'],
    ['of a shard and a whole run', [shard(1), recordOf([], { id: 'whole' })], 'a run that is no shard'],
  ])('%s are refused', (_, [first, second], says) => {
    if (first === undefined || second === undefined) throw new Error('the row needs two records')
    expect(() => mergeRecords([first, second])).toThrow(says)
  })
})
