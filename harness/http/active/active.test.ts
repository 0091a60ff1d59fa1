import { describe, expect, test } from 'vitest'
import type { OriginFault, OriginOptions } from '../../../fixtures/servers/origin.ts'
import { startOrigin } from '../../../fixtures/servers/origin.ts'
import type { RuleId, StepReport } from '../../kernel/index.ts'
import { UsageError } from '../../kernel/index.ts'
import { createClient } from '../../wire/index.ts'
import { openProbeContext } from '../open-probe-context.ts'
import { activeProbes, runProbes } from '../probes.ts'

const probes = await activeProbes()

interface Look extends OriginOptions {
  readonly path?: string
  readonly seed?: number
}

interface Looked {
  readonly reports: readonly StepReport[]
  readonly requests: number
  readonly ms: number
}

/** The whole set against an origin of its own. Plain http from a page on https is not allowed, as a plan may say. */
async function look({ path = '', seed = 7, ...options }: Look = {}): Promise<Looked> {
  await using origin = await startOrigin(options)
  const allow = (url: URL): void => {
    if (options.tls === true && url.protocol === 'http:') {
      throw new UsageError({ path: 'url', given: 'http', wanted: 'https' })
    }
  }
  await using client = createClient({ allow })
  const start = performance.now()
  await using context = await openProbeContext({ url: origin.url + path, client, seed })
  const reports = await runProbes(probes, context, { subject: 'origin /', intrusive: true })
  return { reports, requests: context.requests, ms: Math.round(performance.now() - start) }
}

const rulesOf = (reports: readonly StepReport[], levels: readonly string[]): readonly RuleId[] =>
  reports.flatMap(({ findings }) => findings.filter(({ level }) => levels.includes(level)).map(({ rule }) => rule))

describe('every probe judges its own examples as it says', () => {
  for (const probe of probes) {
    test(probe.id, () => {
      for (const { title, given, yields } of probe.examples) {
        const found = [...probe.run(given)].map(({ rule }) => rule)
        expect(new Set(found), title).toEqual(new Set(yields.map(({ id }) => id)))
      }
      const shown = new Set(probe.examples.flatMap(({ yields }) => yields.map(({ id }) => id)))
      expect(shown, 'every rule appears in an example').toEqual(new Set(probe.rules.map(({ id }) => id)))
      expect(
        probe.examples.some(({ yields }) => yields.length === 0),
        'an example that yields nothing',
      ).toBe(true)
    })
  }
})

describe('the healthy origin', () => {
  const healthy: readonly (readonly [string, Look])[] = [
    ['its page', {}],
    ['its page on https, with HTTP/2', { tls: true }],
    ['a redirect of it', { path: 'moved' }],
    ['its port 80, which leads to https', { redirectToHttps: true }],
    ['a path that does not exist', { path: 'nothing-here' }],
    ['a page that sets a cookie', { path: 'cabin' }],
  ]
  test.for(healthy)('%s: no probe finds anything above info, and every one could look', async ([, options]) => {
    const { reports, requests, ms } = await look(options)
    expect(rulesOf(reports, ['error', 'warning'])).toEqual([])
    expect(reports.filter(({ unsettled }) => unsettled !== undefined)).toEqual([])
    // A number to watch, not a promise.
    process.stdout.write(`${reports.length} probes, ${requests} requests, ${ms} ms\n`)
  })

  test('every probe has something to look at on one of these pages', async () => {
    const all = await Promise.all(healthy.map(([, options]) => look(options)))
    const looked = new Set(all.flatMap(({ reports }) => reports.flatMap((report) => report.looked)))
    expect(probes.map(({ id }) => id).filter((id) => !looked.has(id))).toEqual([])
  })

  test('the same seed finds the same, in the same order, while servers and ports differ', async () => {
    const [one, other] = [await look({ seed: 42 }), await look({ seed: 42 })]
    const told = ({ reports }: Looked) =>
      reports.map(({ startedAt: _, durationMs: __, findings, ...report }) => ({
        ...report,
        findings: findings.map(({ replay: ___, ...finding }) => finding),
      }))
    expect(told(one)).toEqual(told(other))
  })
})

