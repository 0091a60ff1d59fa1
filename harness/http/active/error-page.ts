import { document, probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { hexadecimal } from '../random.ts'
import { sharedSeconds } from './support/page.ts'
import { isServerFailure } from './support/reaction.ts'
import { stackTraceIn } from './support/stack-trace.ts'

const soft = rule({
  id: 'http/error-page-soft',
  level: 'warning',
  reference: rfc(9110, '15.5.5'),
  says: (e: { status: number }) => `A path that does not exist is answered ${e.status}.`,
  wants: 'What does not exist is answered 404 or 410.',
  remedy: 'Send the status with the error page; monitors, caches and search engines believe the status.',
})

const failed = rule({
  id: 'http/error-page-failed',
  level: 'warning',
  reference: rfc(9110, '15.5.5'),
  says: (e: { status: number }) => `A path that does not exist is answered ${e.status}.`,
  wants: 'What does not exist is answered 404 or 410.',
  remedy: 'Look at the server log; an unknown path must not raise an exception, nor take a server out of the pool.',
})

const cacheable = rule({
  id: 'http/error-page-cacheable',
  level: 'warning',
  reference: rfc(9111, '4.2.2'),
  says: (e: { seconds: number }) => `The error page says that caches may keep it for ${e.seconds} seconds.`,
  wants: 'Caches keep an error page for five minutes at most.',
  remedy: 'Set Cache-Control by status; as it is, a page that appears after an error stays hidden.',
})

const securityFieldLost = rule({
  id: 'http/error-page-security-field-lost',
  level: 'warning',
  reference: document(
    'OWASP HTTP Headers Cheat Sheet',
    'https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html',
  ),
  says: (e: { field: string }) => `The page has ${e.field}, and the error page has not.`,
  wants: 'Security fields are sent with every status.',
  remedy: 'Add the field whatever the status (nginx: add_header ... always; Apache: Header always set).',
})

const stackTrace = rule({
  id: 'http/error-page-stack-trace',
  level: 'error',
  reference: document('CWE-209', 'https://cwe.mitre.org/data/definitions/209.html'),
  says: (e: { language: string }) => `The error page shows a stack trace of ${e.language}.`,
  wants: 'An error page tells visitors nothing of the code.',
  remedy: 'Switch off the debug mode, and write the trace into the log.',
})

const versionTold = rule({
  id: 'http/error-page-version-told',
  level: 'info',
  reference: rfc(9110, '17.12'),
  says: (e: { product: string }) => `The error page names ${e.product}.`,
  wants: 'An error page does not tell which version runs.',
  remedy: 'Give the server an error page of your own, or hide the version (nginx: server_tokens off).',
})

const kept = ['X-Content-Type-Options', 'Strict-Transport-Security', 'Content-Security-Policy', 'X-Frame-Options']
const longestSeconds = 300

interface Seen {
  readonly status: number
  /** Seconds of explicit freshness in shared caches. */
  readonly seconds: number
  /** Security fields of the page that the error page lacks. */
  readonly lost: readonly string[]
  /** Language of a stack trace in the content. */
  readonly trace: string | null
  /** Product and version in the content. */
  readonly product: string | null
}

const seen = (more: Partial<Seen> = {}): Seen => ({
  status: 404,
  seconds: 0,
  lost: [],
  trace: null,
  product: null,
  ...more,
})

/** A path beside the page that cannot exist. */
export const errorPage = probe({
  id: 'http/error-page',
  rules: [soft, failed, cacheable, securityFieldLost, stackTrace, versionTold],
  async gather({ url, base, ask, random }: ProbeContext): Promise<Seen | NotApplicable> {
    if (base.response.status >= 500) return { notApplicable: `the page answers ${base.response.status}` }
    const missing = new URL(`seatrial-${hexadecimal(random, 12)}`, url)
    const answer = await ask({ url: missing.href })
    const { response } = answer
    const { decoded, fields } = response
    const text = decoded.state === 'decoded' ? Buffer.from(decoded.body).toString('latin1') : ''
    const product =
      /\b(?:nginx|openresty|Apache|Tomcat|Jetty|Microsoft-IIS|PHP|lighttpd|Caddy|Varnish)\/\d+[\w.]*/i.exec(text)
    return {
      status: response.status,
      seconds: sharedSeconds(answer),
      lost: kept.filter((field) => base.response.fields.has(field) && !fields.has(field)),
      trace: stackTraceIn(text) ?? null,
      product: product?.[0] ?? null,
    }
  },
  *run({ status, seconds, lost, trace, product }: Seen) {
    if (status >= 200 && status < 300) yield soft.at('response.status', { status })
    if (isServerFailure(status)) yield failed.at('response.status', { status })
    if (status >= 400 && seconds > longestSeconds) yield cacheable.at('response.fields.cache-control', { seconds })
    for (const field of lost) yield securityFieldLost.at(`response.fields.${field.toLowerCase()}`, { field })
    if (trace !== null) yield stackTrace.at('response.body', { language: trace })
    if (product !== null && status >= 400) yield versionTold.at('response.body', { product })
  },
  examples: [
    { title: 'a plain 404', given: seen(), yields: [] },
    { title: 'kept for a minute', given: seen({ seconds: 60 }), yields: [] },
    { title: 'somebody has to sign in first', given: seen({ status: 302 }), yields: [] },
    { title: 'a page that says "not found" with 200', given: seen({ status: 200 }), yields: [soft] },
    { title: 'an exception', given: seen({ status: 500 }), yields: [failed] },
    { title: 'kept for a day', given: seen({ seconds: 86_400 }), yields: [cacheable] },
    { title: 'nosniff only with 200', given: seen({ lost: ['X-Content-Type-Options'] }), yields: [securityFieldLost] },
    { title: 'a traceback', given: seen({ status: 500, trace: 'Python' }), yields: [failed, stackTrace] },
    { title: 'the version of nginx', given: seen({ product: 'nginx/1.22.1' }), yields: [versionTold] },
  ],
})
