import type { LintedExchange } from '../../http/lint-exchange.ts'
import type { PassiveCheck } from '../../http/passive.ts'
import type { RunRecord } from '../../record/index.ts'
import { reportFormat } from '../../report/index.ts'
import type { ForeignEntry, UnreadableEntry } from '../../wire/recordings/index.ts'
import type { Io } from '../command.ts'
import { messageLines } from './message-line.ts'

/** Who tells what recorded exchanges were found to be. */
export interface MessageTeller {
  /** The whole run is told at the end, from its record. */
  readonly whole: boolean
  readonly linted: (id: string, linted: LintedExchange) => Promise<void> | undefined
  readonly foreign: (entry: ForeignEntry) => Promise<void> | undefined
  readonly unread: (entry: UnreadableEntry) => Promise<void> | undefined
  readonly end: (record: RunRecord) => void
}

/**
 * `jsonl` tells a line an exchange while it reads; every other format is a report, at the end.
 *
 * @throws UsageError for a format that there is not
 */
export async function tellerOf(format: string, checks: readonly PassiveCheck[], io: Io): Promise<MessageTeller> {
  return format === 'jsonl' ? lineTeller(checks, io) : reportTeller(format, io)
}

/** Written in pieces, because a write costs more than a line. */
const pieceCharacters = 64 * 1024

function lineTeller(checks: readonly PassiveCheck[], io: Io): MessageTeller {
  const lines = messageLines(checks)
  let piece = ''
  const add = (line: string): Promise<void> | undefined => {
    piece += line
    if (piece.length < pieceCharacters) return undefined
    io.out(piece)
    piece = ''
    // Whoever reads us slowly slows the reading, too: nothing piles up.
    return io.drained?.()
  }
  return {
    whole: false,
    linted: (id, linted) => add(lines.linted(id, linted)),
    foreign: ({ id, why }) => add(lines.foreign(id, why)),
    unread: (entry) => add(lines.unread(entry)),
    end({ notes, steps }) {
      io.out(piece)
      for (const { blocks, text } of notes) io.err(`${blocks ? 'gate blocks' : 'gate'}: ${text}\n`)
      for (const { outcome } of steps) {
        if (outcome.kind === 'unsettled') io.err(`could not look: ${outcome.why}\n  mend:   ${outcome.mend}\n`)
      }
    },
  }
}

async function reportTeller(name: string, io: Io): Promise<MessageTeller> {
  const format = await reportFormat(name)
  const later = (): undefined => undefined
  return {
    whole: true,
    linted: later,
    foreign: later,
    unread: later,
    end: (record) => io.out(format.render(record, { colour: io.colour, columns: process.stdout.columns ?? 100 })),
  }
}
