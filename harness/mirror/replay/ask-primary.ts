import type { Dispatcher } from 'undici'
import type { Copy } from '../copies/copy.ts'
import { endToEnd } from '../end-to-end.ts'
import type { Answer, Asked } from '../exchange.ts'
import { safeMethods } from '../exchange.ts'
import { bytesReadBefore } from '../tee/connector.ts'
import { textsOf } from '../texts-of.ts'

export interface Replayed {
  readonly asked: Asked
  readonly body: Uint8Array | undefined
  /** Told of the request and of its answer, as it is of those of users. */
  readonly copy: Copy
}

/** Asks the primary what a file has; resolves when its answer is over, however it ends. */
export function askPrimary(primary: Dispatcher, { asked, body, copy }: Replayed, deadlineMs: number): Promise<void> {
  return new Promise((resolve) => {
    let [began, again] = [false, false]
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStart(controller, status, _parsed, message = '') {
        if (status < 200) return
        began = true
        copy.answerStart(status, message, endToEnd(textsOf(controller.rawHeaders)))
      },
      onResponseData: (_controller, chunk) => copy.answerData(chunk),
      onResponseEnd(controller) {
        copy.answerEnd(textsOf(controller.rawTrailers))
        resolve()
      },
      onResponseError(_controller, error) {
        // It closed a connection that was idle for too long, and never saw this request.
        if (!began && !again && safeMethods.has(asked.method) && bytesReadBefore(error) > 0) {
          again = true
          send()
          return
        }
        copy.lost('primary failed')
        resolve()
      },
    }
    const send = (): void => {
      const { method, target: path, fields } = asked
      const times = { headersTimeout: deadlineMs, bodyTimeout: deadlineMs }
      primary.dispatch({ method, path, headers: [...fields], body: body ?? null, ...times }, handler)
    }
    send()
    tellRequest({ body, copy })
  })
}

/** Tells what the primary answered when the file was written. */
export function tellRecorded({ body, copy }: Replayed, answer: Answer): void {
  tellRequest({ body, copy })
  copy.answerStart(answer.status, answer.message, answer.fields)
  if (answer.body.length > 0) copy.answerData(answer.body)
  copy.answerEnd(answer.trailers)
}

function tellRequest({ body, copy }: Pick<Replayed, 'body' | 'copy'>): void {
  if (body !== undefined) copy.requestData(body)
  copy.requestEnd()
}
