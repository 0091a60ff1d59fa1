import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { policiesOf, reportedPoliciesOf } from '../grammar/content-security-policy.ts'
import { endpointsOf } from '../grammar/endpoints.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.content-security-policy'
const csp = (title: string, anchor: string) =>
  document(`Content Security Policy Level 3, ${title}`, `https://www.w3.org/TR/CSP3/#${anchor}`)
const sources = csp('source lists', 'framework-directive-source-list')

const present = note(
  'http/content-security-policy-detail-present',
  'CONTENT_SECURITY_POLICY',
  csp('the header', 'csp-header'),
  () => 'A Content-Security-Policy is there.',
  'good',
)
type Where = { readonly directive: string }
const inline = note(
  'http/content-security-policy-detail-inline',
  'CSP_UNSAFE_INLINE',
  sources,
  (e: Where) => `${e.directive} says 'unsafe-inline'.`,
)
const evaluated = note(
  'http/content-security-policy-detail-eval',
  'CSP_UNSAFE_EVAL',
  sources,
  (e: Where) => `${e.directive} says 'unsafe-eval'.`,
)
const plainHttp = note(
  'http/content-security-policy-detail-http',
  'CSP_HTTP_URI',
  sources,
  (e: Where) => `${e.directive} allows every http address.`,
)
const wideOpen = note(
  'http/content-security-policy-detail-wide-open',
  'CSP_WIDE_OPEN',
  sources,
  (e: Where) => `${e.directive} allows every address.`,
)
const reportUri = note(
  'http/content-security-policy-detail-report-uri',
  'CSP_DEPRECATED_REPORT_URI',
  csp('report-uri', 'directive-report-uri'),
  () => 'report-uri is there, which report-to replaces.',
)
const endpointMissing = rule({
  id: 'http/content-security-policy-detail-endpoint-missing',
  level: 'warning',
  reference: csp('report-to', 'directive-report-to'),
  says: (e: { endpoint: string }) => `report-to names "${e.endpoint}", which Reporting-Endpoints does not.`,
  wants: 'Reports go to an endpoint that is there.',
  remedy: 'Add the endpoint to Reporting-Endpoints.',
  aka: { redbot: 'CSP_REPORT_TO_MISSING' },
})

const loading = ['script-src', 'style-src', 'object-src']

/** Content-Security-Policy, enforced or reported: what each directive says, whatever becomes of it. */
export const contentSecurityPolicyDetail = check({
  id: 'http/content-security-policy-detail',
  rules: [present, inline, evaluated, plainHttp, wideOpen, reportUri, endpointMissing],
  applies: ({ response: { fields } }) =>
    fields.has('content-security-policy') || fields.has('content-security-policy-report-only'),
  *run({ response }: Message) {
    const policies = [...policiesOf(response.fields), ...reportedPoliciesOf(response.fields)]
    if (policies.length > 0) yield present.at(place)
    for (const policy of policies) {
      // default-src stands in for the three that are not there (CSP Level 3 section 6.1.3).
      const wide = loading.every((name) => policy.get(name) !== undefined) ? loading : [...loading, 'default-src']
      for (const { name, sources: all } of policy.directives) {
        const seen = { directive: excerpt(name) }
        if (all.some((source) => source.includes("'unsafe-inline'"))) yield inline.at(place, seen)
        if (all.some((source) => source.includes("'unsafe-eval'"))) yield evaluated.at(place, seen)
        if (all.includes('http:')) yield plainHttp.at(place, seen)
        if (wide.includes(name) && all.includes('*')) yield wideOpen.at(place, seen)
        if (name === 'report-uri') yield reportUri.at(place)
        const endpoint = all.join(' ')
        if (name === 'report-to' && !endpointsOf(response.fields).has(endpoint))
          yield endpointMissing.at(place, { endpoint: excerpt(endpoint) })
      }
    }
  },
  examples: [
    { title: 'none', given: given(), yields: [] },
    {
      title: 'strict, with an endpoint',
      given: given({
        fields: [
          ['Reporting-Endpoints', 'a="https://a.test/"'],
          ['Content-Security-Policy-Report-Only', "default-src 'self'; report-to a"],
        ],
      }),
      yields: [present],
    },
    {
      title: 'everything by default',
      given: given({ fields: [['Content-Security-Policy', 'default-src *']] }),
      yields: [present, wideOpen],
    },
    {
      title: 'all that is lax',
      given: given({
        fields: [
          ['Content-Security-Policy', "script-src 'unsafe-inline' 'unsafe-eval' http: *; report-uri /r; report-to b"],
        ],
      }),
      yields: [present, inline, evaluated, plainHttp, wideOpen, reportUri, endpointMissing],
    },
  ],
})
