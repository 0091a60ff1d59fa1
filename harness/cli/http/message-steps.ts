import type { LintedExchange } from '../../http/lint-exchange.ts'
import type { RuleId, StepReport } from '../../kernel/index.ts'
import { shellWord } from '../../kernel/index.ts'
import type { RecordedExchange, UnreadableEntry } from '../../wire/recordings/index.ts'

/** What is common to the steps of one recording. */
export interface MessageRun {
  /** As given on the command line. */
  readonly file: string
  /** What people read: the path, or `standard input`. */
  readonly name: string
  readonly looked: readonly RuleId[]
  /** Milliseconds since the epoch. */
  readonly startedAt: number
}

const id = 'http/messages'

/** One exchange that was looked at. */
export function lintedStep(
  entry: RecordedExchange,
  { findings, unsettled }: LintedExchange,
  run: MessageRun,
): StepReport {
  const subject = entry.id
  return {
    id,
    subject,
    looked: run.looked,
    findings: findings.map(([finding, check]) => ({
      ...finding,
      subject,
      replay: `seatrial http --messages ${shellWord(run.file)} --only ${check}`,
    })),
    startedAt: run.startedAt,
    durationMs: 0,
    ...(unsettled !== undefined && { unsettled }),
  }
}

export function skippedStep(subject: string, skipped: string, { startedAt }: MessageRun): StepReport {
  return { id, subject, looked: [], findings: [], startedAt, durationMs: 0, skipped }
}

/** Entries that could not be read: the first ones each, the rest by their number. */
export function unreadSteps(told: readonly UnreadableEntry[], all: number, run: MessageRun): StepReport[] {
  const steps = told.map(({ id: name, where, error }) =>
    unread(name ?? `${run.name}: ${where}`, `${where} cannot be read: ${error.message}`, error.mend, run),
  )
  const more = all - told.length
  if (more > 0) steps.push(unread(run.name, `${more} more entries cannot be read`, 'Mend the recorder.', run))
  return steps
}

/** Nothing was there to be looked at, which is not the same as good. */
export function emptyStep(run: MessageRun): StepReport {
  return unread(run.name, `${run.name} holds no exchange`, 'Record some exchanges, as HAR or as JSON lines.', run)
}

function unread(subject: string, why: string, mend: string, { startedAt }: MessageRun): StepReport {
  const unsettled = { because: 'prerequisite', why, mend } as const
  return { id, subject, looked: [], findings: [], startedAt, durationMs: 0, unsettled }
}
