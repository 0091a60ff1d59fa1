import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { hexadecimal } from '../random.ts'
import type { AfterMalformed } from './support/malformed.ts'
import { afterMalformed, answered, isSplit, refused } from './support/malformed.ts'
import { isServerFailure } from './support/reaction.ts'

const split = rule({
  id: 'http/framing-obsolete-fold-split',
  level: 'error',
  reference: rfc(9112, '5.2'),
  says: () => 'Transfer-Encoding whose value stands on a folded line is overlooked: what was content is answered too.',
  wants: 'A folded line is joined by spaces, or the request is answered 400.',
  remedy: 'Use a server that refuses folded lines; as it is, visitors can smuggle requests past what stands in front.',
})

const failed = rule({
  id: 'http/framing-obsolete-fold-failed',
  level: 'warning',
  reference: rfc(9112, '5.2'),
  says: (e: { status: number }) => `A request with a folded field line is answered ${e.status}.`,
  wants: 'A folded line is joined by spaces, or the request is answered 400.',
  remedy: 'Refuse it at the first server in the row; behind it, it has been passed on already.',
})

/** `chunked` on a line of its own, and a request hidden in the chunk. */
export const framingObsoleteFold = probe({
  id: 'http/framing-obsolete-fold',
  intrusive: true,
  rules: [split, failed],
  async gather(context: ProbeContext): Promise<AfterMalformed | NotApplicable> {
    const { url, base, random } = context
    if (base.response.status >= 400) return { notApplicable: `the page answers ${base.response.status}` }
    const hidden = `GET /seatrial-${hexadecimal(random, 12)} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`
    const content = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`
    return afterMalformed(context, ['Transfer-Encoding:', ' chunked'], content)
  },
  *run(after: AfterMalformed) {
    const { reaction } = after
    if (isSplit(after)) yield split.at(after.extra ? 'response.body' : 'next.status')
    if (reaction.kind === 'answered' && isServerFailure(reaction.status)) {
      yield failed.at('response.status', { status: reaction.status })
    }
  },
  examples: [
    { title: 'bad request', given: refused(), yields: [] },
    {
      title: 'joined, and read rightly',
      given: refused({ reaction: answered(200), next: answered(200) }),
      yields: [],
    },
    {
      title: 'the content is answered at once',
      given: refused({ reaction: answered(200), extra: true, next: { kind: 'not-asked' } }),
      yields: [split],
    },
    {
      title: 'the content is answered in place of the next',
      given: refused({ reaction: answered(200), next: answered(404) }),
      yields: [split],
    },
    { title: 'passed on', given: refused({ reaction: answered(502) }), yields: [failed] },
  ],
})
