import { resolve } from 'node:path'
import type { LintedExchange } from '../../http/lint-exchange.ts'
import { lintExchange } from '../../http/lint-exchange.ts'
import type { PassiveCheck } from '../../http/passive.ts'
import { passiveChecks } from '../../http/passive.ts'
import type { ExitCode, StepReport } from '../../kernel/index.ts'
import { exitCodes, systemClock, UsageError } from '../../kernel/index.ts'
import type { RunRecord } from '../../record/index.ts'
import { startCostMeter } from '../../record/index.ts'
import { startRecording } from '../../trial/recording.ts'
import type { RecordedEntry, RecordedExchange, UnreadableEntry } from '../../wire/recordings/index.ts'
import { openRecording, readRecording } from '../../wire/recordings/index.ts'
import type { Io } from '../command.ts'
import { explainError } from '../explain-error.ts'
import type { CommonOptions } from './gate-options.ts'
import { headOf, policyOf } from './gate-options.ts'
import { Keeper } from './keeper.ts'
import { tellerOf } from './message-teller.ts'

/** Findings that a report of recorded exchanges holds; one of each kind beyond. */
const mostFindings = 5000
/** Entries that cannot be read, told one by one on standard error and in reports. */
const mostUnread = 20

/**
 * Lints recorded exchanges, HAR or JSON lines, and asks nobody anything. An entry that cannot be
 * read is told and the others are looked at; the exit code is then 3.
 *
 * @param file path, or `-` for standard input
 * @throws UsageError for a file that cannot be read, a format or a check that there is not
 */
export async function lintMessages(file: string, options: CommonOptions, io: Io): Promise<ExitCode> {
  const checks = await chosenChecks(options.only)
  const teller = await tellerOf(options.format, checks, io)
  const name = file === '-' ? 'standard input' : file
  const source = file === '-' ? process.stdin : await openRecording(resolve(io.workingDirectory, file))
  const clock = systemClock
  const meter = startCostMeter(clock)
  const startedAt = new Date(clock.now())
  const policy = await policyOf(options)
  const recording = await startRecording(
    headOf(`seatrial http --messages ${file}`, options, policy, startedAt),
    { secrets: [] },
  )
  const looked = checks.map(({ id }) => id)
  const most = teller.whole ? mostFindings : 0
  const keeper = new Keeper({ policy, most, subject: name, looked })
  const keep = (step: StepReport): void => {
    const whole = keeper.take(step)
    if (whole !== undefined) recording.step(whole)
  }
  const unread: UnreadableEntry[] = []
  let unreadable = 0
  let entries = 0
  for await (const entry of readRecording(source, name)) {
    if (io.signal.aborted) break
    entries += 1
    if (entry.is === 'exchange') {
      const linted = lintExchange(entry.exchange, checks)
      keep(stepOf(entry, linted, { looked, file, startedAt: startedAt.getTime() }))
      await teller.linted(entry.id, linted)
    } else if (entry.is === 'foreign') {
      keep({ ...unlooked(entry.id, startedAt), skipped: entry.why })
      await teller.foreign(entry)
    } else {
      unreadable += 1
      if (unread.length < mostUnread) unread.push(entry)
      await teller.unread(entry)
    }
  }
  for (const step of [...keeper.tail(), ...unreadSteps(unread, unreadable, name, startedAt)]) recording.step(step)
  if (entries === 0 && !io.signal.aborted) recording.step(emptyStep(name, startedAt))
  const record = await recording.finish({
    state: io.signal.aborted ? 'interrupted' : 'complete',
    endedAt: new Date(clock.now()).toISOString(),
    cost: meter.read(),
  })
  teller.end({ ...record, notes: [...record.notes, ...keeper.notes()] })
  complain(unread, unreadable, io)
  return unreadable > 0 ? exitCodes.usage : exitCodes[record.verdict]
}
