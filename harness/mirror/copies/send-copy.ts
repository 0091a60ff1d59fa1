import type { Dispatcher } from 'undici'
import type { Clock } from '../../kernel/index.ts'
import type { Asked } from '../exchange.ts'
import { endToEnd } from '../end-to-end.ts'
import { textsOf } from '../texts-of.ts'
import type { Side } from './side.ts'

/** A request on its way to one of the others. */
export interface Sent {
  /** Gives it up: its connection is closed. */
  readonly abort: (why: string) => void
}

/**
 * Sends a copy and keeps what is answered.
 *
 * @param over called once, when the connection is free again or gone: later than the answer's end when it was given up
 */
export function sendCopy(
  to: Dispatcher,
  { asked, body, clock }: { readonly asked: Asked; readonly body: Uint8Array | undefined; readonly clock: Clock },
  { side, over }: { readonly side: Side; readonly over: () => void },
): Sent {
  let controller: Dispatcher.DispatchController | undefined
  let given: string | undefined
  let isOver = false
  const began = clock.elapsed()
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(own) {
      controller = own
      if (given !== undefined) own.abort(new Error(given))
    },
    onResponseStart(own, status, _parsed, message = '') {
      if (status >= 200) side.start(status, message, endToEnd(textsOf(own.rawHeaders)))
    },
    onResponseData(own, chunk) {
      if (!side.data(chunk, clock.elapsed() - began)) own.abort(new Error('no more of its answer is kept'))
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
    abort(why) {
      // Most have ended by now, and an error costs the trace of a stack.
      if (isOver) return
      given = why
      controller?.abort(new Error(why))
    },
  }
}
