import type { IncomingMessage, ServerResponse } from 'node:http'
import { PassThrough } from 'node:stream'
import type { Dispatcher } from 'undici'
import { messageOf } from '../../kernel/index.ts'
import type { Copy } from '../copies/copy.ts'
import type { Asked, RawFields } from '../exchange.ts'
import { fieldOf, safeMethods } from '../exchange.ts'
import { textsOf } from '../texts-of.ts'
import { bytesReadBefore } from './connector.ts'
import { endToEnd } from '../end-to-end.ts'

export interface Carried {
  readonly asked: Asked
  readonly primary: Dispatcher
  /** Told of everything that passes; left out for a request that is not copied. */
  readonly copy: Copy | undefined
}

/** Bytes of content that is sent together with its head. */
const atOnce = 16_384

/**
 * Carries one request to the primary and its answer back, as both are: status and reason, fields with their duplicates, order
 * and case, interim answers, trailers, and an end that comes too early. Nothing here waits for a copy.
 *
 * A primary that cannot be reached is answered for with 502, in words. One that closes without an answer is passed on as
 * that: the client's connection is closed too.
 */
export function carry(request: IncomingMessage, response: ServerResponse, { asked, primary, copy }: Carried): void {
  const body = bodyOf(request, copy)
  let stop: (() => void) | undefined
  let [began, ended, left, again] = [false, false, false, false]
  // Bytes of content that are still to come, where the answer says how many.
  let length: number | undefined
  response.sendDate = false
  response.on('close', () => {
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
      const message = onWire(text)
      const fields = endToEnd(textsOf(controller.rawHeaders))
      if (status < 200) {
        sendInterim(response, { status, message, fields })
        return
      }
      began = true
      length = Number(fieldOf(fields, 'content-length'))
      response.writeHead(status, message, fields)
      copy?.answerStart(status, message, fields)
    },
    onResponseData(controller, chunk) {
      copy?.answerData(chunk)
      if (chunk.length === length && length <= atOnce) {
        // Head and content in one piece of text are one plain write, a third of what two pieces cost.
        ended = true
        response.end(chunk.toString('latin1'), 'latin1')
        return
      }
      length = undefined
      if (response.write(chunk)) return
      controller.pause()
      response.once('drain', () => controller.resume())
    },
    onResponseEnd(controller) {
      const trailers = textsOf(controller.rawTrailers)
      if (trailers.length > 0) response.addTrailers(pairs(trailers))
      if (!ended) response.end()
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
      if (began || isClosed(error)) response.destroy()
      else answerFor(response, messageOf(error))
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
function bodyOf(request: IncomingMessage, copy: Copy | undefined): PassThrough | null {
  const { rawHeaders } = request
  const length = fieldOf(rawHeaders, 'content-length')
  if ((length === undefined || length === '0') && fieldOf(rawHeaders, 'transfer-encoding') === undefined) return null
  const body = new PassThrough()
  request.pipe(body)
  request.on('close', () => {
    if (!request.complete) body.destroy(new Error('the client left in the middle of its request'))
  })
  if (copy !== undefined) {
    request.on('data', copy.requestData)
    request.on('end', copy.requestEnd)
  }
  return body
}

function pairs(fields: RawFields): [string, string][] {
  return Array.from({ length: fields.length / 2 }, (_, at) => [fields[2 * at] ?? '', fields[2 * at + 1] ?? ''])
}

/** undici reads a reason as UTF-8, and a head is written as Latin-1: the same bytes go out where they were UTF-8. */
function onWire(text: string): string {
  return Buffer.from(text.replaceAll('\uFFFD', '?')).toString('latin1')
}

interface Interim {
  readonly status: number
  readonly message: string
  readonly fields: RawFields
}

/** Node writes two kinds of interim answers, and these with fields of its own choice; so they are written as they came. */
function sendInterim({ socket }: ServerResponse, { status, message, fields }: Interim): void {
  const lines = pairs(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  socket?.write(`HTTP/1.1 ${status} ${message}\r\n${lines.join('')}\r\n`, 'latin1')
}

/** The other side closed a connection on which it had answered before: it was idle too long, and never saw this request. */
function wasKept(error: Error): boolean {
  return isClosed(error) && bytesReadBefore(error) > 0
}

function isClosed(error: Error): boolean {
  return 'code' in error && ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(String(error.code))
}

function answerFor(response: ServerResponse, why: string): void {
  const text = `seatrial mirror: the primary gave no answer: ${why}\n`
  response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}
