import type { Dispatcher } from 'undici'
import type { Clock } from '../../kernel/index.ts'
import type { Asked } from '../exchange.ts'
import { endToEnd } from '../end-to-end.ts'
import { textsOf } from '../texts-of.ts'
import type { Side } from './side.ts'

/** A request on its way to one of the others. */
export interface Sent {
  /** Gives it up: its connection is closed. */
  readonly abort: () => void
  /** Reads on after a wait. */
  readonly resume: () => void
}

/** What a copy is given up with: an error for each would cost the trace of a stack. */
const givenUp = new Error('nobody waits for it any more')

export interface Sending {
  readonly side: Side
  /** Called once, when the connection is free again or gone: later than the answer's end when it was given up. */
  readonly over: () => void
  /** Called when no more is read until it is told to resume. */
  readonly waits: () => void
}

/** Sends a copy and keeps what is answered. */
export function sendCopy(
  to: Dispatcher,
  { asked, body, clock }: { readonly asked: Asked; readonly body: Uint8Array | undefined; readonly clock: Clock },
  { side, over, waits }: Sending,
): Sent {
  let controller: Dispatcher.DispatchController | undefined
  let [isGiven, isOver] = [false, false]
  const began = clock.elapsed()
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(own) {
      controller = own
      if (isGiven) own.abort(givenUp)
    },
    onResponseStart(own, status, _parsed, message = '') {
      if (status >= 200) side.start(status, message, endToEnd(textsOf(own.rawHeaders)))
    },
    onResponseData(own, chunk) {
      const next = side.data(chunk, clock.elapsed() - began)
      if (next === 'stop') own.abort(givenUp)
      if (next !== 'wait') return
      own.pause()
      waits()
    },
    onResponseEnd(own) {
      isOver = true
      side.end(textsOf(own.rawTrailers), clock.elapsed() - began)
      over()
    },
    onResponseError(_own, error) {
      isOver = true
      side.stop({ kind: 'failed', why: 'code' in error ? `${error.message} (${String(error.code)})` : error.message })
      over()
    },
  }
  to.dispatch(
    {
      method: asked.method,
      path: asked.target,
      headers: [...asked.fields],
      body: body ?? null,
      // The whole copy has one deadline, whatever it is waiting for.
      headersTimeout: 0,
      bodyTimeout: 0,
    },
    handler,
  )
  return {
    abort() {
      if (isOver) return
      isGiven = true
      controller?.abort(givenUp)
    },
    resume: () => controller?.resume(),
  }
}
