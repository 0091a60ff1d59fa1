import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { parseEntityTag, unknownTag } from './support/entity-tag.ts'
import { lastModifiedOf, longAgo, noPage, sameContent } from './support/page.ts'

const notModified = rule({
  id: 'http/conditional-modified-honoured',
  level: 'good',
  reference: rfc(9110, '13.1.3'),
  says: (e: { lastModified: string }) => `If-Modified-Since: ${e.lastModified} is answered 304.`,
  wants: 'A page that has not changed costs only a header.',
  remedy: 'Nothing to mend.',
  aka: { redbot: 'IMS_304' },
})

const ignored = rule({
  id: 'http/conditional-modified-ignored',
  level: 'warning',
  reference: rfc(9110, '13.1.3'),
  says: (e: { lastModified: string }) =>
    `If-Modified-Since: ${e.lastModified}, the page's own date, is answered with the whole, unchanged page.`,
  wants: 'A request with the current Last-Modified is answered 304.',
  remedy: 'Compare If-Modified-Since with Last-Modified before the page is sent.',
  aka: { redbot: 'IMS_FULL' },
})

const anyMatched = rule({
  id: 'http/conditional-modified-any-matched',
  level: 'error',
  reference: rfc(9110, '13.1.3'),
  says: (e: { lastModified: string }) =>
    `If-Modified-Since of 1970 is answered 304 although the page is of ${e.lastModified}: clients keep stale content.`,
  wants: 'A date before Last-Modified is answered with the page.',
  remedy: 'Compare the two dates; the mere presence of If-Modified-Since means nothing.',
})

const tagOverridden = rule({
  id: 'http/conditional-modified-tag-overridden',
  level: 'error',
  reference: rfc(9110, '13.1.3'),
  says: () => 'A matching If-Modified-Since is answered 304 although If-None-Match says that the content changed.',
  wants: 'If-Modified-Since is ignored when If-None-Match is there.',
  remedy: 'Look at If-None-Match first, and at the date only without it.',
})

interface Seen {
  readonly lastModified: string
  readonly current: { readonly status: number; readonly unchanged: boolean }
  readonly ancient: { readonly status: number }
  /** The current date beside a tag that does not match; only where the page has an ETag. */
  readonly withTag?: { readonly status: number }
}

const date = 'Thu, 01 Jan 2026 00:00:00 GMT'
const seen = (more: Partial<Seen> = {}): Seen => ({
  lastModified: date,
  current: { status: 304, unchanged: true },
  ancient: { status: 200 },
  withTag: { status: 200 },
  ...more,
})

/** If-Modified-Since with the page's own date, with an ancient one, and beside If-None-Match. */
export const conditionalModified = probe({
  id: 'http/conditional-modified',
  rules: [notModified, ignored, anyMatched, tagOverridden],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    const without = noPage(context)
    if (without !== undefined) return without
    const lastModified = lastModifiedOf(base)
    if (lastModified === undefined) return { notApplicable: 'the page has no valid Last-Modified' }
    const current = await ask({ fields: [['If-Modified-Since', lastModified]] })
    const ancient = await ask({ fields: [['If-Modified-Since', longAgo]] })
    const tagged = parseEntityTag(base.response.fields.get('etag')) !== undefined
    const withTag = tagged
      ? await ask({
          fields: [
            ['If-None-Match', unknownTag],
            ['If-Modified-Since', lastModified],
          ],
        })
      : undefined
    return {
      lastModified,
      current: {
        status: current.response.status,
        unchanged: sameContent(base, current) && current.response.fields.get('last-modified') === lastModified,
      },
      ancient: { status: ancient.response.status },
      ...(withTag === undefined ? {} : { withTag: { status: withTag.response.status } }),
    }
  },
  *run({ lastModified, current, ancient, withTag }: Seen) {
    if (current.status === 304) yield notModified.at('response.status', { lastModified })
    else if (current.status === 200 && current.unchanged) yield ignored.at('response.status', { lastModified })
    if (ancient.status === 304) yield anyMatched.at('ancient.status', { lastModified })
    // A server that answers 304 to every date has been told so already.
    else if (withTag?.status === 304) yield tagOverridden.at('withTag.status')
  },
  examples: [
    { title: 'the current date is answered 304', given: seen(), yields: [notModified] },
    { title: 'the page changed meanwhile', given: seen({ current: { status: 200, unchanged: false } }), yields: [] },
    { title: 'the whole page again', given: seen({ current: { status: 200, unchanged: true } }), yields: [ignored] },
    {
      title: '304 to any date',
      given: seen({ ancient: { status: 304 }, withTag: { status: 304 } }),
      yields: [notModified, anyMatched],
    },
    {
      title: 'the date wins over the tag',
      given: seen({ withTag: { status: 304 } }),
      yields: [notModified, tagOverridden],
    },
  ],
})
