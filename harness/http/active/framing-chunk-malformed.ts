import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import type { AfterMalformed } from './support/malformed.ts'
import { afterMalformed, answered, isAccepted, isSplit, refused } from './support/malformed.ts'
import { isServerFailure } from './support/reaction.ts'

const accepted = rule({
  id: 'http/framing-chunk-malformed-accepted',
  level: 'error',
  reference: rfc(9112, '7.1'),
  says: () => 'A chunk of size "0x5" is taken for one of some size, and what follows it for the next request.',
  wants: 'A chunk size that is no hexadecimal number is answered 400, and the connection is closed.',
  remedy: 'Use a server that refuses it; where two servers read different sizes, requests are smuggled.',
})

const failed = rule({
  id: 'http/framing-chunk-malformed-failed',
  level: 'warning',
  reference: rfc(9112, '7.1'),
  says: (e: { status: number }) => `A chunk of size "0x5" is answered ${e.status}.`,
  wants: 'A chunk size that is no hexadecimal number is answered 400, and the connection is closed.',
  remedy: 'Refuse it at the first server in the row; behind it, it has been passed on already.',
})

/** A chunk size with a prefix: 5 to those who read it as C does, 0 to those who stop at the x, and malformed. */
export const framingChunkSize = probe({
  id: 'http/framing-chunk-malformed',
  intrusive: true,
  rules: [accepted, failed],
  async gather(context: ProbeContext): Promise<AfterMalformed | NotApplicable> {
    const { status } = context.base.response
    if (status >= 400) return { notApplicable: `the page answers ${status}` }
    return afterMalformed(context, ['Transfer-Encoding: chunked'], '0x5\r\nhello\r\n0\r\n\r\n')
  },
  *run(after: AfterMalformed) {
    const { reaction } = after
    if (isAccepted(after) || isSplit(after)) yield accepted.at('next')
    if (reaction.kind === 'answered' && isServerFailure(reaction.status)) {
      yield failed.at('response.status', { status: reaction.status })
    }
  },
  examples: [
    { title: 'bad request', given: refused(), yields: [] },
    {
      title: 'answered before the content was read, and closed',
      given: refused({ reaction: answered(200) }),
      yields: [],
    },
    {
      title: 'served, and the connection kept',
      given: refused({ reaction: answered(200), next: answered(200) }),
      yields: [accepted],
    },
    {
      title: 'what follows is taken for a request',
      given: refused({ reaction: answered(200), extra: true, next: { kind: 'not-asked' } }),
      yields: [accepted],
    },
    { title: 'passed on', given: refused({ reaction: answered(502) }), yields: [failed] },
  ],
})
