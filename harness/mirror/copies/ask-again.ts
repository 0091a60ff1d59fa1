import type { Dispatcher } from 'undici'
import type { Clock, Random } from '../../kernel/index.ts'
import { codingsOf } from '../compare/open-content.ts'
import type { Answer, Asked } from '../exchange.ts'
import type { CopyLimits } from './open-copies.ts'
import { sendCopy } from './send-copy.ts'
import type { SideEnd } from './side.ts'
import { isFarPast, openSide } from './side.ts'
import { openRoom } from './store.ts'

/** What was answered when the same was asked once more: by the primary twice, so that it can be held against itself. */
export interface Again {
  readonly primary: Answer
  readonly second: Answer
  readonly candidate: Answer
}

export interface AskAgain {
  /**
   * Asks the primary, and after its answer it and the candidate at the same moment; undefined when as many requests are asked
   * again already. It is rejected when one of them gives no whole answer.
   */
  readonly ask: (asked: Asked, first: Answer) => Promise<Again> | undefined
  /** Waits for what is under way; nothing is asked afterwards. */
  readonly close: () => Promise<void>
}

export interface AskAgainOptions {
  readonly primary: Dispatcher
  readonly candidate: Dispatcher
  readonly limits: Pick<CopyLimits, 'deadlineMs' | 'maxBody' | 'maxHeld'>
  readonly clock: Clock
  /** Who is asked first is drawn each time. */
  readonly random: Random
}

/** Requests that are asked again at once: the primary's clients come first. */
const atOnce = 4

/** Asks a request without content once more, a few at a time. */
export function openAskAgain({ primary, candidate, limits, clock, random }: AskAgainOptions): AskAgain {
  const room = openRoom(limits.maxBody, limits.maxHeld)
  const open = new Set<Promise<unknown>>()
  let closing = false

  const answerOf = (to: Dispatcher, asked: Asked, first: Answer): Promise<Answer> => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    const store = room.open()
    const rest = new AbortController()
    const done = (end: SideEnd | undefined): void => {
      rest.abort()
      store.empty()
      if (end?.kind === 'answer' || end?.kind === 'too large') resolve(end.answer)
      else reject(new Error(end?.kind ?? 'no end'))
    }
    // Sizes say nothing of what is compressed.
    const isPlain = codingsOf(first.fields) === ''
    const side = openSide(
      store,
      () => done(side.ended()),
      (size) => (isPlain && isFarPast(size, first.body.length) ? 'stop' : 'on'),
    )
    const sent = sendCopy(
      to,
      { asked, body: undefined, clock },
      { side, over: () => undefined, waits: () => undefined },
    )
    clock.pause(limits.deadlineMs, rest.signal).then(
      () => {
        side.stop({ kind: 'timed out' })
        sent.abort()
      },
      () => undefined,
    )
    return promise
  }
  const askAll = async (asked: Asked, first: Answer): Promise<Again> => {
    // Alone: two that one process answers at the same moment would be alike in more than what they are asked.
    const own = await answerOf(primary, asked, first)
    const two = random() < 0.5 ? [primary, candidate] : [candidate, primary]
    const answers = await Promise.all(two.map(async (to) => ({ to, answer: await answerOf(to, asked, first) })))
    const [second, its] = [primary, candidate].map((from) => answers.find(({ to }) => to === from)?.answer)
    if (second === undefined || its === undefined) throw new TypeError('both were asked')
    return { primary: own, second, candidate: its }
  }
  return {
    ask(asked, first) {
      if (closing || open.size >= atOnce) return undefined
      const all = askAll(asked, first)
      open.add(all)
      const ended = (): void => void open.delete(all)
      all.then(ended, ended)
      return all
    },
    async close() {
      closing = true
      await Promise.allSettled(open)
    },
  }
}
