import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { isToken } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.accept-ranges'

const malformed = rule({
  id: 'http/accept-ranges-malformed',
  level: 'error',
  reference: rfc(9110, '14.3'),
  says: (e: { value: string }) => `Accept-Ranges is "${e.value}", not a list of range units.`,
  wants: 'Accept-Ranges lists range units, or says none.',
  remedy: 'Send "Accept-Ranges: bytes", or "none".',
})

const unknown = rule({
  id: 'http/accept-ranges-unknown',
  level: 'warning',
  reference: rfc(9110, '14.3'),
  says: (e: { unit: string }) => `Accept-Ranges offers the unit "${e.unit}", which clients do not know.`,
  wants: 'Accept-Ranges offers bytes, or none.',
  remedy: 'Send "Accept-Ranges: bytes"; other units need clients of your own.',
  aka: { redbot: 'UNKNOWN_RANGE' },
})

const contradictory = rule({
  id: 'http/accept-ranges-contradictory',
  level: 'warning',
  reference: rfc(9110, '14.3'),
  says: (e: { value: string }) => `Accept-Ranges is "${e.value}": none beside another unit.`,
  wants: 'Accept-Ranges says either none or what is accepted.',
  remedy: 'Remove "none", or the other units.',
})

/** Accept-Ranges: `1#range-unit` (RFC 9110 section 14.3). */
export const acceptRanges = check({
  id: 'http/accept-ranges',
  rules: [malformed, unknown, contradictory],
  applies: ({ response }) => response.fields.has('accept-ranges'),
  *run({ response }: Message) {
    const value = response.fields.get('accept-ranges')
    if (value === undefined) return
    const units = splitList(value).map((unit) => unit.toLowerCase())
    if (units.length === 0 || !units.every(isToken)) {
      yield malformed.at(place, { value: excerpt(value) })
      if (units.length === 0) return
    }
    const strange = units.find((unit) => unit !== 'bytes' && unit !== 'none')
    if (strange !== undefined) yield unknown.at(place, { unit: excerpt(strange) })
    if (units.includes('none') && new Set(units).size > 1) yield contradictory.at(place, { value: excerpt(value) })
  },
  examples: [
    { title: 'bytes', given: given({ fields: [['Accept-Ranges', 'bytes']] }), yields: [] },
    { title: 'none, in capitals', given: given({ fields: [['Accept-Ranges', 'NONE']] }), yields: [] },
    { title: 'two words', given: given({ fields: [['Accept-Ranges', 'bytes only']] }), yields: [malformed, unknown] },
    { title: 'nothing', given: given({ fields: [['Accept-Ranges', '']] }), yields: [malformed] },
    { title: 'rows', given: given({ fields: [['Accept-Ranges', 'rows']] }), yields: [unknown] },
    {
      title: 'none and bytes on two lines',
      given: given({
        fields: [
          ['Accept-Ranges', 'none'],
          ['Accept-Ranges', 'bytes'],
        ],
      }),
      yields: [contradictory],
    },
  ],
})