type Codings = 'gzip' | 'br' | 'zstd'
const names: Readonly<Record<Codings, string>> = { gzip: 'coding-gzip', br: 'coding-brotli', zstd: 'coding-zstd' }
const ofCoding = (coding: Codings): readonly (readonly [OriginFault, RuleId, Look?])[] => [
  [`${coding}-corrupt`, `http/${names[coding]}-corrupt`],
  [`${coding}-misnamed`, `http/${names[coding]}-unasked`],
  [`${coding}-of-old-content`, `http/${names[coding]}-content-different`],
  [`${coding}-without-vary`, `http/${names[coding]}-vary-missing`],
  [`${coding}-without-vary-or-lifetime`, `http/${names[coding]}-vary-absent`],
  [`${coding}-vary-only-when-coded`, `http/${names[coding]}-vary-inconsistent`],
  [`same-strong-etag-for-${coding}`, `http/${names[coding]}-etag-shared`],
  [`${coding}-larger`, `http/${names[coding]}-larger`],
  [`${coding}-other-type`, `http/${names[coding]}-type-different`],
  [`${coding}-406`, `http/${names[coding]}-status-different`],
]

const moved = { path: 'moved' }
const cabin = { path: 'cabin' }
const port80 = { redirectToHttps: true }
const https = { tls: true }

