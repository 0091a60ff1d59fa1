import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { parseEntityTag, stronglyEqual, unknownTag } from './support/entity-tag.ts'
import { noPage, sameContent } from './support/page.ts'

const notModified = rule({
  id: 'http/conditional-etag-honoured',
  level: 'good',
  reference: rfc(9110, '13.1.2'),
  says: (e: { etag: string }) => `If-None-Match: ${e.etag} is answered 304.`,
  wants: 'A page that has not changed costs only a header.',
  remedy: 'Nothing to mend.',
  aka: { redbot: 'INM_304' },
})

const ignored = rule({
  id: 'http/conditional-etag-ignored',
  level: 'warning',
  reference: rfc(9110, '13.1.2'),
  says: (e: { etag: string }) => `If-None-Match: ${e.etag} is answered with the whole, unchanged page.`,
  wants: 'A request that names the current ETag is answered 304.',
  remedy: 'Compare If-None-Match with the ETag before the page is sent, or let the web server do it.',
  aka: { redbot: 'INM_FULL' },
})

const contentChanged = rule({
  id: 'http/conditional-etag-content-changed',
  level: 'error',
  reference: rfc(9110, '8.8.1'),
  says: (e: { etag: string }) => `Two answers with different content carry the same strong ETag ${e.etag}.`,
  wants: 'A strong ETag changes whenever a byte of the content does.',
  remedy: 'Make the ETag from the content, or mark it weak with W/.',
  aka: { redbot: 'INM_DUP_ETAG_STRONG' },
})

const anyMatched = rule({
  id: 'http/conditional-etag-any-matched',
  level: 'error',
  reference: rfc(9110, '13.1.2'),
  says: () => 'If-None-Match with a tag that never existed is answered 304: clients keep stale content for ever.',
  wants: 'Only a tag of the current content is answered 304.',
  remedy: 'Compare the tags in If-None-Match with the current ETag; its mere presence means nothing.',
})

const statusWrong = rule({
  id: 'http/conditional-etag-status-wrong',
  level: 'warning',
  reference: rfc(9110, '13.1.2'),
  says: (e: { status: number }) => `If-None-Match with the current ETag is answered ${e.status}.`,
  wants: 'A request that names the current ETag is answered 304.',
  remedy: 'Answer 304 to GET and HEAD; 412 is for methods that change something.',
  aka: { redbot: 'INM_STATUS' },
})

interface Seen {
  readonly etag: string
  readonly current: { readonly status: number; readonly sameTag: boolean; readonly sameContent: boolean }
  readonly unknown: { readonly status: number }
}

/** If-None-Match with the page's own ETag, and with one that it never had. */
export const conditionalEtag = probe({
  id: 'http/conditional-etag',
  rules: [notModified, ignored, contentChanged, anyMatched, statusWrong],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    const etag = base.response.fields.get('etag')
    const without = noPage(context)
    if (without !== undefined) return without
    if (etag === undefined || parseEntityTag(etag) === undefined) return { notApplicable: 'the page has no valid ETag' }
    const current = await ask({ fields: [['If-None-Match', etag]] })
    const unknown = await ask({ fields: [['If-None-Match', unknownTag]] })
    return {
      etag,
      current: {
        status: current.response.status,
        sameTag: current.response.fields.get('etag') === etag,
        sameContent: sameContent(base, current),
      },
      unknown: { status: unknown.response.status },
    }
  },
  *run({ etag, current, unknown }: Seen) {
    if (current.status === 304) yield notModified.at('response.status', { etag })
    else if (current.status !== 200) yield statusWrong.at('response.status', { status: current.status })
    else if (current.sameContent && current.sameTag) yield ignored.at('response.status', { etag })
    // A page that changes under a new tag, or under a weak one, is honest.
    else if (!current.sameContent && current.sameTag && stronglyEqual(etag, etag)) {
      yield contentChanged.at('response.fields.etag', { etag })
    }
    if (unknown.status === 304) yield anyMatched.at('unknown.status')
  },
  examples: [
    {
      title: 'the current tag is answered 304, an unknown one with the page',
      given: { etag: '"a"', current: { status: 304, sameTag: true, sameContent: false }, unknown: { status: 200 } },
      yields: [notModified],
    },
    {
      title: 'a page that changed meanwhile and says so',
      given: { etag: '"a"', current: { status: 200, sameTag: false, sameContent: false }, unknown: { status: 200 } },
      yields: [],
    },
    {
      title: 'a page that changed under a weak tag',
      given: { etag: 'W/"a"', current: { status: 200, sameTag: true, sameContent: false }, unknown: { status: 200 } },
      yields: [],
    },
    {
      title: 'the whole page again',
      given: { etag: '"a"', current: { status: 200, sameTag: true, sameContent: true }, unknown: { status: 200 } },
      yields: [ignored],
    },
    {
      title: 'other content under the same strong tag',
      given: { etag: '"a"', current: { status: 200, sameTag: true, sameContent: false }, unknown: { status: 200 } },
      yields: [contentChanged],
    },
    {
      title: '304 to anything',
      given: { etag: '"a"', current: { status: 304, sameTag: true, sameContent: false }, unknown: { status: 304 } },
      yields: [notModified, anyMatched],
    },
    {
      title: '412 to GET',
      given: { etag: '"a"', current: { status: 412, sameTag: false, sameContent: false }, unknown: { status: 200 } },
      yields: [statusWrong],
    },
  ],
})
