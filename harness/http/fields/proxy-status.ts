import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { KnownParameters } from '../grammar/known-parameters.ts'
import { oddParameters } from '../grammar/known-parameters.ts'
import { parseList } from '../grammar/structured-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.proxy-status'

const present = note(
  'http/proxy-status-present',
  'PROXY_STATUS',
  rfc(9209, '2'),
  (e: { value: string }) => `The proxies on the way tell what they did: ${e.value}.`,
)
const unknown = note(
  'http/proxy-status-unknown',
  'PROXY_STATUS_UNKNOWN_PARAM',
  rfc(9209, '2'),
  (e: { parameter: string }) => `Proxy-Status has the parameter ${e.parameter}, which is not registered.`,
)
const valueBad = rule({
  id: 'http/proxy-status-value-bad',
  level: 'warning',
  reference: rfc(9209, '2'),
  says: (e: { parameter: string; value: string }) =>
    `Proxy-Status gives ${e.parameter} as "${e.value}", which it may not be.`,
  wants: 'Each parameter has the type and the values that are defined for it.',
  remedy: 'Look the parameter up and write it as defined.',
  aka: { redbot: 'PROXY_STATUS_BAD_PARAM_VAL' },
})

const known: KnownParameters = {
  error: ['token'],
  'next-hop': ['token', 'string'],
  'next-protocol': ['token', 'binary'],
  'received-status': ['integer'],
  details: ['string', 'token'],
}

/** Proxy-Status: a List of proxies, with parameters (RFC 9209 section 2). */
export const proxyStatus = check({
  id: 'http/proxy-status',
  rules: [present, unknown, valueBad],
  applies: ({ response }) => response.fields.has('proxy-status'),
  *run({ response }: Message) {
    const value = response.fields.get('proxy-status')
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
    {
      title: 'what is defined',
      given: given({ fields: [['Proxy-Status', 'a; received-status=200']] }),
      yields: [present],
    },
    { title: 'one of its own', given: given({ fields: [['Proxy-Status', 'a; own']] }), yields: [present, unknown] },
    { title: 'a wrong value', given: given({ fields: [['Proxy-Status', 'a; error=1']] }), yields: [present, valueBad] },
  ],
})
