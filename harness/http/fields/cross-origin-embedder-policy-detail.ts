import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { endpointsOf } from '../grammar/endpoints.ts'
import { parseItem } from '../grammar/structured-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const enforced = 'cross-origin-embedder-policy'
const reported = 'cross-origin-embedder-policy-report-only'
const reference = document(
  'HTML Standard, Cross-Origin-Embedder-Policy',
  'https://html.spec.whatwg.org/multipage/browsers.html#the-coep-headers',
)

const first = note(
  'http/cross-origin-embedder-policy-detail-require-corp',
  'COEP_REQUIRE_CORP',
  reference,
  () => 'The policy is require-corp.',
  'good',
)
const second = note(
  'http/cross-origin-embedder-policy-detail-credentialless',
  'COEP_CREDENTIALLESS',
  reference,
  () => 'The policy is credentialless.',
  'good',
)
const unsafe = note(
  'http/cross-origin-embedder-policy-detail-unsafe-none',
  'COEP_UNSAFE_NONE',
  reference,
  () => 'The policy is unsafe-none, which is none.',
)
const unknown = note(
  'http/cross-origin-embedder-policy-detail-unknown',
  'CROSS_ORIGIN_EMBEDDER_POLICY_BAD_VALUE',
  reference,
  (e: { value: string }) => `The policy is "${e.value}", which browsers do not know.`,
)
const endpointMissing = rule({
  id: 'http/cross-origin-embedder-policy-detail-endpoint-missing',
  level: 'warning',
  reference,
  says: (e: { endpoint: string }) => `report-to names "${e.endpoint}", which Reporting-Endpoints does not.`,
  wants: 'Reports go to an endpoint that is there.',
  remedy: 'Add the endpoint to Reporting-Endpoints.',
  aka: { redbot: 'COEP_REPORT_TO_MISSING' },
})
const both = note(
  'http/cross-origin-embedder-policy-detail-both',
  'COEP_REPORT_ONLY_DUPLICATE',
  reference,
  () => 'Cross-Origin-Embedder-Policy is there both enforced and report-only.',
)

const known = new Map<string, typeof first | typeof second | typeof unsafe>([
  ['require-corp', first],
  ['credentialless', second],
  ['unsafe-none', unsafe],
])
const silent = ''

/** Cross-Origin-Embedder-Policy, enforced and report-only: which word, and where reports go. */
export const crossOriginEmbedderPolicyDetail = check({
  id: 'http/cross-origin-embedder-policy-detail',
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
      title: 'require-corp',
      given: given({ fields: [['Cross-Origin-Embedder-Policy', 'require-corp']] }),
      yields: [first],
    },
    {
      title: 'credentialless',
      given: given({ fields: [['Cross-Origin-Embedder-Policy', 'credentialless']] }),
      yields: [second],
    },
    {
      title: 'the one that reports does not parse',
      given: given({
        fields: [
          ['Cross-Origin-Embedder-Policy', 'unsafe-none'],
          ['Cross-Origin-Embedder-Policy-Report-Only', 'a b'],
        ],
      }),
      yields: [unsafe],
    },
    {
      title: 'both, and reports to nowhere',
      given: given({
        fields: [
          ['Cross-Origin-Embedder-Policy', 'unsafe-none'],
          ['Cross-Origin-Embedder-Policy-Report-Only', 'own; report-to="a"'],
        ],
      }),
      yields: [unsafe, unknown, endpointMissing, both],
    },
  ],
})
