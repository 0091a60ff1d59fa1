import { isNotApplicable, probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { pageAsGzip } from './support/coded-page.ts'
import { parseEntityTag } from './support/entity-tag.ts'
import { varies } from './support/page.ts'

const ignored = rule({
  id: 'http/coding-revalidation-ignored',
  level: 'warning',
  reference: rfc(9110, '13.1.2'),
  says: (e: { coding: string; etag: string }) =>
    `If-None-Match: ${e.etag}, the ETag of the ${e.coding} page, brings the whole page; uncoded, such a request is answered 304.`,
  wants: 'The coded page can be revalidated like the uncoded one.',
  remedy: 'Compare with the tag that is sent (Apache: DeflateAlterETag); as it is, hardly any browser gets a 304.',
})

const etagDifferent = rule({
  id: 'http/coding-revalidation-etag-different',
  level: 'warning',
  reference: rfc(9110, '15.4.5'),
  says: (e: { coding: string; etag: string; notModified: string }) =>
    `The 304 to the ${e.coding} page says ETag: ${e.notModified}; the page itself came with ${e.etag}.`,
  wants: 'A 304 carries the ETag of what the client holds.',
  remedy: 'Change the tag for a coding in 304 too; a cache looks for what it holds by the tag of the 304.',
})

const varyMissing = rule({
  id: 'http/coding-revalidation-vary-missing',
  level: 'warning',
  reference: rfc(9110, '15.4.5'),
  says: (e: { coding: string }) => `The 304 to the ${e.coding} page lacks Vary: Accept-Encoding, which the page has.`,
  wants: 'A 304 repeats the Vary of the 200.',
  remedy: 'Add Vary where the status does not matter, not in the filter that compresses.',
})

interface Seen {
  readonly coding: string
  /** ETag of the coded page. */
  readonly etag: string
  readonly status: number
  /** ETag of the 304; null when it has none. */
  readonly notModified: string | null
  /** Vary: Accept-Encoding in the coded page and in the 304. */
  readonly varies: { readonly page: boolean; readonly notModified: boolean }
  /** Status of the same for the uncoded page, asked for only when the coded one brought no 304. */
  readonly uncoded: number
}

const seen = (more: Partial<Seen> = {}): Seen => ({
  coding: 'gzip',
  etag: '"a-gzip"',
  status: 304,
  notModified: '"a-gzip"',
  varies: { page: true, notModified: true },
  uncoded: 304,
  ...more,
})

/** What every browser does: it holds the page as gzip, and asks whether that is current. */
export const codingRevalidation = probe({
  id: 'http/coding-revalidation',
  rules: [ignored, etagDifferent, varyMissing],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    const coded = await pageAsGzip(context)
    if (isNotApplicable(coded)) return coded
    const { whole, coding } = coded
    const etag = whole.response.fields.get('etag')
    if (etag === undefined || parseEntityTag(etag) === undefined) return { notApplicable: 'the coded page has no ETag' }
    const fields = [
      ['Accept-Encoding', 'gzip'],
      ['If-None-Match', etag],
    ] as const
    const { response } = await ask({ fields })
    const plainTag = base.response.fields.get('etag') ?? ''
    // A page that changed meanwhile has another tag, and rightly comes whole.
    const whole200 = response.status === 200 && response.fields.get('etag') === etag && plainTag !== ''
    return {
      coding,
      etag,
      status: response.status,
      notModified: response.fields.get('etag') ?? null,
      varies: {
        page: varies(whole.response.fields, 'accept-encoding'),
        notModified: varies(response.fields, 'accept-encoding'),
      },
      uncoded: whole200 ? (await ask({ fields: [['If-None-Match', plainTag]] })).response.status : 200,
    }
  },
  *run({ coding, etag, status, notModified, varies: told, uncoded }: Seen) {
    if (status === 200 && uncoded === 304) yield ignored.at('response.status', { coding, etag })
    if (status !== 304) return
    // By weak comparison, as servers weaken a tag where they compress and cannot know of it in a 304.
    if (notModified !== null && opaque(notModified) !== opaque(etag)) {
      yield etagDifferent.at('response.fields.etag', { coding, etag, notModified })
    }
    if (told.page && !told.notModified) yield varyMissing.at('response.fields.vary', { coding })
  },
  examples: [
    { title: '304 with all that it needs', given: seen(), yields: [] },
    { title: 'the tag without its W/', given: seen({ etag: 'W/"a"', notModified: '"a"' }), yields: [] },
    { title: 'no page is ever answered 304', given: seen({ status: 200, uncoded: 200 }), yields: [] },
    { title: 'only the uncoded page is', given: seen({ status: 200 }), yields: [ignored] },
    { title: 'the tag of the uncoded page', given: seen({ notModified: '"a"' }), yields: [etagDifferent] },
    {
      title: 'no Vary in the 304',
      given: seen({ varies: { page: true, notModified: false } }),
      yields: [varyMissing],
    },
  ],
})

const opaque = (etag: string): string => parseEntityTag(etag)?.opaque ?? etag
