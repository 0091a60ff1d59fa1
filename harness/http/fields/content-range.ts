import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'
import { isWhole } from '../page.ts'

const place = 'response.fields.content-range'

const malformed = rule({
  id: 'http/content-range-malformed',
  level: 'error',
  reference: rfc(9110, '14.4'),
  says: (e: { value: string }) => `Content-Range is "${e.value}", which does not parse.`,
  wants: 'Content-Range is "bytes first-last/length" or "bytes */length".',
  remedy: 'Send unit, space, first-last, slash, length.',
})

const invalid = rule({
  id: 'http/content-range-invalid',
  level: 'error',
  reference: rfc(9110, '14.4'),
  says: (e: { value: string }) =>
    `Content-Range is "${e.value}": the last byte lies before the first, or past the end.`,
  wants: 'first is at most last, and last is less than the length.',
  remedy: 'Positions count from 0 and include both ends: the first 100 of 1000 bytes are 0-99/1000.',
  aka: { redbot: 'RANGE_INVALID' },
})

const incorrect = rule({
  id: 'http/content-range-incorrect',
  level: 'error',
  reference: rfc(9110, '14.4'),
  says: (e: { value: string; said: number; came: number }) =>
    `Content-Range "${e.value}" promises ${e.said} bytes, and ${e.came} came.`,
  wants: 'The content is exactly the range that is named.',
  remedy: 'Cut the content and write Content-Range from the same two numbers, after compression.',
})

const meaningless = rule({
  id: 'http/content-range-meaningless',
  level: 'warning',
  reference: rfc(9110, '14.4'),
  says: (e: { status: number }) => `Content-Range on a ${e.status} response means nothing.`,
  wants: 'Content-Range is sent with 206 and 416.',
  remedy: 'Send 206 with it, or drop it.',
  aka: { redbot: 'CONTENT_RANGE_MEANINGLESS' },
})

const unsatisfied = rule({
  id: 'http/content-range-unsatisfied',
  level: 'error',
  reference: rfc(9110, '14.4'),
  says: (e: { value: string }) => `A 206 response says "${e.value}", the form for ranges that cannot be satisfied.`,
  wants: 'A 206 names the range that it holds.',
  remedy: 'Name the range, or answer 416.',
  aka: { redbot: 'CONTENT_RANGE_UNSATISFIED_BAD_SC' },
})

const form = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) (?:(\d+)-(\d+)\/(\d+|\*)|\*\/(\d+))$/

const broken = (
  state: 'unit-missing' | 'slash-missing' | 'hyphen-missing' | 'asterisks' | 'number-bad',
  redbot: string,
  what: string,
) =>
  rule({
    id: `http/content-range-${state}`,
    level: 'error',
    reference: rfc(9110, '14.4'),
    says: (e: { value: string }) => `Content-Range is "${e.value}": ${what}.`,
    wants: 'Content-Range is bytes first-last/length.',
    remedy: 'Write bytes 0-499/1234.',
    aka: { redbot },
  })
const unitMissing = broken('unit-missing', 'CONTENT_RANGE_MISSING_UNIT', 'the unit is missing')
const slashMissing = broken('slash-missing', 'CONTENT_RANGE_MISSING_SLASH', 'the slash is missing')
const hyphenMissing = broken('hyphen-missing', 'RANGE_MISSING_HYPHEN', 'the hyphen is missing')
const asterisks = broken('asterisks', 'CONTENT_RANGE_INVALID_ASTERISK', 'it tells neither the range nor the length')
const numberBad = broken('number-bad', 'RANGE_INVALID_INTEGER', 'a position or the length is no number')
const unknownLength = note(
  'http/content-range-length-unknown',
  'CONTENT_RANGE_UNKNOWN_LENGTH',
  rfc(9110, '14.4'),
  () => 'Content-Range does not tell the length of the whole.',
)

/** Which part of a Content-Range is wrong; undefined where none of these is. */
function brokenPart(value: string): ReturnType<typeof broken> | undefined {
  const space = value.indexOf(' ')
  if (space === -1) return value.includes('/') ? unitMissing : undefined
  const rest = value.slice(space + 1)
  const slash = rest.indexOf('/')
  if (slash === -1) return slashMissing
  const [range, length] = [rest.slice(0, slash), rest.slice(slash + 1)]
  if (range === '*' && length === '*') return asterisks
  if (length !== '*' && !/^\d+$/.test(length)) return numberBad
  if (range === '*') return undefined
  if (!range.includes('-')) return hyphenMissing
  return /^\d+-\d+$/.test(range) ? undefined : numberBad
}

