import { z } from 'zod'
import { JSONParser } from '@streamparser/json'
import { messageOf, UsageError } from '../../kernel/index.ts'
import type { FieldLine } from '../fields.ts'
import { schemaError } from './entry-error.ts'
import type { Remembered } from './exchange-of.ts'
import { exchangeOf, requestOf, versionNumber } from './exchange-of.ts'
import type { RecordedEntry } from './recorded.ts'

const text = z.string({ error: 'text' })
const headers = z.array(z.object({ name: text, value: text }, { error: 'an object with name and value' }), {
  error: 'a list of objects with name and value',
})
const number = z.number({ error: 'a number' })

const neverAnswered = {
  status: 0,
  statusText: '',
  httpVersion: '1.1',
  headers: [],
  content: undefined,
  bodySize: undefined,
}

/** What is read of an entry (HAR 1.2, section `entries`); recorders add much, and leave out what they do not know. */
const harEntry = z.object(
  {
    startedDateTime: z.iso.datetime({ offset: true, error: 'a date and time such as 2026-01-01T00:00:00.000Z' }),
    time: number.default(0),
    connection: text.nullish(),
    request: z.object(
      {
        method: text,
        url: text,
        httpVersion: text.default('1.1'),
        headers,
        postData: z.object({ text: text.optional() }).nullish(),
      },
      { error: 'the request as an object' },
    ),
    response: z
      .object(
        {
          status: number,
          statusText: text.default(''),
          httpVersion: text.default('1.1'),
          headers,
          content: z.object({ size: number.optional(), text: text.optional(), encoding: text.optional() }).optional(),
          bodySize: number.optional(),
        },
        { error: 'the response as an object' },
      )
      .nullish()
      .transform((response) => response ?? neverAnswered),
    timings: z
      .object({
        connect: number.nullish(),
        ssl: number.nullish(),
        wait: number.nullish(),
        receive: number.nullish(),
      })
      .optional(),
  },
  { error: 'an entry as an object with request and response' },
)

type HarEntry = z.infer<typeof harEntry>

/** Bytes of one entry, and of what stands before and after all of them. */
const longestEntry = 64 * 1024 * 1024

/**
 * Reads the entries of a HAR 1.2 file, one after another, with one entry in memory at a time.
 * Where the file stops being JSON, that is the last entry, unreadable.
 *
 * @param name what errors call the source
 */
export async function* readHar(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
): AsyncGenerator<RecordedEntry> {
  const parser = new JSONParser({ paths: ['$.log.entries.*'], keepStack: false })
  let ready: unknown[] = []
  let count = 0
  let broken: unknown
  let pending = 0
  parser.onValue = ({ value }) => ready.push(value)
  parser.onError = (error) => (broken ??= error)
  const next = (): RecordedEntry[] => {
    const entries = ready.map((input) => entryOf(input, (count += 1), name))
    ready = []
    return entries
  }
  for await (const chunk of source) {
    // Entries before the place where it breaks are whole.
    pending += chunk.length
    if (broken === undefined) parser.write(chunk)
    if (ready.length > 0) pending = 0
    if (pending > longestEntry) broken ??= new Error(`an entry has more than ${longestEntry} bytes`)
    yield* next()
    if (broken !== undefined) break
  }
  if (broken === undefined && !parser.isEnded) broken = new Error('the file ends before its JSON does')
  if (broken === undefined) return
  const error = new UsageError({
    path: `${name}: after entry ${count}`,
    given: messageOf(broken).split('\n')[0] ?? '',
    wanted: 'JSON',
    cause: broken,
  })
  yield { is: 'unreadable', id: undefined, where: `entry ${count + 1}`, number: count + 1, error }
}

function entryOf(input: unknown, place: number, name: string): RecordedEntry {
  const where = `entry ${place}`
  const result = harEntry.safeParse(input)
  if (!result.success) {
    const error = schemaError(result.error, input, `${name}: ${where}`)
    return { is: 'unreadable', id: undefined, where, number: place, error }
  }
  const entry = result.data
  const id = idOf(entry)
  const protocol = URL.parse(entry.request.url)?.protocol ?? 'http:'
  if (protocol !== 'http:' && protocol !== 'https:') return { is: 'foreign', id, why: `${protocol} is not HTTP` }
  // A browser writes 0 for what was blocked, broken off, or never answered.
  const exchange = entry.response.status === 0 ? unanswered(remembered(entry)) : exchangeOf(remembered(entry))
  const { connection } = entry
  return { is: 'exchange', id, exchange, ...(typeof connection === 'string' && connection !== '' && { connection }) }
}

/** Method and URL; not the query, where secrets stand. */
function idOf({ request }: HarEntry): string {
  return `${request.method} ${request.url.replace(/[?#].*$/s, '').slice(0, 500)}`
}

function unanswered(kept: Remembered): ReturnType<typeof exchangeOf> {
  const trouble = { kind: 'closed-early', phase: 'head', message: 'no response was recorded', afterMs: 0 } as const
  return { ...exchangeOf(kept), request: requestOf(kept), response: undefined, trouble }
}

function remembered({ startedDateTime, time, request, response, timings }: HarEntry): Remembered {
  const connectMs = positive(timings?.connect)
  const tlsMs = positive(timings?.ssl)
  const beforeContent = Math.max(0, time - positive(timings?.receive))
  const fields = linesOf(response.headers)
  const body = contentOf(response, fields)
  return {
    method: request.method,
    uri: request.url,
    requestVersion: versionNumber(request.httpVersion),
    requestFields: linesOf(request.headers),
    requestBody: new TextEncoder().encode(request.postData?.text ?? ''),
    status: Math.trunc(response.status),
    reason: bytesAsText(response.statusText),
    version: versionNumber(response.httpVersion),
    fields,
    trailers: [],
    body,
    ...(body === undefined && { bodyBytes: positive(response.bodySize) }),
    receivedAt: Date.parse(startedDateTime) + beforeContent,
    // Connecting includes TLS in HAR, and does not with us.
    timing: { connectMs: Math.max(0, connectMs - tlsMs), tlsMs, firstByteMs: beforeContent, totalMs: time },
  }
}

/**
 * The content as it arrived, where HAR still tells it: it keeps content after content decoding,
 * and text after decoding of its charset.
 */
function contentOf({ content }: HarEntry['response'], fields: readonly FieldLine[]): Uint8Array | undefined {
  if (content?.text === undefined) return content?.size === 0 ? new Uint8Array() : undefined
  if (fields.some(({ name }) => name.toLowerCase() === 'content-encoding')) return undefined
  if (content.encoding?.toLowerCase() === 'base64') return Buffer.from(content.text, 'base64')
  const bytes = new TextEncoder().encode(content.text)
  return bytes.length === content.size ? bytes : undefined
}

/** Fields as lines; the pseudo-fields of HTTP/2 are none. */
function linesOf(pairs: HarEntry['request']['headers']): FieldLine[] {
  return pairs
    .filter(({ name }) => !name.startsWith(':'))
    .map(({ name, value }) => ({ name: bytesAsText(name), value: bytesAsText(value) }))
}

/** HAR is Unicode; what no single byte can be is taken as the UTF-8 that it came as. */
function bytesAsText(value: string): string {
  return /^[\u0000-\u00ff]*$/.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1')
}

// HAR writes -1, or null, for what it does not know.
const positive = (value: number | null | undefined): number => Math.max(0, value ?? 0)
