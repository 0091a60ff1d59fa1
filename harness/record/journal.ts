import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf, SeatrialError } from '../kernel/index.ts'
import type { RedactorOptions } from './redact.ts'
import { createRedactor } from './redact.ts'
import { redactEvent } from './redact-event.ts'
import type { JournalEvent, RunHead } from './schema.ts'

export const journalName = 'journal.jsonl'

/** Where a run writes down what happens, as it happens. */
export interface Journal extends AsyncDisposable {
  readonly path: string
  /**
   * Redacts and appends one event. It is in the kernel's hands when this returns, so a killed
   * process loses at most the event that it was writing.
   *
   * @throws SeatrialError `SEATRIAL_JOURNAL_UNWRITABLE`
   */
  readonly append: (event: JournalEvent) => void
}

/**
 * Creates `journal.jsonl` in the run's folder and writes its first line. The journal closes
 * when it is disposed of.
 *
 * @throws SeatrialError `SEATRIAL_JOURNAL_UNWRITABLE`, also when the folder already has a journal
 * @throws UsageError for a secret of fewer than 4 characters
 */
export async function openJournal(
  folder: string,
  head: RunHead,
  options: RedactorOptions = { secrets: [] },
): Promise<Journal> {
  const redact = createRedactor(options)
  const path = join(folder, journalName)
  const file = tell(path, () => {
    mkdirSync(folder, { recursive: true })
    // "x": two runs never share a journal. "a": each write goes to the end, in one piece.
    return openSync(path, 'ax')
  })
  let open = true
  const journal: Journal = {
    path,
    append(event) {
      tell(path, () => writeWhole(file, `${JSON.stringify(redactEvent(event, redact))}\n`))
    },
    async [Symbol.asyncDispose]() {
      if (!open) return
      open = false
      tell(path, () => {
        fsyncSync(file)
        closeSync(file)
      })
    },
  }
  journal.append({ event: 'start', head })
  return journal
}

function writeWhole(file: number, line: string): void {
  const bytes = Buffer.from(line, 'utf8')
  let written = 0
  while (written < bytes.length) written += writeSync(file, bytes, written)
}

function tell<T>(path: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw new SeatrialError(
      'SEATRIAL_JOURNAL_UNWRITABLE',
      `the journal ${path} cannot be written: ${messageOf(error)}`,
      {
        mend: 'Give the reports folder space and write permission, and every run a folder of its own.',
        cause: error,
      },
    )
  }
}
