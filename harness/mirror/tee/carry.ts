import { PassThrough } from 'node:stream'
import type { Dispatcher } from 'undici'
import { messageOf } from '../../kernel/index.ts'
import type { Copy } from '../copies/copy.ts'
import { fieldOf, safeMethods } from '../exchange.ts'
import { endToEnd } from '../end-to-end.ts'
import { textsOf } from '../texts-of.ts'
import type { Client } from './client.ts'
import { answerFor } from './client.ts'
import { bytesReadBefore } from './connector.ts'

export interface Carried {
  readonly primary: Dispatcher
  /** Told of everything that passes; left out for a request that is not copied. */
  readonly copy: Copy | undefined
}

/**
 * Carries one request to the primary and its answer back, as both are: status and reason, fields with their duplicates, order
 * and case, interim answers, trailers, and an end that comes too early. Nothing here waits for a copy.
 *
 * A primary that cannot be reached is answered for with 502, in words. One that closes without an answer is passed on as
 * that: the client's connection is closed too, or its stream reset.
 */
export function carry(client: Client, { primary, copy }: Carried): void {
  const { asked } = client
  const body = bodyOf(client, copy)
  let stop: (() => void) | undefined
  let [began, ended, left, again] = [false, false, false, false]
  // Bytes of content that are still to come, where the answer says how many.
  let length: number | undefined
  client.closed(() => {
    if (ended) return
    left = true
    copy?.lost('client left')
    stop?.()
  })

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(controller) {
      stop = () => controller.abort(new Error('the client left'))
      if (left) stop()
    },
    onResponseStart(controller, status, _parsed, text = '') {
      const raw = textsOf(controller.rawHeaders)
      const head = { status, message: onWire(text), fields: endToEnd(raw) }
      if (status < 200) {
        client.interim(head)
        return
      }
      began = true
      length = Number(fieldOf(raw, 'content-length'))
      client.start(head, fieldOf(raw, 'transfer-encoding') !== undefined)
      copy?.answerStart(status, head.message, head.fields)
    },
    onResponseData(controller, chunk) {
      copy?.answerData(chunk)
      if (chunk.length === length) {
        ended = true
        client.end(chunk, [])
        return
      }
      length = undefined
      if (!client.data(chunk, () => controller.resume())) controller.pause()
    },
    onResponseEnd(controller) {
      const trailers = textsOf(controller.rawTrailers)
      if (!ended) client.end(undefined, trailers)
      ended = true
      copy?.answerEnd(trailers)
    },
    onResponseError(_controller, error) {
      if (left) return
      if (!began && !again && body === null && safeMethods.has(asked.method) && wasKept(error)) {
        again = true
        send()
        return
      }
      ended = true
      copy?.lost('primary failed')
      if (began || isClosed(error)) client.cut()
      else answerFor(client, 502, `the primary gave no answer: ${messageOf(error)}`)
    },
  }
  const send = (): void => {
    const { method, target: path, fields } = asked
    primary.dispatch({ method, path, headers: [...fields], body, headersTimeout: 0, bodyTimeout: 0 }, handler)
  }
  send()
  if (body === null) copy?.requestEnd()
}

/** The request's content on its way to the primary, told to the copy as it passes; null for a request without any. */
function bodyOf({ content, isWhole, closed }: Client, copy: Copy | undefined): PassThrough | null {
  if (content === undefined) return null
  const body = new PassThrough()
  content.pipe(body)
  closed(() => {
    if (!isWhole()) body.destroy(new Error('the client left in the middle of its request'))
  })
  if (copy !== undefined) {
    content.on('data', copy.requestData)
    content.on('end', copy.requestEnd)
  }
  return body
}

/** undici reads a reason as UTF-8, and a head is written as Latin-1: the same bytes go out where they were UTF-8. */
function onWire(text: string): string {
  if (/^[\x20-\x7E]*$/.test(text)) return text
  return Buffer.from(text.replaceAll('\uFFFD', '?')).toString('latin1')
}

/** The other side closed a connection on which it had answered before: it was idle too long, and never saw this request. */
function wasKept(error: Error): boolean {
  return isClosed(error) && bytesReadBefore(error) > 0
}

function isClosed(error: Error): boolean {
  return 'code' in error && ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(String(error.code))
}
