import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { KnownParameters } from '../grammar/known-parameters.ts'
import { oddParameters } from '../grammar/known-parameters.ts'
import { parseList } from '../grammar/structured-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.cache-status'

const present = note(
  'http/cache-status-present',
  'CACHE_STATUS',
  rfc(9211, '2'),
  (e: { value: string }) => `The caches on the way tell what they did: ${e.value}.`,
)
const unknown = note(
  'http/cache-status-unknown',
  'CACHE_STATUS_UNKNOWN_PARAM',
  rfc(9211, '2'),
  (e: { parameter: string }) => `Cache-Status has the parameter ${e.parameter}, which is not registered.`,
)
const valueBad = rule({
  id: 'http/cache-status-value-bad',
  level: 'warning',
  reference: rfc(9211, '2'),
  says: (e: { parameter: string; value: string }) =>
    `Cache-Status gives ${e.parameter} as "${e.value}", which it may not be.`,
  wants: 'Each parameter has the type and the values that are defined for it.',
  remedy: 'Look the parameter up and write it as defined.',
  aka: { redbot: 'CACHE_STATUS_BAD_PARAM_VAL' },
})

const known: KnownParameters = {
  hit: ['boolean'],
  fwd: new Set('bypass method uri-miss vary-miss miss request stale partial'.split(' ')),
  'fwd-status': ['integer'],
  ttl: ['integer'],
  stored: ['boolean'],
  collapsed: ['boolean'],
  key: ['string'],
  detail: ['token', 'string'],
}

/** Cache-Status: a List of caches, with parameters (RFC 9211 section 2). */
export const cacheStatus = check({
  id: 'http/cache-status',
  rules: [present, unknown, valueBad],
  applies: ({ response }) => response.fields.has('cache-status'),
  *run({ response }: Message) {
    const value = response.fields.get('cache-status')
    const members = value === undefined ? [] : (parseList(value) ?? [])
    if (value === undefined || members.length === 0) return
    yield present.at(place, { value: excerpt(value) })
    for (const { parameter, value: odd } of oddParameters(members, known)) {
      const seen = { parameter: excerpt(parameter) }
      yield odd === undefined ? unknown.at(place, seen) : valueBad.at(place, { ...seen, value: excerpt(odd) })
    }
  },
  examples: [
    { title: 'nothing', given: given(), yields: [] },
    { title: 'what is defined', given: given({ fields: [['Cache-Status', 'a; hit; ttl=60']] }), yields: [present] },
    { title: 'one of its own', given: given({ fields: [['Cache-Status', 'a; own']] }), yields: [present, unknown] },
    { title: 'a wrong value', given: given({ fields: [['Cache-Status', 'a; fwd=why']] }), yields: [present, valueBad] },
  ],
})
