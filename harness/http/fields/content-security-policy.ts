import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { isKnownDirective, policiesOf, reportedPoliciesOf } from '../grammar/content-security-policy.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.content-security-policy'
const csp3 = (section: string, anchor: string) =>
  document(`Content Security Policy Level 3 section ${section}`, `https://www.w3.org/TR/CSP3/#${anchor}`)

const unknown = rule({
  id: 'http/content-security-policy-unknown',
  level: 'warning',
  reference: csp3('6', 'csp-directives'),
  says: (e: { directive: string }) => `The policy holds "${e.directive}", which browsers do not know and ignore.`,
  wants: 'Every directive has a name that browsers know.',
  remedy: 'Correct the name; directives are separated by semicolons, sources by spaces.',
})

const repeated = rule({
  id: 'http/content-security-policy-repeated',
  level: 'warning',
  reference: csp3('2.2.1', 'parse-serialized-policy'),
  says: (e: { directive: string }) => `The policy gives ${e.directive} twice, and browsers ignore the second.`,
  wants: 'Each directive stands once in a policy.',
  remedy: 'Join the sources in one directive.',
  aka: { redbot: 'CSP_DUPLICATE_DIRECTIVE' },
})

const unquoted = rule({
  id: 'http/content-security-policy-unquoted',
  level: 'error',
  reference: csp3('2.3.1', 'framework-directive-source-list'),
  says: (e: { directive: string; source: string }) =>
    `${e.directive} holds ${e.source} without quotes, so browsers take it for a host name.`,
  wants: "Keywords stand in single quotes: 'self', 'none', 'nonce-...'.",
  remedy: 'Put single quotes around the keyword.',
})

const reportUri = rule({
  id: 'http/content-security-policy-report-uri',
  level: 'info',
  reference: csp3('6.5.1', 'directive-report-uri'),
  says: () => 'The policy reports to report-uri alone, which report-to replaces.',
  wants: 'Reports go through report-to and Reporting-Endpoints.',
  remedy: 'Add report-to and a Reporting-Endpoints field; keep report-uri for older browsers.',
})

const keyword =
  /^(?:self|none|unsafe-inline|unsafe-eval|unsafe-hashes|strict-dynamic|report-sample|wasm-unsafe-eval|nonce-[A-Za-z0-9+/_=-]+|sha(?:256|384|512)-[A-Za-z0-9+/_=-]+)$/i

/** Content-Security-Policy and its report-only form, as written (CSP Level 3 section 2.2.1). */
export const contentSecurityPolicy = check({
  id: 'http/content-security-policy',
  rules: [unknown, repeated, unquoted, reportUri],
  applies: ({ response: { fields } }) =>
    fields.has('content-security-policy') || fields.has('content-security-policy-report-only'),
  *run({ response }: Message) {
    for (const policy of [...policiesOf(response.fields), ...reportedPoliciesOf(response.fields)]) {
      const reported = new Set<string>()
      for (const { name, sources } of policy.directives) {
        if (!isKnownDirective(name) && !reported.has(name)) yield unknown.at(place, { directive: excerpt(name) })
        reported.add(name)
        const source =
          name.endsWith('-src') || name.endsWith('-uri') || name === 'frame-ancestors'
            ? sources.find((each) => keyword.test(each))
            : undefined
        if (source !== undefined) yield unquoted.at(place, { directive: excerpt(name), source: excerpt(source) })
      }
      for (const directive of policy.repeated) yield repeated.at(place, { directive: excerpt(directive) })
      if (policy.get('report-uri') !== undefined && policy.get('report-to') === undefined) yield reportUri.at(place)
    }
  },
  examples: [
    {
      title: 'a strict policy',
      given: given({
        fields: [
          [
            'Content-Security-Policy',
            "default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; frame-ancestors 'self'; upgrade-insecure-requests;",
          ],
        ],
      }),
      yields: [],
    },
    {
      title: 'the same directive in two policies',
      given: given({ fields: [['Content-Security-Policy', "img-src 'self', img-src https:"]] }),
      yields: [],
    },
    {
      title: 'a colon after the name',
      given: given({ fields: [['Content-Security-Policy', "default-src: 'self'"]] }),
      yields: [unknown],
    },
    {
      title: 'one directive twice',
      given: given({ fields: [['Content-Security-Policy', "img-src 'self'; IMG-SRC https:"]] }),
      yields: [repeated],
    },
    {
      title: 'self without quotes',
      given: given({ fields: [['Content-Security-Policy', 'default-src self']] }),
      yields: [unquoted],
    },
    {
      title: 'report-uri alone, report-only',
      given: given({ fields: [['Content-Security-Policy-Report-Only', "default-src 'self'; report-uri /csp"]] }),
      yields: [reportUri],
    },
  ],
})