/** What is broken, the rule that must say so, and where, when it is not the page on http. */
const broken: readonly (readonly [OriginFault, RuleId, Look?])[] = [
  // Silence is waited out for three seconds: these five begin at once.
  ['second-request-silent', 'http/connection-reuse-second-silent'],
  ['expect-silent', 'http/expect-continue-silent'],
  ['unknown-method-silent', 'http/method-unknown-silent'],
  ['long-field-silent', 'http/header-oversize-silent'],
  ['long-uri-silent', 'http/uri-oversize-silent'],
  ['etag-ignored', 'http/conditional-etag-ignored'],
  ['etag-kept-when-content-changes', 'http/conditional-etag-content-changed'],
  ['any-etag-matches', 'http/conditional-etag-any-matched'],
  ['matching-etag-412', 'http/conditional-etag-status-wrong'],
  ['etag-list-ignored', 'http/conditional-etag-list-and-star-list-ignored'],
  ['etag-star-ignored', 'http/conditional-etag-list-and-star-star-ignored'],
  ['etag-strength-compared', 'http/conditional-etag-list-and-star-weak-ignored'],
  ['date-ignored', 'http/conditional-modified-ignored'],
  ['any-date-matches', 'http/conditional-modified-any-matched'],
  ['date-over-etag', 'http/conditional-modified-tag-overridden'],
  ['if-match-ignored', 'http/precondition-if-match-ignored'],
  ['if-match-refused', 'http/precondition-if-match-current-refused'],
  ['if-unmodified-since-ignored', 'http/precondition-unmodified-since-ignored'],
  ['not-modified-without-vary', 'http/not-modified-fields-missing'],
  ['not-modified-other-etag', 'http/not-modified-fields-different'],
  ['invalid-date-matches', 'http/conditional-modified-invalid-matched'],
  ['invalid-date-400', 'http/conditional-modified-invalid-failed'],
  ['obsolete-dates-ignored', 'http/conditional-modified-obsolete-date-ignored'],
  ['older-date-over-etag', 'http/conditional-precedence-older-date-obeyed'],
  ['unmodified-since-over-if-match', 'http/conditional-precedence-unmodified-since-obeyed'],
  ['missing-304', 'http/conditional-on-error-not-modified'],
  ['missing-412', 'http/conditional-on-error-precondition-failed'],
  ['wrong-range-bytes', 'http/range-satisfiable-bytes-wrong'],
  ['range-without-content-range', 'http/range-satisfiable-content-range-malformed'],
  ['wrong-range-total', 'http/range-satisfiable-total-wrong'],
  ['range-ignored', 'http/range-satisfiable-ignored'],
  ['range-without-etag', 'http/range-satisfiable-field-missing'],
  ['suffix-from-start', 'http/range-suffix-bytes-wrong'],
  ['suffix-ignored', 'http/range-suffix-ignored'],
  ['long-suffix-refused', 'http/range-suffix-long-refused'],
  ['unsatisfiable-range-206', 'http/range-unsatisfiable-partial'],
  ['unsatisfiable-range-200', 'http/range-unsatisfiable-ignored'],
  ['unsatisfiable-range-500', 'http/range-unsatisfiable-failed'],
  ['range-416-without-length', 'http/range-unsatisfiable-length-missing'],
  ['if-range-ignored', 'http/range-if-range-wrong-matched'],
  ['if-range-never-matches', 'http/range-if-range-current-ignored'],
  ['if-range-later-date-matches', 'http/range-if-range-exact-later-date-matched'],
  ['if-range-weak-matches', 'http/range-if-range-exact-weak-tag-matched'],
  ['several-ranges-wrong-bytes', 'http/range-multiple-bytes-wrong'],
  ['several-ranges-without-boundary', 'http/range-multiple-malformed'],
  ['several-ranges-outer-place', 'http/range-multiple-outer-content-range'],
  ['several-ranges-416', 'http/range-multiple-refused'],
  ['many-ranges-served', 'http/range-list-limit-unbounded'],
  ['many-ranges-500', 'http/range-list-limit-failed'],
  ['unknown-unit-served', 'http/range-unit-unknown-served'],
  ['unknown-unit-416', 'http/range-unit-unknown-refused'],
  ['range-on-head', 'http/range-head-partial'],
  ['range-on-head-without-place', 'http/range-head-content-range-missing'],
  ['range-on-head-length', 'http/range-head-length-wrong'],
  ['range-on-head-416', 'http/range-head-refused'],
  ['coded-range-of-plain-bytes', 'http/range-with-coding-bytes-wrong'],
  ['uncoded-range-with-coded-tag', 'http/range-with-coding-tag-wrong'],
  ['uncoded-range', 'http/range-with-coding-lost'],
  ...ofCoding('gzip'),
  ...ofCoding('br'),
  ...ofCoding('zstd'),
  ['ignores-gzip-q0', 'http/coding-refused-ignored'],
  ['empty-accept-encoding-coded', 'http/coding-empty-coded'],
  ['empty-accept-encoding-500', 'http/coding-empty-failed'],
  ['unknown-coding-matched', 'http/coding-unknown-coded'],
  ['unknown-coding-406', 'http/coding-unknown-refused'],
  ['coding-star-406', 'http/coding-star-refused'],
  ['star-refusal-ignored', 'http/coding-star-refusal-ignored'],
  ['identity-refusal-ignored', 'http/coding-identity-refused-ignored'],
  ['identity-refused-406', 'http/coding-identity-refused-status-different'],
  ['coded-etag-ignored', 'http/coding-revalidation-ignored'],
  ['coded-not-modified-plain-etag', 'http/coding-revalidation-etag-different'],
  ['coded-not-modified-without-vary', 'http/coding-revalidation-vary-missing'],
  ['head-with-body', 'http/head-equals-get-body-sent'],
  ['head-length-zero', 'http/head-equals-get-length-wrong'],
  ['head-405', 'http/head-equals-get-status-different'],
  ['head-differs', 'http/head-equals-get-field-different'],
  ['options-500', 'http/options-failed'],
  ['options-without-get', 'http/options-get-missing'],
  ['options-tells-nothing', 'http/options-nothing-told'],
  ['trace-echoes', 'http/trace-enabled-echoed'],
  ['head-missing-200', 'http/head-not-found-status-different'],
  ['head-missing-with-body', 'http/head-not-found-body-sent'],
  ['lower-case-method-served', 'http/method-case-served'],
  ['lower-case-method-500', 'http/method-case-failed'],
  ['soft-404', 'http/error-page-soft'],
  ['missing-500', 'http/error-page-failed'],
  ['error-page-cacheable', 'http/error-page-cacheable'],
  ['error-page-without-nosniff', 'http/error-page-security-field-lost'],
  ['stack-trace', 'http/error-page-stack-trace'],
  ['version-on-error-page', 'http/error-page-version-told'],
  ['redirect-loop', 'http/redirect-chain-looped', moved],
  ['redirect-endless', 'http/redirect-chain-endless', moved],
  ['redirect-malformed', 'http/redirect-chain-malformed', moved],
  ['redirect-long', 'http/redirect-chain-long', moved],
  ['redirect-to-nothing', 'http/redirect-chain-broken', moved],
  ['redirect-to-http', 'http/redirect-chain-downgraded', { ...moved, ...https }],
  ['https-other-host', 'http/redirect-chain-unfollowed', port80],
  ['https-temporary', 'http/redirect-to-https-temporary', port80],
  ['https-other-host', 'http/redirect-to-https-host-changed', port80],
  ['https-path-lost', 'http/redirect-to-https-path-lost', port80],
  ['bytes-after-response', 'http/connection-reuse-extra-bytes'],
  ['closes-unsaid', 'http/connection-reuse-closed-unsaid'],
  ['second-request-500', 'http/connection-reuse-second-different'],
  ['http10-chunked', 'http/http10-chunked'],
  ['http10-500', 'http/http10-failed'],
  ['http10-505', 'http/http10-refused'],
  ['http2-404', 'http/http2-parity-status-different', https],
  ['http2-without-nosniff', 'http/http2-parity-field-different', https],
  ['http2-other-content', 'http/http2-parity-content-different', https],
  ['expect-500', 'http/expect-continue-failed'],
  ['expect-unanswered', 'http/expect-continue-unanswered'],
  ['no-host-served', 'http/host-field-missing-served'],
  ['two-hosts-served', 'http/host-field-repeated-served'],
  ['json-without-vary', 'http/vary-accept-missing'],
  ['language-without-vary', 'http/vary-language-missing'],
  ['origin-reflected-with-credentials', 'http/cors-reflection-credentialed'],
  ['origin-reflected-without-vary', 'http/cors-reflection-vary-missing'],
  ['forwarded-host-believed', 'http/forwarded-host-cached'],
  ['forwarded-host-believed-uncached', 'http/forwarded-host-believed'],
  ['unknown-method-served', 'http/method-unknown-served'],
  ['unknown-method-500', 'http/method-unknown-failed'],
  ['unknown-method-405-bare', 'http/method-unknown-allow-missing'],
  ['long-field-500', 'http/header-oversize-failed'],
  ['long-uri-500', 'http/uri-oversize-failed'],
  ['two-lengths-served', 'http/framing-duplicate-content-length-served'],
  ['two-lengths-502', 'http/framing-duplicate-content-length-failed'],
  ['length-over-chunks', 'http/framing-content-length-and-transfer-encoding-split'],
  ['length-with-chunks-kept', 'http/framing-content-length-and-transfer-encoding-kept'],
  ['length-with-chunks-502', 'http/framing-content-length-and-transfer-encoding-failed'],
  ['field-name-space-served', 'http/framing-field-name-space-served'],
  ['chunk-prefix-accepted', 'http/framing-chunk-malformed-accepted'],
  ['chunk-prefix-502', 'http/framing-chunk-malformed-failed'],
  ['unknown-coding-accepted', 'http/framing-transfer-encoding-unknown-accepted'],
  ['unknown-coding-502', 'http/framing-transfer-encoding-unknown-failed'],
  ['folded-line-overlooked', 'http/framing-obsolete-fold-split'],
  ['folded-line-502', 'http/framing-obsolete-fold-failed'],
  ['dots-escape', 'http/path-dot-segments-escaped'],
  ['dots-500', 'http/path-dot-segments-failed'],
  ['double-slash-redirect', 'http/path-double-slash-leads-away'],
  ['double-slash-500', 'http/path-double-slash-failed'],
  ['bad-escape-500', 'http/percent-encoding-malformed-failed'],
  ['bad-escape-trace', 'http/percent-encoding-malformed-stack-trace'],
  ['query-reflected', 'http/query-unknown-reflected'],
  ['unknown-query-500', 'http/query-unknown-failed'],
  ['url-override-believed', 'http/url-override-believed'],
  ['method-override-believed', 'http/method-override-believed'],
  ['absolute-form-refused', 'http/absolute-form-different'],
  ['preflight-allows-all-with-cookies', 'http/preflight-credentialed'],
  ['preflight-alone-allows', 'http/preflight-unreadable'],
  ['preflight-401', 'http/preflight-refused'],
  ['cookie-splits-page', 'http/cookie-split-shared'],
  ['cookie-set-on-cached-page', 'http/cookie-split-cookie-set'],
  ['cookie-loses-httponly', 'http/cookie-stable-attributes-different', cabin],
  ['cookie-always-new', 'http/cookie-stable-replaced', cabin],
]

