import { resolve } from 'node:path'
import { addAbortSignal } from 'node:stream'
import { lintExchange } from '../../http/lint-exchange.ts'
import type { PassiveCheck } from '../../http/passive.ts'
import { passiveChecks, requestChecks } from '../../http/passive.ts'
import type { ExitCode, StepReport } from '../../kernel/index.ts'
import { exitCodes, isAsked, systemClock } from '../../kernel/index.ts'
import { startCostMeter } from '../../record/index.ts'
import { startRecording } from '../../trial/recording.ts'
import type { RecordedEntry, UnreadableEntry } from '../../wire/recordings/index.ts'
import { openRecording, readRecording } from '../../wire/recordings/index.ts'
import type { Io } from '../command.ts'
import { explainError } from '../explain-error.ts'
import { demandKnown } from '../only.ts'
import type { CommonOptions } from './gate-options.ts'
import { headOf, policyOf } from './gate-options.ts'
import { Keeper } from './keeper.ts'
import { emptyStep, lintedStep, skippedStep, unreadSteps } from './message-steps.ts'
import { tellerOf } from './message-teller.ts'
import { smallHeap } from './small-heap.ts'

/** Findings that a report of recorded exchanges holds; one of each kind beyond. */
const mostFindings = 5000
/** Entries that cannot be read, told one by one in reports and on standard error. */
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
  const policy = await policyOf(options, io.workingDirectory)
  const name = file === '-' ? 'standard input' : file
  const source = file === '-' ? process.stdin : await openRecording(resolve(io.workingDirectory, file), name)
  const worked = smallHeap()
  const meter = startCostMeter()
  const startedAt = new Date(systemClock.now())
  const head = headOf(`seatrial http --messages ${file}`, options, policy, startedAt)
  const recording = await startRecording(head, { secrets: [] })
  const run = { file, name, looked: checks.map(({ id }) => id), startedAt: startedAt.getTime() }
  const keeper = new Keeper({ policy, most: teller.whole ? mostFindings : 0, subject: name, looked: run.looked })
  const keep = (step: StepReport): void => {
    const whole = keeper.take(step)
    if (whole !== undefined) recording.step(whole)
  }
  const unread: UnreadableEntry[] = []
  let entries = 0
  let unreadable = 0
  try {
    for await (const entry of readRecording(addAbortSignal(io.signal, source), name)) {
      entries += 1
      worked(workOf(entry))
      if (entry.is === 'exchange') {
        const linted = lintExchange(entry.exchange, checks)
        keep(lintedStep(entry, linted, run))
        await teller.linted(entry.id, linted)
      } else if (entry.is === 'foreign') {
        keep(skippedStep(entry.id, entry.why, run))
        await teller.foreign(entry)
      } else {
        unreadable += 1
        if (unread.length < mostUnread) unread.push(entry)
        await teller.unread(entry)
      }
    }
  } catch (error) {
    // Ended from outside: what was seen until then is told.
    if (!io.signal.aborted) throw error
  }
  const last = [...keeper.tail(), ...(teller.whole ? unreadSteps(unread, unreadable, run) : [])]
  if (entries === 0 && !io.signal.aborted) last.push(emptyStep(run))
  for (const step of last) recording.step(step)
  const record = await recording.finish({
    state: io.signal.aborted ? 'interrupted' : 'complete',
    endedAt: new Date(systemClock.now()).toISOString(),
    cost: meter.read(),
  })
  teller.end(teller.whole ? { ...record, notes: [...record.notes, ...keeper.notes()] } : record)
  for (const { error } of unread) io.err(explainError(error, { colour: io.colour, debug: false }).text)
  if (unreadable > unread.length) io.err(`and ${unreadable - unread.length} more entries that cannot be read\n`)
  return unreadable > 0 ? exitCodes.usage : exitCodes[record.verdict]
}

/** Bytes that reading and judging leave behind, roughly: more than the entry's own. */
function workOf(entry: RecordedEntry): number {
  return 3000 + (entry.is === 'exchange' ? 2 * (entry.exchange.response?.body.length ?? 0) : 0)
}

/** @throws UsageError for an id that no check of recorded exchanges has: a probe's, say */
async function chosenChecks(only: readonly string[]): Promise<readonly PassiveCheck[]> {
  // Requests as well: they are whoever's, not ours.
  const checks = (await Promise.all([passiveChecks(), requestChecks()])).flat()
  if (only.length === 0) return checks
  const known = checks.flatMap((check) => [check.id, ...check.rules.map(({ id }) => id)])
  const wanted = 'the id of a check or a rule that needs no server'
  demandKnown('seatrial http --only', only, { known, wanted, list: 'seatrial explain' })
  const chosen = checks.filter((check) => isAsked(check, only))
  return chosen.map((check) => (only.includes(check.id) ? check : onlyRules(check, only)))
}

function onlyRules(check: PassiveCheck, only: readonly string[]): PassiveCheck {
  return {
    ...check,
    *run(message) {
      for (const finding of check.run(message)) if (only.includes(finding.rule)) yield finding
    },
  }
}
