import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { hexadecimal } from '../random.ts'

const statusDifferent = rule({
  id: 'http/head-not-found-status-different',
  level: 'warning',
  reference: rfc(9110, '9.3.2'),
  says: (e: { head: number; get: number }) => `What does not exist is answered ${e.head} to HEAD and ${e.get} to GET.`,
  wants: 'HEAD is answered as GET is, without the content, where there is nothing too.',
  remedy: 'Route HEAD to what answers GET; link checkers and health checks ask with it and believe the status.',
})

const bodySent = rule({
  id: 'http/head-not-found-body-sent',
  level: 'error',
  reference: rfc(9110, '9.3.2'),
  says: (e: { status: number }) => `The ${e.status} to HEAD is followed by content.`,
  wants: 'HEAD is answered without content, whatever the status.',
  remedy: 'Leave the content out of error pages to HEAD; clients take it for the beginning of the next response.',
})

interface Seen {
  readonly head: number
  readonly get: number
  readonly bodySent: boolean
}

/** HEAD and GET of a path that cannot exist: error pages are often made by other code than pages. */
export const headNotFound = probe({
  id: 'http/head-not-found',
  rules: [statusDifferent, bodySent],
  async gather({ url, base, ask, random }: ProbeContext): Promise<Seen | NotApplicable> {
    if (base.response.status >= 500) return { notApplicable: `the page answers ${base.response.status}` }
    const missing = new URL(`seatrial-${hexadecimal(random, 12)}`, url).href
    const get = await ask({ url: missing })
    const head = await ask({ url: missing, method: 'HEAD' })
    return {
      head: head.response.status,
      get: get.response.status,
      bodySent: head.exchange.response?.problems.some(({ code }) => code === 'body-not-allowed') ?? false,
    }
  },
  *run({ head, get, bodySent: sent }: Seen) {
    if (head !== get) yield statusDifferent.at('head.status', { head, get })
    if (sent) yield bodySent.at('head.body', { status: head })
  },
  examples: [
    { title: 'nothing here, twice', given: { head: 404, get: 404, bodySent: false }, yields: [] },
    { title: 'HEAD finds everything', given: { head: 200, get: 404, bodySent: false }, yields: [statusDifferent] },
    { title: 'the error page comes along', given: { head: 404, get: 404, bodySent: true }, yields: [bodySent] },
  ],
})
