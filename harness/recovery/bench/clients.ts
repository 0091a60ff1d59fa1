import { messageOf, SeatrialError, systemClock, waitFor } from '../../kernel/index.ts'
import type { ServiceSeen } from '../seen.ts'

/** Clients that ask again and again until they are stopped. */
export interface Clients {
  /** How often nobody was served so far, because a maintenance was announced. */
  readonly announced: () => number
  /**
   * Waits until they have asked some times more, so that how it ended is among what they saw; then ends them.
   *
   * @throws SeatrialError `SEATRIAL_CLIENTS_CUT_OFF` (unsettled) when too many questions came to nothing on the way
   */
  readonly stop: () => Promise<ServiceSeen>
  /** Does what makes the service fail on purpose while nobody asks. */
  readonly unseen: (work: () => Promise<void>) => Promise<void>
  /** Ends them, whatever they saw. */
  readonly abandon: () => void
}

type Answer = 'good' | 'announced' | 'unanswered' | { readonly error: string }

/** Milliseconds between two questions. */
const everyMs = 12

/**
 * Milliseconds that a question may take. A front answers sooner, also when what stands behind it hangs: a question that
 * takes longer was lost between us and it, and says nothing of either.
 */
const patience = 12_000
/** Questions that may be lost. */
const spare = 3

/** One client after the other asks for an address. `isGood` says of a 200 whether it is an answer. */
export function startClients(address: string, isGood: (body: string) => boolean, patienceMs = patience): Clients {
  const over = new AbortController()
  let [asked, announced, errors, lost] = [0, 0, 0, 0]
  let firstError: string | undefined
  let [lastGood, outageMs, interrupted] = [performance.now(), 0, false]
  const note = (answer: Answer): void => {
    if (answer === 'unanswered') {
      lost += 1
      return
    }
    asked += 1
    const now = performance.now()
    if (answer === 'good') {
      if (interrupted) outageMs = Math.max(outageMs, Math.round(now - lastGood))
      ;[lastGood, interrupted] = [now, false]
      return
    }
    interrupted = true
    if (answer === 'announced') announced += 1
    else {
      errors += 1
      firstError ??= answer.error
    }
  }
  let resting: Promise<void> | undefined
  let question: Promise<Answer> | undefined
  const asking = (async () => {
    while (!over.signal.aborted) {
      if (resting !== undefined) {
        await resting
        // Looked at again, with no pause before the question: who rests must not be asking already.
        continue
      }
      question = ask(address, isGood, patienceMs)
      note(await question)
      await systemClock.pause(everyMs)
    }
  })()
  return {
    announced: () => announced,
    async unseen(work) {
      const { promise, resolve } = Promise.withResolvers<void>()
      resting = promise
      try {
        await question
        await work()
      } finally {
        resting = undefined
        resolve()
      }
    },
    abandon: () => over.abort(),
    async stop() {
      const enough = asked + 5
      const look = (): { done: true } | { seen: string } =>
        asked >= enough || lost > spare ? { done: true } : { seen: `${asked} of ${enough} answers` }
      try {
        await waitFor('the clients to ask again', look, { deadlineMs: 60_000 })
      } finally {
        over.abort()
        await asking
      }
      if (lost > spare) throw cutOff(address, lost)
      return { asked, announced, errors, firstError, outageMs: interrupted ? undefined : outageMs }
    },
  }
}

async function ask(address: string, isGood: (body: string) => boolean, patienceMs: number): Promise<Answer> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(patienceMs) })
    const body = (await response.text()).trim()
    if (response.status === 200 && isGood(body)) return 'good'
    if (response.status === 503 && response.headers.has('retry-after')) return 'announced'
    return { error: `${response.status} ${body.slice(0, 80)}`.trim().replaceAll(/\s+/g, ' ') }
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'unanswered' : { error: messageOf(error) }
  }
}

function cutOff(address: string, lost: number): SeatrialError {
  return new SeatrialError('SEATRIAL_CLIENTS_CUT_OFF', `${lost} questions to ${address} came to nothing on the way`, {
    mend: 'Look at the load of this machine, and at the network between it and its containers.',
    because: 'setup',
  })
}
