import type { Answer } from '../../exchange.ts'
import { pieces } from '../pieces.ts'
import type { Message } from '../raw-message.ts'
import { readMessage } from '../raw-message.ts'
import type { Entry, Recorded, TrafficReader } from '../traffic.ts'

/** What stands between two payloads: three monkeys on a line of their own. */
const separator = Buffer.from('\n\u{1F435}\u{1F648}\u{1F649}\n')
/** Bytes of one payload. */
const longestPayload = 64 * 2 ** 20
/** Requests that wait for their answers, which come later in the file, and bytes of them. */
const [mostWaiting, mostHeld] = [1_000, 64 * 2 ** 20]

/**
 * Files of GoReplay. A payload is a line `1 <id> <nanoseconds> [<latency>]` and the bytes of a request; 2 is the original
 * answer to the request of the same id, and 3 what a replay got.
 */
export const goreplay: TrafficReader = {
  id: 'goreplay',
  title: 'a file of GoReplay',
  takes: (start) => /^[123] [\da-f]+ \d+(?: -?\d+)?\n/.test(start),
  lacks: ['connections'],
  async *read(source) {
    const waiting = new Map<string, Recorded>()
    let held = 0
    const release = (id: string, answer?: Answer): Recorded | undefined => {
      const request = waiting.get(id)
      if (request === undefined) return undefined
      waiting.delete(id)
      held -= request.body?.length ?? 0
      return answer === undefined ? request : { ...request, answer, ms: answer.ms }
    }
    for await (const { number, bytes } of pieces(source, separator, longestPayload)) {
      const payload = payloadOf(bytes, `payload ${number}`)
      if (payload.is === 'unread') yield payload
      else if (payload.is === 'request') {
        const twice = release(payload.id)
        if (twice !== undefined) yield twice
        waiting.set(payload.id, payload.request)
        held += payload.request.body?.length ?? 0
        for (const [id] of waiting) {
          if (waiting.size <= mostWaiting && held <= mostHeld) break
          const oldest = release(id)
          if (oldest !== undefined) yield oldest
        }
      } else if (payload.is === 'answer') {
        const request = release(payload.id, payload.answer)
        if (request !== undefined) yield request
      }
    }
    yield* waiting.values()
  },
}

type Payload =
  | Extract<Entry, { is: 'unread' }>
  | { readonly is: 'request'; readonly id: string; readonly request: Recorded }
  | { readonly is: 'answer'; readonly id: string; readonly answer: Answer }
  | { readonly is: 'replayed' }

function payloadOf(bytes: Buffer | undefined, where: string): Payload {
  const unread = (why: string): Payload => ({ is: 'unread', where, why })
  if (bytes === undefined) return unread(`it is longer than ${longestPayload} bytes`)
  const end = bytes.indexOf(10)
  const [, kind, id = '', time = '', took = '0'] =
    /^([123]) ([\da-f]+) (\d+)(?: (-?\d+))?\r?$/.exec(bytes.subarray(0, Math.max(0, end)).toString('latin1')) ?? []
  if (kind === undefined) return unread('it does not begin with a line "1 id time"')
  if (kind === '3') return { is: 'replayed' }
  const message = readMessage(bytes.subarray(end + 1))
  if ('why' in message) return unread(message.why)
  if (kind === '1') return requestOf(message, { id, where, at: Number(time) / 1e6 })
  const status = /^HTTP\/\d\.\d (\d{3})(?: (.*))?$/.exec(message.start)
  if (status === null) return unread(`${JSON.stringify(message.start.slice(0, 100))} is no status line`)
  const { fields, body, trailers } = message
  const ms = Math.max(0, Number(took) / 1e6)
  return {
    is: 'answer',
    id,
    answer: { status: Number(status[1]), message: status[2] ?? '', fields, body, trailers, ms },
  }
}

function requestOf(
  { start, fields, body }: Message,
  { id, where, at }: { readonly id: string; readonly where: string; readonly at: number },
): Payload {
  const line = /^(\S+) (\S+) HTTP\/\d\.\d$/.exec(start)
  if (line === null) return { is: 'unread', where, why: `${JSON.stringify(start.slice(0, 100))} is no request line` }
  const request: Recorded = {
    is: 'request',
    where,
    asked: { method: line[1] ?? '', target: line[2] ?? '', fields },
    body: body.length === 0 ? undefined : body,
    at,
    grain: 1,
    ms: undefined,
    connection: undefined,
    address: undefined,
    answer: 'no whole answer was recorded',
  }
  return { is: 'request', id, request }
}
