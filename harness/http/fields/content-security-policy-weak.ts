import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { CspPolicy } from '../grammar/content-security-policy.ts'
import { policiesOf } from '../grammar/content-security-policy.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.content-security-policy'
const reference = document(
  'Content Security Policy Level 3 section 2.3.1, Source Lists',
  'https://www.w3.org/TR/CSP3/#framework-directive-source-list',
)

const inline = rule({
  id: 'http/content-security-policy-weak-inline',
  level: 'warning',
  reference,
  says: (e: { directive: string }) => `${e.directive} allows 'unsafe-inline', so an injected script runs.`,
  wants: 'Inline scripts are allowed one by one, by nonce or hash.',
  remedy: "Give inline scripts a nonce, or move them to files, and remove 'unsafe-inline'.",
})

const evaluated = rule({
  id: 'http/content-security-policy-weak-eval',
  level: 'warning',
  reference,
  says: (e: { directive: string }) => `${e.directive} allows 'unsafe-eval', so text can become code.`,
  wants: 'Scripts do not evaluate text.',
  remedy: "Replace eval and its like, and remove 'unsafe-eval'.",
})

const wideOpen = rule({
  id: 'http/content-security-policy-weak-wide-open',
  level: 'warning',
  reference,
  says: (e: { directive: string; source: string }) => `${e.directive} allows ${e.source}: code from anywhere.`,
  wants: 'Scripts, styles and plugins come from named places.',
  remedy: "Name the hosts, or use nonces with 'strict-dynamic'.",
})

const plainHttp = rule({
  id: 'http/content-security-policy-weak-http',
  level: 'warning',
  reference,
  says: (e: { directive: string; source: string }) =>
    `${e.directive} allows ${e.source}, which anybody on the way can change.`,
  wants: 'Sources are https.',
  remedy: 'Use https: and https addresses.',
})

/** The directive that governs one of the fetch directives: itself, or default-src. */
const governing = (policy: CspPolicy, name: string): string | undefined =>
  [name, 'default-src'].find((each) => policy.get(each) !== undefined)

const disarms = /^'(?:nonce-|sha(?:256|384|512)-)/i

/** What an enforced policy lets through (CSP Level 3 sections 2.3 and 8). */
export const contentSecurityPolicyWeak = check({
  id: 'http/content-security-policy-weak',
  rules: [inline, evaluated, wideOpen, plainHttp],
  applies: ({ response }) => response.fields.has('content-security-policy'),
  *run({ response }: Message) {
    for (const policy of policiesOf(response.fields)) {
      const script = governing(policy, 'script-src')
      const sources = (script === undefined ? [] : (policy.get(script) ?? [])).map((source) => source.toLowerCase())
      const seen = { directive: script ?? '' }
      // A nonce or hash beside it makes browsers ignore 'unsafe-inline' (section 6.7.3.2).
      const disarmed = sources.some((source) => disarms.test(source)) || sources.includes("'strict-dynamic'")
      if (sources.includes("'unsafe-inline'") && !disarmed) yield inline.at(place, seen)
      if (sources.includes("'unsafe-eval'")) yield evaluated.at(place, seen)
      const checked = new Set(['script-src', 'style-src', 'object-src'].map((name) => governing(policy, name)))
      for (const directive of checked) {
        if (directive === undefined) continue
        // Any https host may serve a script of anybody's; a style from there does less harm.
        const pattern = directive === 'style-src' ? /^\*$/ : /^(?:\*|https:|data:)$/i
        const open = policy.get(directive)?.find((source) => pattern.test(source))
        const ignored = directive === script && sources.includes("'strict-dynamic'")
        if (open !== undefined && !ignored) yield wideOpen.at(place, { directive, source: open })
      }
      for (const { name, sources: all } of policy.directives) {
        const source = name.endsWith('-src') ? all.find((each) => /^http:/i.test(each)) : undefined
        if (source !== undefined) yield plainHttp.at(place, { directive: excerpt(name), source: excerpt(source) })
      }
    }
  },
  examples: [
    { title: 'self', given: given({ fields: [['Content-Security-Policy', "default-src 'self'"]] }), yields: [] },
    {
      title: "'unsafe-inline' for browsers that know no nonce",
      given: given({
        fields: [
          [
            'Content-Security-Policy',
            "script-src 'nonce-a' 'unsafe-inline' https: 'strict-dynamic'; object-src 'none'",
          ],
        ],
      }),
      yields: [],
    },
    {
      title: 'a weak policy that is only reported',
      given: given({ fields: [['Content-Security-Policy-Report-Only', '*']] }),
      yields: [],
    },
    {
      title: 'inline scripts',
      given: given({ fields: [['Content-Security-Policy', "default-src 'self' 'unsafe-inline'"]] }),
      yields: [inline],
    },
    {
      title: 'inline styles only',
      given: given({ fields: [['Content-Security-Policy', "default-src 'self'; style-src 'unsafe-inline'"]] }),
      yields: [],
    },
    {
      title: 'eval',
      given: given({ fields: [['Content-Security-Policy', "script-src 'self' 'unsafe-eval'"]] }),
      yields: [evaluated],
    },
    {
      title: 'everything by default',
      given: given({ fields: [['Content-Security-Policy', 'default-src *']] }),
      yields: [wideOpen],
    },
    {
      title: 'images over http',
      given: given({ fields: [['Content-Security-Policy', "default-src 'self'; img-src http://img.test"]] }),
      yields: [plainHttp],
    },
  ],
})
