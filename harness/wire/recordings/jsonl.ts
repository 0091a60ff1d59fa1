import { z } from 'zod'
import { UsageError } from '../../kernel/index.ts'
import type { FieldLine } from '../fields.ts'
import { trimmed } from '../http1/field-lines.ts'
import { jsonError, schemaError } from './entry-error.ts'
import { exchangeOf, versionNumber } from './exchange-of.ts'
import { linesOf } from './lines.ts'
import type { RecordedEntry } from './recorded.ts'

const latin1 = z
  .string({ error: 'text' })
  .regex(/^[\u0000-\u00ff]*$/, { error: 'latin-1 text: one character a byte, none above U+00FF' })
const pair = z.tuple([latin1, latin1], { error: 'a pair [name, value]' })
const fields = z.array(pair, { error: 'a list of pairs [name, value]' })
const base64 = z
  .string({ error: 'text in base64' })
  .regex(/^[A-Za-z0-9+/]*={0,2}$/, { error: 'text in base64' })
  .refine((text) => text.length % 4 === 0, { error: 'text in base64, padded to a multiple of four characters' })
const version = z
  .string({ error: 'a version such as 1.1' })
  .regex(/^(?:HTTP\/)?\d(?:\.\d)?$/i, { error: 'a version such as 1.1' })

/**
 * One line: an exchange. Names and values are latin-1 text, one character a byte; a field that
 * stands on several lines is there several times. Further keys are left alone.
 */
const exchangeLine = z.object(
  {
    id: z.string({ error: 'text' }).optional().meta({ description: 'What results call this exchange' }),
    now: z.iso
      .datetime({ offset: true, error: 'a date and time such as 2026-01-01T00:00:00Z' })
      .optional()
      .meta({ description: 'When the response arrived; its own Date when left out' }),
    http_version: version.optional().meta({ description: '1.1 when left out' }),
    request: z.object(
      {
        method: latin1.min(1, { error: 'a method' }).default('GET'),
        uri: z.string({ error: 'the URI that was asked for, as text' }),
        headers: fields.default([]),
        body_base64: base64.optional(),
      },
      { error: 'the request as an object with method, uri and headers' },
    ),
    status: z.int({ error: 'a status as a whole number' }),
    reason: latin1.optional(),
    headers: fields,
    trailers: fields.default([]),
    body_base64: base64
      .optional()
      .meta({ description: 'Content after transfer decoding; when left out, nothing is said about content' }),
  },
  { error: 'one exchange as a JSON object' },
)

/** Longest line, bytes. */
const longestLine = 32 * 1024 * 1024

/**
 * Reads JSON lines, one exchange each, with one line in memory at a time.
 *
 * @param name what errors call the source
 */
export async function* readJsonLines(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
): AsyncGenerator<RecordedEntry> {
  for await (const { number, text } of linesOf(source, longestLine)) {
    yield entryOf(text, number, name)
  }
}

function entryOf(text: string | undefined, number: number, name: string): RecordedEntry {
  const where = `line ${number}`
  const place = `${name}: ${where}`
  const bad = (error: UsageError, id?: string): RecordedEntry => ({ is: 'unreadable', id, where, number, error })
  if (text === undefined) {
    const given = `more than ${longestLine} bytes in one line`
    return bad(new UsageError({ path: place, given, wanted: 'shorter lines, one exchange each' }))
  }
  let input: unknown
  try {
    input = JSON.parse(text)
  } catch (cause) {
    return bad(jsonError(text, place, cause))
  }
  const result = exchangeLine.safeParse(input)
  if (!result.success) return bad(schemaError(result.error, input, place), idOf(input))
  const { id, now, http_version: spoken = '1.1', request, status, reason = '', headers, ...rest } = result.data
  const httpVersion = versionNumber(spoken)
  const exchange = exchangeOf({
    method: request.method,
    uri: request.uri,
    requestVersion: httpVersion,
    requestFields: lines(request.headers),
    requestBody: Buffer.from(request.body_base64 ?? '', 'base64'),
    status,
    reason,
    version: httpVersion,
    fields: lines(headers),
    trailers: lines(rest.trailers),
    body: rest.body_base64 === undefined ? undefined : Buffer.from(rest.body_base64, 'base64'),
    receivedAt: now === undefined ? undefined : Date.parse(now),
  })
  return { is: 'exchange', id: id ?? where, exchange }
}

function idOf(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null || !('id' in input)) return undefined
  return typeof input.id === 'string' ? input.id : undefined
}

// White space around a value is no part of it (RFC 9110 section 5.5).
const lines = (pairs: readonly (readonly [name: string, value: string])[]): FieldLine[] =>
  pairs.map(([name, value]) => ({ name, value: trimmed(value) }))
