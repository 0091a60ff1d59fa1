import { z } from 'zod'
import { messageOf, UsageError } from '../../../kernel/index.ts'
import type { Unplayed } from '../../copies/ledger.ts'
import type { Answer } from '../../exchange.ts'
import { bytesKept } from '../../record/content.ts'
import type { AnswerKept, ContentKept, ExchangeLine, HeadLine } from '../../record/lines.ts'
import { endLine, exchangeLine, headLine, recordFormat } from '../../record/lines.ts'
import { newline, pieces } from '../pieces.ts'
import type { Entry, Recorded, TrafficReader } from '../traffic.ts'

/** Bytes of one line: three contents in base64 and their heads. */
const longestLine = 128 * 2 ** 20

/** What `seatrial mirror --out` writes. */
export const seatrial: TrafficReader = {
  id: 'seatrial',
  title: 'a record of seatrial mirror',
  takes: (start) => start.startsWith(`{"format":"${recordFormat}"`),
  lacks: [],
  async *read(source, { name }) {
    let head: HeadLine | undefined
    let isWhole = false
    let last = 0
    for await (const { number, bytes, isEnded } of pieces(source, newline, longestLine)) {
      last = number
      const where = `line ${number}`
      if (bytes === undefined) {
        yield { is: 'unread', where, why: `it is longer than ${longestLine} bytes` }
        continue
      }
      const parsed = jsonOf(bytes)
      if (head === undefined) head = headOf(parsed, name)
      else if ('why' in parsed)
        yield { is: 'unread', where, why: isEnded ? parsed.why : 'it is torn: its end is missing' }
      else if (endLine.safeParse(parsed.value).success) {
        isWhole = true
        yield* endOf(endLine.parse(parsed.value), where)
      } else yield entryOf(parsed.value, where)
    }
    if (!isWhole)
      yield { is: 'unread', where: `after line ${last}`, why: 'the record was broken off: its last line is missing' }
  },
}

type Parsed = { readonly value: unknown } | { readonly why: string }

function jsonOf(bytes: Buffer): Parsed {
  try {
    return { value: JSON.parse(bytes.toString('utf8')) }
  } catch (error) {
    return { why: `it is no JSON: ${messageOf(error)}` }
  }
}

function headOf(parsed: Parsed, name: string): HeadLine {
  const result = 'value' in parsed ? headLine.safeParse(parsed.value) : undefined
  if (result?.success === true) return result.data
  const given =
    'why' in parsed
      ? parsed.why
      : z
          .prettifyError(result?.error ?? new z.ZodError([]))
          .split('\n')
          .join(' ')
  throw new UsageError({ path: `${name}: line 1`, given, wanted: `the head of a ${recordFormat}, version 1` })
}

function* endOf({ end }: z.infer<typeof endLine>, where: string): Generator<Entry> {
  for (const [why, count] of Object.entries(end.dropped)) {
    yield { is: 'unread', where, why: `${count} exchanges were never written: ${why}` }
  }
}

function entryOf(value: unknown, where: string): Entry {
  const result = exchangeLine.safeParse(value)
  if (result.success) return recordedOf(result.data, where)
  const why = z.prettifyError(result.error).split('\n').join(' ')
  return { is: 'unread', where, why: `it is no exchange: ${why}` }
}

function recordedOf(line: ExchangeLine, where: string): Recorded {
  const { request, primary, hidden = [] } = line
  const body = bytesKept(request.body)
  const isStripped = hidden.includes('request fields')
  const unplayable = hidden.includes('request')
    ? 'secrets were hidden'
    : body === undefined
      ? whyLeft(request.body)
      : undefined
  const fields = isStripped ? request.fields.filter(([, text]) => !text.includes(mark)) : request.fields
  return {
    is: 'request',
    where,
    asked: { method: request.method, target: request.target, fields: fields.flat() },
    body: body === undefined || body.length === 0 ? undefined : body,
    at: line.at,
    grain: 1,
    ms: 'ms' in primary ? primary.ms : undefined,
    connection: String(line.connection),
    address: undefined,
    answer: isStripped || hidden.includes('primary') ? 'secrets were hidden' : answerOf(primary),
    ...(unplayable !== undefined && { unplayable }),
    isStripped,
  }
}

/** What stands where a secret stood. */
const mark = '[redacted]'

function answerOf(primary: ExchangeLine['primary']): Answer | Unplayed {
  if ('failed' in primary) return 'no whole answer was recorded'
  const body = bytesKept(primary.body)
  return body === undefined ? whyLeft(primary.body) : wholeAnswer(primary, body)
}

function wholeAnswer({ status, message, fields, trailers, ms }: AnswerKept, body: Uint8Array): Answer {
  return { status, message, fields: fields.flat(), trailers: trailers.flat(), body, ms }
}

function whyLeft({ left }: ContentKept): Unplayed {
  return left === 'holds secrets' ? 'secrets were hidden' : 'content was not kept'
}
