import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { trimOws } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const malformed = rule({
  id: 'http/request-range-malformed',
  level: 'warning',
  reference: rfc(9110, '14.2'),
  says: (e: { value: string }) => `Range is "${e.value}", which is no range, so the server ignores it.`,
  wants: 'Range is bytes=first-last, with one of the two left out where it is open.',
  remedy: 'Write bytes=0-499.',
  aka: { redbot: 'RANGE_BAD_SYNTAX' },
})
const invalid = rule({
  id: 'http/request-range-invalid',
  level: 'warning',
  reference: rfc(9110, '14.1.1'),
  says: (e: { value: string }) => `Range is "${e.value}", with an end before the start.`,
  wants: 'A range ends where it starts, or later.',
  remedy: 'Exchange the two.',
  aka: { redbot: 'RANGE_INVALID' },
})
const place = 'request.fields.range'

/** Range: a unit and positions (RFC 9110 section 14.2). */
export const requestRange = check({
  id: 'http/request-range',
  rules: [malformed, invalid],
  *run({ request: { fields } }: Message) {
    const [value] = fields.all('range')
    if (value === undefined) return
    const seen = { value: excerpt(value) }
    const at = value.indexOf('=')
    let backwards = false
    let broken = at === -1
    // A sender leaves no member empty (RFC 9110 section 5.6.1.1), and after a mistake nothing more is read.
    for (const part of at === -1 ? [] : value.slice(at + 1).split(',')) {
      const [range, first = '', last = ''] = /^(\d*)-(\d*)$/.exec(trimOws(part)) ?? []
      broken = range === undefined || range === '-'
      if (broken) break
      backwards ||= first !== '' && last !== '' && Number(first) > Number(last)
    }
    if (broken) yield malformed.at(place, seen)
    if (backwards) yield invalid.at(place, seen)
  },
  examples: [
    { title: 'two ranges', given: given({ requestFields: [['Range', 'bytes=0-499, -5']] }), yields: [] },
    { title: 'no unit', given: given({ requestFields: [['Range', '0-499']] }), yields: [malformed] },
    { title: 'a comma too many', given: given({ requestFields: [['Range', 'bytes=0-1,']] }), yields: [malformed] },
    { title: 'no number', given: given({ requestFields: [['Range', 'bytes=-, 9-1']] }), yields: [malformed] },
    {
      title: 'backwards, then no number',
      given: given({ requestFields: [['Range', 'bytes=9-1, x']] }),
      yields: [malformed, invalid],
    },
    { title: 'backwards', given: given({ requestFields: [['Range', 'bytes=9-1']] }), yields: [invalid] },
  ],
})
