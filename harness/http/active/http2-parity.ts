import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { isStill, sameContent } from './support/page.ts'

const statusDifferent = rule({
  id: 'http/http2-parity-status-different',
  level: 'warning',
  reference: rfc(9113, '8'),
  says: (e: { http1: number; http2: number }) =>
    `The page is answered ${e.http2} on HTTP/2 and ${e.http1} on HTTP/1.1.`,
  wants: 'A page is the same whatever the version of HTTP.',
  remedy: 'Look for rules that only one of the two listeners has.',
})

const fieldDifferent = rule({
  id: 'http/http2-parity-field-different',
  level: 'warning',
  reference: rfc(9113, '8'),
  says: (e: { field: string; http1: string; http2: string }) =>
    `${e.field} is "${e.http2}" on HTTP/2 and "${e.http1}" on HTTP/1.1.`,
  wants: 'A page is the same whatever the version of HTTP.',
  remedy: 'Look for rules that only one of the two listeners has.',
})

const contentDifferent = rule({
  id: 'http/http2-parity-content-different',
  level: 'warning',
  reference: rfc(9113, '8'),
  says: () => 'The content on HTTP/2 is not that on HTTP/1.1.',
  wants: 'A page is the same whatever the version of HTTP.',
  remedy: 'Look whether both listeners lead to the same servers.',
})

const compared = [
  'Content-Type',
  'ETag',
  'Last-Modified',
  'Cache-Control',
  'Vary',
  'Location',
  'Strict-Transport-Security',
  'X-Content-Type-Options',
]

interface Seen {
  readonly status: { readonly http1: number; readonly http2: number }
  /** Fields that differ; empty text stands for one that is not there. */
  readonly different: readonly { readonly field: string; readonly http1: string; readonly http2: string }[]
  readonly sameContent: boolean
  /** HTTP/1.1 still brought the same after HTTP/2 had differed. */
  readonly still: boolean
}

const seen = (more: Partial<Seen> = {}): Seen => ({
  status: { http1: 200, http2: 200 },
  different: [],
  sameContent: true,
  still: true,
  ...more,
})

/** HTTP/2 against HTTP/1.1, where TLS offers both. */
export const http2Parity = probe({
  id: 'http/http2-parity',
  rules: [statusDifferent, fieldDifferent, contentDifferent],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { url, base, send, ask } = context
    if (url.protocol !== 'https:') return { notApplicable: 'the page is not on https' }
    const offer = await send({ version: '2' })
    const alpn = offer.connection?.tls?.alpn
    if (offer.trouble !== undefined && (alpn !== 'h2' || offer.trouble.phase === 'tls')) {
      return { notApplicable: 'the server does not offer HTTP/2' }
    }
    const answer = await ask({ version: '2' })
    const different = compared.flatMap((field) => {
      const http1 = base.response.fields.get(field) ?? ''
      const http2 = answer.response.fields.get(field) ?? ''
      return http1 === http2 ? [] : [{ field, http1, http2 }]
    })
    const same = sameContent(base, answer)
    const status = { http1: base.response.status, http2: answer.response.status }
    const alike = same && different.length === 0 && status.http1 === status.http2
    return { status, different, sameContent: same, still: alike || (await isStill(context)) }
  },
  *run({ status, different, sameContent: same, still }: Seen) {
    if (!still) return
    if (status.http1 !== status.http2) {
      yield statusDifferent.at('response.status', status)
      return
    }
    for (const evidence of different) {
      yield fieldDifferent.at(`response.fields.${evidence.field.toLowerCase()}`, evidence)
    }
    if (!same) yield contentDifferent.at('response.body')
  },
  examples: [
    { title: 'the same', given: seen(), yields: [] },
    { title: 'a page that changes by itself', given: seen({ sameContent: false, still: false }), yields: [] },
    { title: 'another status', given: seen({ status: { http1: 200, http2: 404 } }), yields: [statusDifferent] },
    {
      title: 'a field is missing',
      given: seen({ different: [{ field: 'Strict-Transport-Security', http1: 'max-age=31536000', http2: '' }] }),
      yields: [fieldDifferent],
    },
    { title: 'another page', given: seen({ sameContent: false }), yields: [contentDifferent] },
  ],
})