/** Rules that need another kind of server than the origin is, each with a test of its own file. */
const elsewhere: readonly RuleId[] = [
  // One port that speaks http and https: https-offered.test.ts.
  'http/https-offered-unused',
  // Several servers behind one address: nodes-agree.test.ts.
  'http/nodes-agree-status-different',
  'http/nodes-agree-content-different',
  'http/nodes-agree-validator-different',
  'http/nodes-agree-clock-apart',
]

describe.concurrent(
  'an origin with one thing broken is told so, and of nothing else as an error',
  { timeout: 20_000 },
  () => {
    test.for(broken)('%s is seen as %s', async ([fault, rule, options], { expect: expected }) => {
      const { reports } = await look({ faults: [fault], ...options })
      expected(rulesOf(reports, ['error', 'warning', 'info'])).toContain(rule)
      expected(new Set(rulesOf(reports, ['error'])).difference(new Set([rule]))).toEqual(new Set())
      expected(reports.filter(({ unsettled }) => unsettled !== undefined)).toEqual([])
    })

    test('each rule that is no good news has a fault that shows it', ({ expect: expected }) => {
      const bad = probes.flatMap(({ rules }) => rules.filter(({ level }) => level !== 'good').map(({ id }) => id))
      expected(new Set([...broken.map(([, rule]) => rule), ...elsewhere])).toEqual(new Set(bad))
    })
  },
)
