import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { longAgo, noPage } from './support/page.ts'

const matched = rule({
  id: 'http/conditional-modified-invalid-matched',
  level: 'error',
  reference: rfc(9110, '13.1.3'),
  says: (e: { given: string }) => `If-Modified-Since: ${e.given}, which is no date, is answered 304.`,
  wants: 'An If-Modified-Since that is no date is ignored.',
  remedy: 'Compare only when the field could be read: "not later than nothing" is true of every page.',
})

const failed = rule({
  id: 'http/conditional-modified-invalid-failed',
  level: 'warning',
  reference: rfc(9110, '13.1.3'),
  says: (e: { given: string; status: number }) => `If-Modified-Since: ${e.given}, is answered ${e.status}.`,
  wants: 'An If-Modified-Since that is no date is ignored.',
  remedy: 'Catch what the reading of dates throws; old clients send dates in forms of their own.',
})

interface Seen {
  readonly status: number
  /** Status with a valid date long before the page, asked for only after a 304. */
  readonly ancient: number
}

const given = 'yesterday'

/** If-Modified-Since with a word. */
export const conditionalModifiedInvalid = probe({
  id: 'http/conditional-modified-invalid',
  rules: [matched, failed],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const without = noPage(context)
    if (without !== undefined) return without
    const status = async (since: string): Promise<number> =>
      (await context.ask({ fields: [['If-Modified-Since', since]] })).response.status
    const answer = await status(given)
    // A server that answers 304 to every date is told so by conditional-modified.
    return { status: answer, ancient: answer === 304 ? await status(longAgo) : 200 }
  },
  *run({ status, ancient }: Seen) {
    if (status === 304 && ancient !== 304) yield matched.at('response.status', { given })
    if (status === 400 || status === 412 || status >= 500) yield failed.at('response.status', { given, status })
  },
  examples: [
    { title: 'the page', given: { status: 200, ancient: 200 }, yields: [] },
    { title: '304 to any date', given: { status: 304, ancient: 304 }, yields: [] },
    { title: '304 to what is none', given: { status: 304, ancient: 200 }, yields: [matched] },
    { title: 'an exception', given: { status: 500, ancient: 200 }, yields: [failed] },
  ],
})