/** Content-Range and the content that came with it (RFC 9110 section 14.4). */
export const contentRange = check({
  id: 'http/content-range',
  rules: [
    malformed,
    invalid,
    incorrect,
    meaningless,
    unsatisfied,
    unitMissing,
    slashMissing,
    hyphenMissing,
    asterisks,
    numberBad,
    unknownLength,
  ],
  applies: ({ response }) => response.fields.has('content-range'),
  *run(message: Message) {
    const { response } = message
    for (const value of response.fields.all('content-range').slice(0, 1)) {
      const seen = { value: excerpt(value) }
      const [matched, unit, first, last, length] = form.exec(value) ?? []
      if (response.status !== 206 && response.status !== 416) yield meaningless.at(place, { status: response.status })
      const part = brokenPart(value)
      if (/^[^ ]+ [^/]+\/\*$/.test(value) && !value.endsWith(' */*')) yield unknownLength.at(place)
      if (part !== undefined) yield part.at(place, seen)
      else if (matched === undefined) yield malformed.at(place, seen)
      else if (first === undefined) {
        if (response.status === 206) yield unsatisfied.at(place, seen)
      } else if (Number(first) > Number(last) || (length !== '*' && Number(last) >= Number(length))) {
        yield invalid.at(place, seen)
      } else if (response.status === 206 && unit?.toLowerCase() === 'bytes' && isWhole(message)) {
        const said = Number(last) - Number(first) + 1
        if (said !== response.bodyBytes) yield incorrect.at(place, { ...seen, said, came: response.bodyBytes })
      }
    }
  },
  examples: [
    {
      title: 'the first five of ten',
      given: given({ status: 206, fields: [['Content-Range', 'bytes 0-4/10']], body: 'hello' }),
      yields: [],
    },
    {
      title: 'of an unknown length',
      given: given({ status: 206, fields: [['Content-Range', 'bytes 0-4/*']], body: 'hello' }),
      yields: [unknownLength],
    },
    {
      title: 'a range that cannot be had',
      given: given({ status: 416, fields: [['Content-Range', 'bytes */10']], body: 'no' }),
      yields: [],
    },
    {
      title: 'no unit',
      given: given({ status: 206, fields: [['Content-Range', '0-4/10']], body: 'hello' }),
      yields: [unitMissing],
    },
    {
      title: 'no slash',
      given: given({ status: 206, fields: [['Content-Range', 'bytes 0-4']], body: 'hello' }),
      yields: [slashMissing],
    },
    {
      title: 'two stars',
      given: given({ status: 416, fields: [['Content-Range', 'bytes */*']] }),
      yields: [asterisks],
    },
    {
      title: 'backwards',
      given: given({ status: 206, fields: [['Content-Range', 'bytes 4-0/10']], body: 'hello' }),
      yields: [invalid],
    },
    {
      title: 'past the end',
      given: given({ status: 206, fields: [['Content-Range', 'bytes 6-10/10']], body: 'hello' }),
      yields: [invalid],
    },
    {
      title: 'one byte more than promised',
      given: given({ status: 206, fields: [['Content-Range', 'bytes 0-3/10']], body: 'hello' }),
      yields: [incorrect],
    },
    {
      title: 'on a 200',
      given: given({ fields: [['Content-Range', 'bytes 0-4/5']], body: 'hello' }),
      yields: [meaningless],
    },
    {
      title: 'the unsatisfied form on a 206',
      given: given({ status: 206, fields: [['Content-Range', 'bytes */10']] }),
      yields: [unsatisfied],
    },
    {
      title: 'no hyphen',
      given: given({ status: 206, fields: [['Content-Range', 'bytes 1/2']] }),
      yields: [hyphenMissing],
    },
    { title: 'a word', given: given({ status: 206, fields: [['Content-Range', 'bytes a-b/2']] }), yields: [numberBad] },
    { title: 'none', given: given(), yields: [] },
    { title: 'a word alone', given: given({ status: 206, fields: [['Content-Range', 'bytes']] }), yields: [malformed] },
  ],
})
