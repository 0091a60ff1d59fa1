import type { Dispatcher } from 'undici'
import type { Clock, Random } from '../../kernel/index.ts'
import { codingsOf } from '../compare/open-content.ts'
import type { Difference } from '../compare/difference.ts'
import type { Answer, Asked } from '../exchange.ts'
import { openBreaker } from './breaker.ts'
import type { Copy, Dropped } from './copy.ts'
import type { Due } from './deadlines.ts'
import { openDeadlines } from './deadlines.ts'
import type { Fate, Ledger } from './ledger.ts'
import type { Sent } from './send-copy.ts'
import { sendCopy } from './send-copy.ts'
import type { Ahead, Side, SideEnd } from './side.ts'
import { isFarPast, openSide } from './side.ts'
import { openRoom } from './store.ts'

/** What the servers answered to one request. */
export interface Pair {
  readonly asked: Asked
  readonly body: Uint8Array | undefined
  readonly primary: Answer
  readonly candidate: Answer
  /** Of a second primary, where there is one. */
  readonly secondary: Answer | undefined
}

/** How a copy ended, with what was answered until then. */
export interface Ended {
  readonly fate: Fate
  readonly candidate: SideEnd | undefined
  readonly secondary: SideEnd | undefined
  /** In what the candidate's answer is another one, where it was compared. */
  readonly found: readonly Difference[] | undefined
}

export interface CopyLimits {
  /** Requests that may wait for a candidate at once. */
  readonly inFlight: number
  /** Milliseconds that a candidate has for a whole answer. */
  readonly deadlineMs: number
  /** Bytes of one content, of a request or an answer, that are kept to be sent on or compared. */
  readonly maxBody: number
  /** Bytes of all content that is kept at once. */
  readonly maxHeld: number
  /** Copies in a row that may go without a whole answer before few are sent any more; without end unless said. */
  readonly patience?: number
}

export interface CopiesOptions {
  readonly candidate: Dispatcher
  readonly secondary?: Dispatcher
  readonly limits: CopyLimits
  readonly ledger: Ledger
  readonly clock: Clock
  /** Who gets its copy first is drawn for each request: the second finds warmer caches, or a later time. */
  readonly random: Random
  /** In what the answers are not the same; told of every whole pair. */
  readonly compare: (pair: Pair) => readonly Difference[]
  /** Told of every copy that the candidate did not answer, with the reason. */
  readonly unanswered: (asked: Asked, why: string) => void
}

export interface Copies {
  /**
   * Begins a copy, or enters why there is none.
   *
   * @param over told once how it ended, whichever way
   */
  readonly begin: (asked: Asked, over?: (ended: Ended) => void) => Copy | undefined
  /** Waits until the fate of all is known; what is open then after so many milliseconds was "mirror ended". */
  readonly close: (graceMs: number) => Promise<void>
}

interface Open extends Due {
  readonly settle: (fate: Fate) => void
}

/**
 * Sends copies of requests to the candidate, and to a second primary, and gives each request exactly one fate. A slot is taken
 * until the connection of its copy is free again, so that a candidate which never answers costs a bounded number of them.
 */
