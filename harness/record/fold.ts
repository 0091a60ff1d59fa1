import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StepReport } from '../kernel/index.ts'
import { UsageError } from '../kernel/index.ts'
import { inputProblems, show } from '../input/index.ts'
import { journalName } from './journal.ts'
import type { JournalEvent, RecordedPart, RunHead } from './schema.ts'
import { journalEvent } from './schema.ts'

export interface JournalEvents {
  readonly path: string
  readonly events: readonly JournalEvent[]
  /** Characters of a last line that was cut off by a kill; 0 when the journal ends cleanly. */
  readonly tornCharacters: number
}

export type RunEnd = Omit<Extract<JournalEvent, { event: 'end' }>, 'event'>

/** A journal, read as one thing. */
export interface FoldedRun {
  readonly head: RunHead
  readonly parts: readonly RecordedPart[]
  readonly steps: readonly StepReport[]
  /** Undefined when the run never came to its end. */
  readonly end: RunEnd | undefined
}

/**
 * Reads `journal.jsonl` of a run's folder. A last line without its end is what a kill leaves
 * behind, and is told; a wrong line anywhere else is an error.
 *
 * @throws UsageError when there is no journal, or a line is not an event of this version
 */
export async function readJournal(folder: string): Promise<JournalEvents> {
  const path = join(folder, journalName)
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError({ path, given: 'no readable file', wanted: 'the journal of a run', cause })
  })
  const lines = text.split('\n')
  const last = lines.pop() ?? ''
  const events = lines.map((line, index) => parseLine(line, `${path}: line ${index + 1}`))
  return { path, events, tornCharacters: last.length }
}

function parseLine(line: string, where: string): JournalEvent {
  let input: unknown
  try {
    input = JSON.parse(line)
  } catch (cause) {
    throw new UsageError({ path: where, given: show(line), wanted: 'one journal event as JSON', cause })
  }
  const result = journalEvent.safeParse(input)
  if (result.success) return result.data
  throw (
    inputProblems(result.error, { name: where, schema: journalEvent, input })[0] ??
    new UsageError({ path: where, given: show(input), wanted: 'one journal event' })
  )
}

/**
 * Folds events in the order in which they were written. A part that is told twice, because it
 * was started again, counts as it was last.
 *
 * @throws UsageError when the start of the run is not among them
 */
export function foldEvents(events: readonly JournalEvent[]): FoldedRun {
  let head: RunHead | undefined
  let end: RunEnd | undefined
  const parts = new Map<string, RecordedPart>()
  const steps: StepReport[] = []
  for (const event of events) {
    if (event.event === 'start') head = event.head
    else if (event.event === 'stack') for (const part of event.parts) parts.set(part.name, part)
    else if (event.event === 'step') steps.push(stepOf(event.step))
    else end = { state: event.state, endedAt: event.endedAt, cost: event.cost }
  }
  if (head === undefined) {
    throw new UsageError({
      path: journalName,
      given: `${events.length} events without the start of the run`,
      wanted: 'a journal that begins with the start of a run',
      mend: 'The run was killed before it could write its first line; run it again.',
    })
  }
  return { head, parts: [...parts.values()], steps, end }
}

type WrittenStep = Extract<JournalEvent, { event: 'step' }>['step']

/** Absent is absent: the schema allows an optional field to be undefined, a step report does not. */
export function stepOf({ unsettled, skipped, attachments, ...step }: WrittenStep): StepReport {
  return {
    ...step,
    ...(unsettled === undefined ? {} : { unsettled }),
    ...(skipped === undefined ? {} : { skipped }),
    ...(attachments === undefined ? {} : { attachments }),
  }
}
