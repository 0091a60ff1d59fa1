import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { endpointsOf } from '../grammar/endpoints.ts'
import { isObject, jsonField } from '../grammar/json-field.ts'
import { isInnerList, parseDictionary } from '../grammar/structured-field.ts'
import { resolveUri } from '../grammar/uri.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.nel'
const reference = document(
  'Network Error Logging section 4',
  'https://www.w3.org/TR/network-error-logging/#nel-response-header',
)
const fault = <const State extends string>(state: State, redbot: string, what: string) =>
  rule({
    id: `http/nel-${state}`,
    level: 'warning',
    reference,
    says: (e: { member: string }) => `NEL${e.member === '' ? '' : `: ${e.member}`} ${what}.`,
    wants: 'NEL is an object with report_to and max_age.',
    remedy: 'Send NEL: {"report_to": "name", "max_age": 2592000}.',
    aka: { redbot },
  })
const malformed = fault('malformed', 'BAD_JSON', 'is no JSON')
const structureBad = fault('structure-bad', 'NEL_BAD_STRUCTURE', 'is no object')
const missing = fault('missing', 'NEL_MISSING_KEY', 'is missing')
const typeBad = fault('type-bad', 'NEL_BAD_TYPE', 'has the wrong type')
const valueBad = fault('value-bad', 'NEL_BAD_VALUE', 'is not between 0 and 1')
const endpointMissing = fault(
  'endpoint-missing',
  'NEL_REPORT_TO_MISSING',
  'is an endpoint that Reporting-Endpoints does not name',
)
const configured = note(
  'http/nel-configured',
  'NEL_CONFIGURED',
  reference,
  () => 'Browsers report network errors: NEL.',
  'good',
)

const text = (value: unknown): boolean => typeof value === 'string'
const whole = (value: unknown): boolean => Number.isInteger(value)
const truth = (value: unknown): boolean => typeof value === 'boolean'
const number = (value: unknown): boolean => typeof value === 'number'
const members = [
  ['report_to', true, text],
  ['max_age', true, whole],
  ['include_subdomains', false, truth],
  ['success_fraction', false, number],
  ['failure_fraction', false, number],
] as const

/** NEL: JSON objects (Network Error Logging section 4). */
export const nel = check({
  id: 'http/nel',
  rules: [malformed, structureBad, missing, typeBad, valueBad, endpointMissing, configured],
  applies: ({ response }) => response.fields.has('nel'),
  *run({ url, response: { fields } }: Message) {
    if (!fields.has('nel')) return
    const policies = jsonField(fields, 'nel')
    if (policies === undefined) yield malformed.at(place, { member: '' })
    let works = false
    for (const policy of policies ?? []) {
      if (!isObject(policy)) {
        yield structureBad.at(place, { member: '' })
        continue
      }
      let clean = true
      for (const [member, required, fits] of members) {
        const value = policy[member]
        const there = Object.hasOwn(policy, member)
        if (!there && !required) continue
        const odd = !there ? missing : !fits(value) ? typeBad : undefined
        const outside = fits === number && typeof value === 'number' && (value < 0 || value > 1) ? valueBad : undefined
        const found = odd ?? outside
        if (found === undefined) continue
        clean = false
        yield found.at(place, { member })
      }
      const group = policy['report_to']
      if (typeof group !== 'string' || group === '') continue
      if (!endpointsOf(fields).has(group)) yield endpointMissing.at(place, { member: excerpt(group) })
      else if (clean && isSecure(fields.get('reporting-endpoints') ?? '', group, url)) works = true
    }
    if (works) yield configured.at(place)
  },
  examples: [
    { title: 'none', given: given(), yields: [] },
    {
      title: 'in order',
      given: sent('{"report_to": "a", "max_age": 60, "success_fraction": 0.5}'),
      yields: [configured],
    },
    { title: 'no JSON', given: sent('{a'), yields: [malformed] },
    { title: 'a number', given: sent('1'), yields: [structureBad] },
    { title: 'nothing in it', given: sent('{}'), yields: [missing] },
    { title: 'a text for a number', given: sent('{"report_to": "a", "max_age": "60"}'), yields: [typeBad] },
    {
      title: 'two thirds too much',
      given: sent('{"report_to": "a", "max_age": 60, "failure_fraction": 1.6}'),
      yields: [valueBad],
    },
    { title: 'another endpoint', given: sent('{"report_to": "b", "max_age": 60}'), yields: [endpointMissing] },
  ],
})

function isSecure(endpoints: string, name: string, base: URL): boolean {
  const member = parseDictionary(endpoints)?.members.get(name)
  if (member === undefined || isInnerList(member) || member.item.type !== 'string') return false
  return /^(?:https|wss):$/.test(resolveUri(member.item.text, base)?.protocol ?? 'https:')
}

function sent(value: string): Message {
  return given({
    fields: [
      ['Reporting-Endpoints', 'a="https://a.test/"'],
      ['NEL', value],
    ],
  })
}
