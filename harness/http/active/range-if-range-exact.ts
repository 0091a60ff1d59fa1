import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import { formatHttpDate, parseHttpDate } from '../grammar/http-date.ts'
import type { ProbeContext } from '../probe-context.ts'
import { parseEntityTag, unknownTag } from './support/entity-tag.ts'
import { lastModifiedOf, noPage } from './support/page.ts'

const laterDateMatched = rule({
  id: 'http/range-if-range-exact-later-date-matched',
  level: 'warning',
  reference: rfc(9110, '13.1.5'),
  says: (e: { lastModified: string }) =>
    `If-Range with a date after Last-Modified (${e.lastModified}) is answered 206.`,
  wants: 'A date in If-Range matches only when it is exactly Last-Modified.',
  remedy: 'Compare for equality: after a restore from a backup the page is older, and other, than what clients hold.',
})

const weakTagMatched = rule({
  id: 'http/range-if-range-exact-weak-tag-matched',
  level: 'warning',
  reference: rfc(9110, '13.1.5'),
  says: (e: { given: string; etag: string }) => `If-Range: ${e.given} is answered 206; the page's ETag is ${e.etag}.`,
  wants: 'If-Range compares strongly: a weak tag never matches.',
  remedy: 'Send the whole page to a weak tag; two versions under one weak tag must not be joined byte by byte.',
})

interface Seen {
  /** Status with a date a day after Last-Modified; null when the page has none. */
  readonly later: number | null
  readonly lastModified: string
  /** Status with the page's tag made weak; null when it has none. */
  readonly weak: number | null
  readonly given: string
  readonly etag: string
  /** What a tag brings that never existed, asked for only after a 206. */
  readonly unknown: number
}

const seen = (more: Partial<Seen> = {}): Seen => ({
  later: 200,
  lastModified: 'Thu, 01 Jan 2026 00:00:00 GMT',
  weak: 200,
  given: 'W/"a"',
  etag: '"a"',
  unknown: 200,
  ...more,
})

const dayMs = 86_400_000

/** If-Range with what is close to the page's validators, and must not match. */
export const rangeIfRangeExact = probe({
  id: 'http/range-if-range-exact',
  rules: [laterDateMatched, weakTagMatched],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    const without = noPage(context)
    if (without !== undefined) return without
    const lastModified = lastModifiedOf(base) ?? ''
    const etag = base.response.fields.get('etag') ?? ''
    const tag = parseEntityTag(etag)
    const changed = parseHttpDate(lastModified, base.now)
    if (tag === undefined && changed === undefined) return { notApplicable: 'the page has no validator' }
    const status = async (validator: string): Promise<number> => {
      const fields = [
        ['Range', 'bytes=0-0'],
        ['If-Range', validator],
      ] as const
      return (await ask({ fields })).response.status
    }
    const given = `W/${tag?.opaque ?? ''}`
    const later = changed === undefined ? null : await status(formatHttpDate(changed.ms + dayMs))
    const weak = tag === undefined ? null : await status(given)
    // A server that does not look at If-Range is told so by range-if-range.
    const unknown = later === 206 || weak === 206 ? await status(unknownTag) : 200
    return { later, lastModified, weak, given, etag, unknown }
  },
  *run({ later, lastModified, weak, given, etag, unknown }: Seen) {
    if (unknown === 206) return
    if (later === 206) yield laterDateMatched.at('later.status', { lastModified })
    if (weak === 206) yield weakTagMatched.at('weak.status', { given, etag })
  },
  examples: [
    { title: 'only what is exact matches', given: seen(), yields: [] },
    { title: 'no date and no tag that could be read', given: seen({ later: null, weak: null }), yields: [] },
    { title: 'If-Range is not looked at', given: seen({ later: 206, weak: 206, unknown: 206 }), yields: [] },
    { title: 'any later date matches', given: seen({ later: 206 }), yields: [laterDateMatched] },
    { title: 'tags are compared weakly', given: seen({ weak: 206 }), yields: [weakTagMatched] },
  ],
})
