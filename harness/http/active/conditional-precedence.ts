import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { parseEntityTag } from './support/entity-tag.ts'
import { lastModifiedOf, longAgo, noPage } from './support/page.ts'

// MUSTs of the RFC, yet only info: nginx and Apache look at the date too, which errs on the side of sending more.
const olderDateObeyed = rule({
  id: 'http/conditional-precedence-older-date-obeyed',
  level: 'info',
  reference: rfc(9110, '13.1.3'),
  says: (e: { etag: string }) =>
    `If-None-Match: ${e.etag} alone is answered 304; with If-Modified-Since of 1970 beside it, the whole page comes.`,
  wants: 'If-Modified-Since is ignored when If-None-Match is there.',
  remedy: 'Look at the date only without If-None-Match; clients that hold a date of their own never get a 304.',
})

const unmodifiedSinceObeyed = rule({
  id: 'http/conditional-precedence-unmodified-since-obeyed',
  level: 'info',
  reference: rfc(9110, '13.1.4'),
  says: (e: { etag: string }) =>
    `If-Match: ${e.etag} alone holds; with If-Unmodified-Since of 1970 beside it, the answer is 412.`,
  wants: 'If-Unmodified-Since is ignored when If-Match is there.',
  remedy: 'Look at the date only without If-Match; the tag is the more exact of the two.',
})

interface Seen {
  readonly etag: string
  /** The current tag in If-None-Match, with a date of 1970 and, where that brought no 304, alone. */
  readonly noneMatch: { readonly withDate: number; readonly alone: number }
  /** The current tag in If-Match likewise; null where it is weak and could not match. */
  readonly match: { readonly withDate: number; readonly alone: number } | null
}

const seen = (more: Partial<Seen> = {}): Seen => ({
  etag: '"a"',
  noneMatch: { withDate: 304, alone: 304 },
  match: { withDate: 200, alone: 200 },
  ...more,
})

/** The page's own tag beside a date that would decide otherwise. */
export const conditionalPrecedence = probe({
  id: 'http/conditional-precedence',
  rules: [olderDateObeyed, unmodifiedSinceObeyed],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    const without = noPage(context)
    if (without !== undefined) return without
    const etag = base.response.fields.get('etag')
    const tag = parseEntityTag(etag)
    if (etag === undefined || tag === undefined) return { notApplicable: 'the page has no valid ETag' }
    if (lastModifiedOf(base) === undefined) return { notApplicable: 'the page has no valid Last-Modified' }
    const status = async (...fields: readonly (readonly [string, string])[]): Promise<number> =>
      (await ask({ fields })).response.status
    const pair = async (name: string, date: string, expected: number) => {
      const withDate = await status([name, etag], [date, longAgo])
      return { withDate, alone: withDate === expected ? expected : await status([name, etag]) }
    }
    return {
      etag,
      noneMatch: await pair('If-None-Match', 'If-Modified-Since', 304),
      match: tag.weak ? null : await pair('If-Match', 'If-Unmodified-Since', 200),
    }
  },
  *run({ etag, noneMatch, match }: Seen) {
    if (noneMatch.alone === 304 && noneMatch.withDate === 200) {
      yield olderDateObeyed.at('noneMatch.withDate', { etag })
    }
    if (match?.alone === 200 && match.withDate === 412) yield unmodifiedSinceObeyed.at('match.withDate', { etag })
  },
  examples: [
    { title: 'the tag decides', given: seen(), yields: [] },
    { title: 'a weak tag', given: seen({ match: null }), yields: [] },
    {
      title: 'conditions are not looked at',
      given: seen({ noneMatch: { withDate: 200, alone: 200 }, match: { withDate: 412, alone: 412 } }),
      yields: [],
    },
    { title: 'an older date', given: seen({ noneMatch: { withDate: 200, alone: 304 } }), yields: [olderDateObeyed] },
    {
      title: 'a date that fails',
      given: seen({ match: { withDate: 412, alone: 200 } }),
      yields: [unmodifiedSinceObeyed],
    },
  ],
})
