import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { SeatrialError } from '../../kernel/index.ts'
import type { Token } from './token.ts'

/**
 * What a client knows of a write. `unknown`: it was sent, and no answer came; it may be there or not, and either is
 * right.
 */
export type Fate = 'sent' | 'acknowledged' | 'refused' | 'unknown'

export interface Entry {
  fate: Fate
  /** Counted up at each fault and promotion, so that two origins in one era are a split brain. */
  readonly era: number
  /** The node that acknowledged it; undefined until then. */
  origin: string | undefined
  /** Milliseconds of the drill's clock. */
  readonly sentAt: number
  settledAt: number | undefined
}

/**
 * The clients' own book: a write is in it before it is sent, and what became of it afterwards, so that what a server
 * says later can be held against what it said then. Every line is with the operating system before the call returns;
 * a drill that is killed leaves a book that can be read.
 */
export class Journal implements Disposable {
  readonly entries = new Map<Token, Entry>()
  readonly #file: number
  #closed = false

  constructor(path: string) {
    this.#file = openSync(path, 'ax')
  }

  intend(token: Token, era: number, now: number): void {
    this.#write(`s ${token} ${era} ${now.toFixed(2)}`)
    this.entries.set(token, { fate: 'sent', era, origin: undefined, sentAt: now, settledAt: undefined })
  }

  settle(token: Token, fate: Exclude<Fate, 'sent'>, now: number, origin?: string): void {
    this.#write(`${letters[fate]} ${token} ${now.toFixed(2)}${origin === undefined ? '' : ` ${origin}`}`)
    const entry = this.entries.get(token)
    if (entry === undefined) throw new Error(`${token} was never sent`)
    entry.fate = fate
    entry.origin = origin
    entry.settledAt = now
  }

  [Symbol.dispose](): void {
    if (this.#closed) return
    this.#closed = true
    closeSync(this.#file)
  }

  #write(line: string): void {
    if (!this.#closed) writeSync(this.#file, `${line}\n`)
  }
}

const letters = { acknowledged: 'a', refused: 'r', unknown: 'u' } as const
const fates: Readonly<Record<string, Exclude<Fate, 'sent'>>> = { a: 'acknowledged', r: 'refused', u: 'unknown' }

/**
 * The entries of a book that a drill left behind. A last line that was cut off is left out; what was sent and never
 * settled is unknown.
 *
 * @throws SeatrialError `SEATRIAL_LEDGER` for a line that is none
 */
export function readJournal(path: string): Map<Token, Entry> {
  const entries = new Map<Token, Entry>()
  const whole = readFileSync(path, 'utf8')
  const lines = whole.slice(0, whole.lastIndexOf('\n') + 1).split('\n')
  for (const [index, line] of lines.entries()) {
    if (line === '') continue
    const [kind = '', token = '', third = '', fourth] = line.split(' ')
    const entry = entries.get(Number(token))
    const fate = fates[kind]
    if (kind === 's') {
      entries.set(Number(token), {
        fate: 'sent',
        era: Number(third),
        origin: undefined,
        sentAt: Number(fourth),
        settledAt: undefined,
      })
    } else if (fate !== undefined && entry !== undefined) {
      Object.assign(entry, { fate, settledAt: Number(third), origin: fourth })
    } else {
      throw new SeatrialError('SEATRIAL_LEDGER', `${path}:${index + 1} is no line of a ledger: ${line.slice(0, 80)}`, {
        mend: 'Use the file as the drill left it.',
      })
    }
  }
  for (const entry of entries.values()) if (entry.fate === 'sent') entry.fate = 'unknown'
  return entries
}