export function openCopies(options: CopiesOptions): Copies {
  const { candidate, secondary, limits, ledger, clock, random, compare, unanswered } = options
  const room = openRoom(limits.maxBody, limits.maxHeld)
  const breaker = openBreaker(limits.patience ?? Number.POSITIVE_INFINITY, clock)
  const open = new Set<Open>()
  const deadlines = openDeadlines(limits.deadlineMs, clock)
  let [busy, closing] = [0, false]
  let idle: (() => void) | undefined
  /** Undefined when nobody could: this may be called while an answer is passed to a client, who must not hear of it. */
  const compared = (pair: Pair): readonly Difference[] | undefined => {
    try {
      return compare(pair)
    } catch {
      return undefined
    }
  }
  const fateOf = (found: readonly Difference[]): Fate => (found.length === 0 ? 'compared equal' : 'compared different')

  const begin = (asked: Asked, over?: (ended: Ended) => void): Copy | undefined => {
    const isFull = busy >= limits.inFlight || open.size >= limits.inFlight
    if (closing || isFull || !breaker.admits()) {
      const why = closing ? 'mirror ended' : isFull ? 'too many copies under way' : 'the candidate is unwell'
      const fate: Fate = `dropped: ${why}`
      ledger.ended(fate)
      over?.({ fate, candidate: undefined, secondary: undefined, found: undefined })
      return undefined
    }
    const [request, own, its] = [room.open(), room.open(), room.open()]
    const stores = [request, own, its]
    const copies: Sent[] = []
    const began = clock.elapsed()
    let [settled, told] = [false, false]
    const settle = (fate: Fate, found?: readonly Difference[]): void => {
      if (settled) return
      settled = true
      open.delete(entry)
      deadlines.stop(entry)
      ledger.ended(fate)
      over?.({ fate, candidate: others[0]?.side.ended(), secondary: others[1]?.side.ended(), found })
      for (const each of copies) each.abort()
      for (const each of stores) each.empty()
      if (open.size === 0) idle?.()
    }
    const look = (): void => {
      if (settled) return
      const [mine, theirs, second] = [primary.ended(), others[0]?.side.ended(), others[1]?.side]
      if (mine !== undefined && mine.kind !== 'answer') {
        settle(mine.kind === 'store full' ? 'dropped: too many bytes held' : 'dropped: answer too large')
        return
      }
      if (theirs !== undefined && !told) {
        told = true
        breaker.ended(theirs.kind === 'answer')
      }
      if (theirs?.kind === 'timed out') {
        unanswered(asked, `no whole answer in ${limits.deadlineMs} ms`)
        settle('candidate timed out')
      } else if (theirs?.kind === 'failed') {
        unanswered(asked, theirs.why)
        settle('candidate failed')
      } else if (theirs?.kind === 'store full') {
        settle('dropped: too many bytes held')
      } else if (mine !== undefined && theirs !== undefined && (second === undefined || second.ended() !== undefined)) {
        const other = second?.ended()
        // Without its answer nobody knows what of this pair is noise.
        if (other !== undefined && other.kind !== 'answer') {
          settle('dropped: second primary failed')
          return
        }
        const pair = {
          asked,
          body: request.size() === 0 ? undefined : request.whole(),
          primary: mine.answer,
          candidate: theirs.answer,
          secondary: other?.answer,
        }
        const found = compared(pair)
        settle(found === undefined ? 'dropped: comparison failed' : fateOf(found), found)
      }
    }
    const primary = openSide(own, look)
    // What goes on far past the primary's whole answer is another one, however it ends; sizes say nothing of what is compressed.
    // Before that end nobody knows, and who is far ahead waits: a candidate that pours costs no more than it has to.
    const ahead = (size: number): Ahead => {
      const ended = primary.ended()
      if (!isFarPast(size, own.size())) return 'on'
      if (ended?.kind !== 'answer') return 'wait'
      return codingsOf(ended.answer.fields) === '' ? 'stop' : 'on'
    }
    let waiting: Sent | undefined
    const goOn = (): void => {
      if (waiting === undefined || settled) return
      // Its time did not pass while it was kept waiting.
      deadlines.start(entry)
      const copy = waiting
      waiting = undefined
      // undici reads one answer at a time in a process, and this may be called while it reads the primary's.
      queueMicrotask(copy.resume)
    }
    const others: { readonly to: Dispatcher; readonly side: Side }[] = [
      { to: candidate, side: openSide(its, look, ahead) },
    ]
    if (secondary !== undefined) {
      const store = room.open()
      stores.push(store)
      others.push({ to: secondary, side: openSide(store, look) })
    }
    const entry: Open = {
      // It has its fate with the candidate's end; without the primary's it waits for that one, and no deadline is left.
      expire: () => {
        for (const { side } of others) side.stop({ kind: 'timed out' })
      },
      settle,
    }
    open.add(entry)
    return {
      requestData(chunk) {
        if (settled) return
        const kept = request.keep(chunk)
        if (kept === 'too large') settle('dropped: request body too large')
        if (kept === 'store full') settle('dropped: too many bytes held')
      },
      requestEnd() {
        if (settled) return
        deadlines.start(entry)
        const body = request.size() === 0 ? undefined : request.whole()
        for (const { to, side } of random() < 0.5 ? others : others.toReversed()) {
          busy++
          const waits = (): void => {
            waiting = copy
            deadlines.stop(entry)
          }
          const copy = sendCopy(to, { asked, body, clock }, { side, over: () => busy--, waits })
          copies.push(copy)
        }
      },
      answerStart: primary.start,
      answerData(chunk) {
        primary.data(chunk, clock.elapsed() - began)
        goOn()
      },
      answerEnd(trailers) {
        primary.end(trailers, clock.elapsed() - began)
        goOn()
      },
      lost: (why: Dropped) => settle(`dropped: ${why}`),
    }
  }
  return {
    begin,
    async close(graceMs) {
      closing = true
      if (open.size > 0) {
        const rest = new AbortController()
        const over = new Promise<void>((resolve) => (idle = resolve))
        await Promise.race([over, clock.pause(graceMs, rest.signal).catch(() => undefined)])
        rest.abort()
      }
      for (const each of open) each.settle('dropped: mirror ended')
      deadlines.close()
    },
  }
}
