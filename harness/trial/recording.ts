import type { StepReport } from '../kernel/index.ts'
import type { RecordedPart, RunEnd, RunHead, RunRecord } from '../record/index.ts'
import { createRedactor, foldEvents, openJournal, redactEvent, writeRecord } from '../record/index.ts'
import type { JournalEvent } from '../record/index.ts'
import { completeRecord } from '../judge/index.ts'

/** A run being written down. Everything is redacted on the way in. */
export interface Recording {
  readonly parts: (parts: readonly RecordedPart[]) => void
  readonly step: (step: StepReport) => void
  /** Judges what there is and returns the record; writes it when the recording has a folder. */
  readonly finish: (end: RunEnd) => Promise<RunRecord>
}

export interface RecordingOptions {
  /** The run's folder; without one, nothing is written anywhere. */
  readonly folder?: string
  /** Values that must not appear in any output. */
  readonly secrets: readonly string[]
}

/** @throws SeatrialError `SEATRIAL_JOURNAL_UNWRITABLE` */
export async function startRecording(head: RunHead, options: RecordingOptions): Promise<Recording> {
  const redact = createRedactor(options)
  const events: JournalEvent[] = []
  const journal = options.folder === undefined ? undefined : await openJournal(options.folder, head, options)
  const append = (event: JournalEvent): void => {
    journal?.append(event)
    events.push(redactEvent(event, redact))
  }
  events.push(redactEvent({ event: 'start', head }, redact))
  return {
    parts: (parts) => append({ event: 'stack', parts: [...parts] }),
    step: (step) => append({ event: 'step', step: mutable(step) }),
    async finish(end) {
      append({ event: 'end', ...end })
      await journal?.[Symbol.asyncDispose]()
      const record = completeRecord(foldEvents(events), end)
      if (options.folder !== undefined) await writeRecord(options.folder, record)
      return record
    },
  }
}

type WrittenStep = Extract<JournalEvent, { event: 'step' }>['step']

/** The schema's arrays are its own; a report's are read-only. */
function mutable({ looked, findings, attachments, ...step }: StepReport): WrittenStep {
  return {
    ...step,
    looked: [...looked],
    findings: findings.map((finding) => ({ ...finding })),
    ...(attachments !== undefined && { attachments: [...attachments] }),
  }
}
