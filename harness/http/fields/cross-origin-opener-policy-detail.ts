import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { endpointsOf } from '../grammar/endpoints.ts'
import { parseItem } from '../grammar/structured-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const enforced = 'cross-origin-opener-policy'
const reported = 'cross-origin-opener-policy-report-only'
const reference = document(
  'HTML Standard, Cross-Origin-Opener-Policy',
  'https://html.spec.whatwg.org/multipage/browsers.html#the-coop-headers',
)

const first = note(
  'http/cross-origin-opener-policy-detail-same-origin',
  'COOP_SAME_ORIGIN',
  reference,
  () => 'The policy is same-origin.',
  'good',
)
const second = note(
  'http/cross-origin-opener-policy-detail-same-origin-allow-popups',
  'COOP_SAME_ORIGIN_ALLOW_POPUPS',
  reference,
  () => 'The policy is same-origin-allow-popups.',
  'good',
)
const unsafe = note(
  'http/cross-origin-opener-policy-detail-unsafe-none',
  'COOP_UNSAFE_NONE',
  reference,
  () => 'The policy is unsafe-none, which is none.',
)
const unknown = note(
  'http/cross-origin-opener-policy-detail-unknown',
  'CROSS_ORIGIN_OPENER_POLICY_BAD_VALUE',
  reference,
  (e: { value: string }) => `The policy is "${e.value}", which browsers do not know.`,
)
const endpointMissing = rule({
  id: 'http/cross-origin-opener-policy-detail-endpoint-missing',
  level: 'warning',
  reference,
  says: (e: { endpoint: string }) => `report-to names "${e.endpoint}", which Reporting-Endpoints does not.`,
  wants: 'Reports go to an endpoint that is there.',
  remedy: 'Add the endpoint to Reporting-Endpoints.',
  aka: { redbot: 'COOP_REPORT_TO_MISSING' },
})
const both = note(
  'http/cross-origin-opener-policy-detail-both',
  'COOP_REPORT_ONLY_DUPLICATE',
  reference,
  () => 'Cross-Origin-Opener-Policy is there both enforced and report-only.',
)

const known = new Map<string, typeof first | typeof second | typeof unsafe>([
  ['same-origin', first],
  ['same-origin-allow-popups', second],
  ['unsafe-none', unsafe],
])
// A word of the HTML Standard of which others say nothing.
const silent = 'noopener-allow-popups'

/** Cross-Origin-Opener-Policy, enforced and report-only: which word, and where reports go. */
export const crossOriginOpenerPolicyDetail = check({
  id: 'http/cross-origin-opener-policy-detail',
  rules: [first, second, unsafe, unknown, endpointMissing, both],
  applies: ({ response: { fields } }) => fields.has(enforced) || fields.has(reported),
  *run({ response: { fields } }: Message) {
    for (const field of [enforced, reported]) {
      const value = fields.get(field)
      const parsed = value === undefined ? undefined : parseItem(value)
      if (value === undefined || parsed === undefined) continue
      const place = `response.fields.${field}`
      const { type, text } = parsed.item
      const found = type === 'token' ? known.get(text) : undefined
      if (found !== undefined) yield found.at(place)
      else if (type !== 'token' || text !== silent) yield unknown.at(place, { value: excerpt(value) })
      const endpoint = parsed.parameters.get('report-to')?.text
      if (endpoint !== undefined && endpoint !== '' && !endpointsOf(fields).has(endpoint))
        yield endpointMissing.at(place, { endpoint: excerpt(endpoint) })
    }
    // A field that does not parse is not there (RFC 9651 section 4.2).
    if (fields.has(enforced) && parseItem(fields.get(reported) ?? '') !== undefined)
      yield both.at(`response.fields.${reported}`)
  },
  examples: [
    { title: 'none', given: given(), yields: [] },
    {
      title: 'same-origin',
      given: given({ fields: [['Cross-Origin-Opener-Policy', 'same-origin']] }),
      yields: [first],
    },
    {
      title: 'same-origin-allow-popups',
      given: given({ fields: [['Cross-Origin-Opener-Policy', 'same-origin-allow-popups']] }),
      yields: [second],
    },
    {
      title: 'the one that reports does not parse',
      given: given({
        fields: [
          ['Cross-Origin-Opener-Policy', 'unsafe-none'],
          ['Cross-Origin-Opener-Policy-Report-Only', 'a b'],
        ],
      }),
      yields: [unsafe],
    },
    {
      title: 'both, and reports to nowhere',
      given: given({
        fields: [
          ['Cross-Origin-Opener-Policy', 'unsafe-none'],
          ['Cross-Origin-Opener-Policy-Report-Only', 'own; report-to="a"'],
        ],
      }),
      yields: [unsafe, unknown, endpointMissing, both],
    },
  ],
})
