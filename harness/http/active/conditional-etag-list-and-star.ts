import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { parseEntityTag, unknownTag } from './support/entity-tag.ts'
import { noPage } from './support/page.ts'

const listIgnored = rule({
  id: 'http/conditional-etag-list-and-star-list-ignored',
  level: 'warning',
  reference: rfc(9110, '13.1.2'),
  says: (e: { status: number }) => `If-None-Match with the current ETag among others is answered ${e.status}.`,
  wants: 'A list that holds the current ETag is answered 304.',
  remedy: 'Compare every member of If-None-Match, not the field as one string.',
})

const starIgnored = rule({
  id: 'http/conditional-etag-list-and-star-star-ignored',
  level: 'warning',
  reference: rfc(9110, '13.1.2'),
  says: (e: { status: number }) => `If-None-Match: * is answered ${e.status} although the page exists.`,
  wants: 'A star matches whatever is there: 304.',
  remedy: 'Treat "*" in If-None-Match as a match when the resource exists.',
})

const weakIgnored = rule({
  id: 'http/conditional-etag-list-and-star-weak-ignored',
  level: 'warning',
  reference: rfc(9110, '8.8.3.2'),
  says: (e: { status: number }) => `If-None-Match with the other strength of the current ETag is answered ${e.status}.`,
  wants: 'If-None-Match compares weakly: W/"a" and "a" match.',
  remedy: 'Leave W/ out of the comparison; caches and proxies weaken tags when they compress.',
})

interface Seen {
  readonly list: number
  readonly star: number
  readonly weak: number
}

const seen = (statuses: Partial<Seen> = {}): Seen => ({ list: 304, star: 304, weak: 304, ...statuses })

/** The other forms of If-None-Match, where the plain one is honoured. */
export const conditionalEtagListAndStar = probe({
  id: 'http/conditional-etag-list-and-star',
  rules: [listIgnored, starIgnored, weakIgnored],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    const without = noPage(context)
    if (without !== undefined) return without
    const etag = base.response.fields.get('etag')
    const tag = parseEntityTag(etag)
    if (etag === undefined || tag === undefined) return { notApplicable: 'the page has no valid ETag' }
    const status = async (value: string): Promise<number> =>
      (await ask({ fields: [['If-None-Match', value]] })).response.status
    if ((await status(etag)) !== 304) return { notApplicable: 'the plain form of If-None-Match is not answered 304' }
    return {
      list: await status(`${unknownTag}, ${etag}, W/"seatrial-other"`),
      star: await status('*'),
      weak: await status(tag.weak ? tag.opaque : `W/${tag.opaque}`),
    }
  },
  *run({ list, star, weak }: Seen) {
    // Only the whole page says that the form was not understood; 403 and the like are policy.
    if (list === 200) yield listIgnored.at('list.status', { status: list })
    if (star === 200) yield starIgnored.at('star.status', { status: star })
    if (weak === 200) yield weakIgnored.at('weak.status', { status: weak })
  },
  examples: [
    { title: 'all forms are understood', given: seen(), yields: [] },
    { title: 'only a single tag is', given: seen({ list: 200 }), yields: [listIgnored] },
    { title: 'the star is taken for a tag', given: seen({ star: 200 }), yields: [starIgnored] },
    { title: 'tags are compared as strings', given: seen({ weak: 200 }), yields: [weakIgnored] },
  ],
})
