import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { lastModifiedOf, longAgo, noPage } from './support/page.ts'

const ignored = rule({
  id: 'http/precondition-unmodified-since-ignored',
  level: 'warning',
  reference: rfc(9110, '13.1.4'),
  says: (e: { status: number; lastModified: string }) =>
    `If-Unmodified-Since of 1970 is answered ${e.status} although the page is of ${e.lastModified}.`,
  wants: 'A request whose If-Unmodified-Since does not hold is answered 412.',
  remedy: 'Evaluate If-Unmodified-Since where Last-Modified is sent.',
})

interface Seen {
  readonly lastModified: string
  readonly status: number
}

/** If-Unmodified-Since with a date long before the page's. */
export const preconditionUnmodifiedSince = probe({
  id: 'http/precondition-unmodified-since',
  rules: [ignored],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const without = noPage(context)
    if (without !== undefined) return without
    const lastModified = lastModifiedOf(context.base)
    if (lastModified === undefined) return { notApplicable: 'the page has no valid Last-Modified' }
    const answer = await context.ask({ fields: [['If-Unmodified-Since', longAgo]] })
    return { lastModified, status: answer.response.status }
  },
  *run({ lastModified, status }: Seen) {
    if (status >= 200 && status < 300) yield ignored.at('response.status', { status, lastModified })
  },
  examples: [
    { title: '412', given: { lastModified: 'Thu, 01 Jan 2026 00:00:00 GMT', status: 412 }, yields: [] },
    { title: 'the page', given: { lastModified: 'Thu, 01 Jan 2026 00:00:00 GMT', status: 200 }, yields: [ignored] },
  ],
})
