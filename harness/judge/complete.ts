import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FoldedRun, GatePolicy, RecordedStep, RunEnd, RunRecord } from '../record/index.ts'
import { foldEvents, isFolder, journalName, readJournal, readRecord, recordName, stepOf } from '../record/index.ts'
import { diagnose } from './diagnosis/index.ts'
import { judgeSteps } from './gate.ts'

/** The record of a run: its journal, judged under the policy and on the last day of the run. */
export function completeRecord({ head, parts, steps }: FoldedRun, end: RunEnd): RunRecord {
  const judgement = judgeSteps(steps, head.gate, new Date(end.endedAt), { interrupted: end.state === 'interrupted' })
  return { ...head, ...end, stack: [...parts], ...judgement, ...diagnosed(judgement.steps, head.depends) }
}

/**
 * The record of a run that left only its journal behind, because it was killed. It ends when
 * the journal was last written; processor time and memory are 0, since nobody was left to
 * measure them. Nothing is written.
 *
 * @throws UsageError without a journal, or with one that does not hold the start of a run
 */
export async function completeInterrupted(folder: string): Promise<RunRecord> {
  const { path, events } = await readJournal(folder)
  const folded = foldEvents(events)
  if (folded.end !== undefined) return completeRecord(folded, folded.end)
  const { mtimeMs } = await stat(path)
  const startedAt = new Date(folded.head.startedAt).getTime()
  const endedAt = Math.max(startedAt, Math.round(mtimeMs))
  return completeRecord(folded, {
    state: 'interrupted',
    endedAt: new Date(endedAt).toISOString(),
    cost: { wallMs: endedAt - startedAt, cpuMs: 0, peakMemoryBytes: 0 },
  })
}

/**
 * The record at a path, whatever the run left there: `run.json`, its folder, or the folder or
 * journal of a run that was killed.
 *
 * @throws UsageError naming the path, what was found and what is wanted
 */
export async function loadRun(path: string): Promise<RunRecord> {
  if (path.endsWith(journalName)) return completeInterrupted(dirname(path))
  if (await isFolder(path)) {
    const whole = await readable(join(path, recordName))
    if (!whole && (await readable(join(path, journalName)))) return completeInterrupted(path)
  }
  return readRecord(path)
}

/** A stored run, judged again: under another policy, or on another day. */
export function judgeAgain(record: RunRecord, policy: GatePolicy, today: Date): RunRecord {
  const steps = record.steps.map(({ outcome: _, findings, ...step }) =>
    stepOf({ ...step, findings: findings.map(({ blocks: _blocks, excuse: _excuse, ...finding }) => finding) }),
  )
  const judgement = judgeSteps(steps, policy, today, { interrupted: record.state === 'interrupted' })
  const { diagnosis: _, ...rest } = record
  return { ...rest, gate: policy, ...judgement, ...diagnosed(judgement.steps, record.depends) }
}

/** Steps that name what their findings are about, and what that comes to. */
function diagnosed(judged: readonly RecordedStep[], depends: RunRecord['depends']): Partial<RunRecord> {
  const { steps, diagnosis } = diagnose(judged, depends)
  return { steps, ...(diagnosis !== undefined && { diagnosis }) }
}

async function readable(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    () => false,
  )
}
