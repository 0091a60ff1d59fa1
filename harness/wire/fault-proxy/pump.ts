import type { Socket } from 'node:net'
import type { Clock } from '../../kernel/index.ts'
import { Bell } from './bell.ts'
import type { Effect, Ending, Piece } from './toxic.ts'

/**
 * Bytes that a flow holds before it stops reading: what a long fat line has under way. With the
 * socket's own buffers it bounds what one connection costs.
 */
const holdBytes = 1024 * 1024

export interface PumpOptions {
  readonly source: Socket
  readonly sink: Socket
  readonly clock: Clock
  /** Read anew at every step, so that toxics come and go under a flow. */
  readonly effects: () => readonly Effect[]
  readonly passed: (bytes: number) => void
  readonly end: (how: Ending) => void
}

export interface Pump {
  /** Toxics have changed: look again. */
  readonly wake: () => void
  /** Passes nothing more. */
  readonly stop: () => void
}

interface Held extends Piece {
  bytes: Uint8Array
  /** The source ended after this, in order or not. */
  readonly ending?: Ending
}

const nothing = new Uint8Array()

/** Carries one direction of a connection, in order, through whatever toxics are in effect. */
export function startPump({ source, sink, clock, effects, passed, end }: PumpOptions): Pump {
  const queue: Held[] = []
  const bell = new Bell()
  let held = 0
  let writing = false
  let stopped = false

  const take = (piece: Omit<Held, 'arrivedAt'>): void => {
    if (stopped) return
    queue.push({ ...piece, arrivedAt: clock.elapsed() })
    held += piece.bytes.length
    if (held >= holdBytes) source.pause()
    bell.ring()
  }
  source.on('data', (bytes: Uint8Array) => take({ bytes }))
  source.on('end', () => take({ bytes: nothing, ending: 'close' }))
  source.on('error', () => take({ bytes: nothing, ending: 'reset' }))

  /** How long the first of the queue must still wait, and how much of it may then go. */
  const look = (piece: Held): { readonly wait: number; readonly size: number } => {
    const all = effects()
    const size = Math.min(piece.bytes.length, ...all.map((effect) => effect.most?.() ?? Infinity))
    const due = all.reduce((time, effect) => time + (effect.lag?.(piece) ?? 0), piece.arrivedAt)
    const gate = Math.max(due, ...all.map((effect) => effect.gate?.(size, due) ?? due))
    return { wait: gate - clock.elapsed(), size }
  }

  const send = (piece: Held, size: number): void => {
    const bytes = piece.bytes.subarray(0, size)
    piece.bytes = piece.bytes.subarray(size)
    if (piece.bytes.length === 0) queue.shift()
    writing = true
    // One write at a time: the sink's pace is then ours, and "sent" means out of our hands.
    sink.write(bytes, (error) => {
      writing = false
      held -= size
      if (stopped) return
      if (!error) {
        passed(size)
        for (const effect of effects()) effect.sent?.(size)
      }
      if (held < holdBytes) source.resume()
      bell.ring()
    })
  }

  /** The piece to see to next: a broken source is told even past a sink that takes nothing more. */
  const next = (): Held | undefined => {
    const last = queue.at(-1)
    if (writing) return last?.ending === 'reset' ? last : undefined
    return queue[0]
  }

  const run = async (): Promise<void> => {
    for (;;) {
      if (stopped) return
      const piece = next()
      const { wait, size } = piece === undefined ? { wait: Infinity, size: 0 } : look(piece)
      if (piece === undefined || wait > 0) await bell.within(wait)
      else if (piece.ending === 'reset') return end('reset')
      else if (piece.ending === 'close') return void sink.end()
      else send(piece, size)
    }
  }
  // Nothing in it rejects: sockets tell their errors by events.
  void run()

  return {
    wake: () => bell.ring(),
    stop() {
      stopped = true
      queue.length = 0
      bell.ring()
    },
  }
}
