import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { hexadecimal } from '../random.ts'
import type { AfterMalformed } from './support/malformed.ts'
import { afterMalformed, isAccepted, isSplit } from './support/malformed.ts'
import type { Reaction } from './support/reaction.ts'
import { isServerFailure } from './support/reaction.ts'

const split = rule({
  id: 'http/framing-content-length-and-transfer-encoding-split',
  level: 'error',
  reference: rfc(9112, '6.3'),
  says: () => 'A request with Content-Length and Transfer-Encoding is taken for two: what was content is answered too.',
  wants: 'Transfer-Encoding overrides Content-Length, or the request is answered 400.',
  remedy: 'Use a server that refuses such requests; as it is, visitors can smuggle requests past what stands in front.',
})

const kept = rule({
  id: 'http/framing-content-length-and-transfer-encoding-kept',
  level: 'error',
  reference: rfc(9112, '6.1'),
  says: () => 'After a request with Content-Length and Transfer-Encoding the connection is used for the next request.',
  wants: 'A server closes the connection after such a request.',
  remedy: 'Refuse such requests at the first server in the row, and close.',
})

const failed = rule({
  id: 'http/framing-content-length-and-transfer-encoding-failed',
  level: 'warning',
  reference: rfc(9112, '6.1'),
  says: (e: { status: number }) => `A request with Content-Length and Transfer-Encoding is answered ${e.status}.`,
  wants: 'Such a request is served by its Transfer-Encoding, or answered 400.',
  remedy: 'Refuse it at the first server in the row; behind it, it has been passed on already.',
})

const closed = { kind: 'closed' } as const
const answered = (status: number): Reaction => ({ kind: 'answered', status, allow: undefined })
const seen = (more: Partial<AfterMalformed> = {}): AfterMalformed => ({
  reaction: answered(400),
  extra: false,
  next: closed,
  base: 200,
  ...more,
})

/**
 * A chunked request whose Content-Length ends before a second request that is hidden in its
 * content. Whoever believes the length answers the hidden one too.
 */
export const framingContentLengthAndTransferEncoding = probe({
  id: 'http/framing-content-length-and-transfer-encoding',
  intrusive: true,
  rules: [split, kept, failed],
  async gather(context: ProbeContext): Promise<AfterMalformed | NotApplicable> {
    const { url, base, random } = context
    if (base.response.status >= 400) return { notApplicable: `the page answers ${base.response.status}` }
    const hidden = `GET /seatrial-${hexadecimal(random, 12)} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`
    const size = `${hidden.length.toString(16)}\r\n`
    const lines = [`Content-Length: ${size.length}`, 'Transfer-Encoding: chunked']
    return afterMalformed(context, lines, `${size}${hidden}\r\n0\r\n\r\n`)
  },
  *run(after: AfterMalformed) {
    const { reaction, extra } = after
    if (reaction.kind === 'answered' && isServerFailure(reaction.status)) {
      yield failed.at('response.status', { status: reaction.status })
    }
    if (isSplit(after)) yield split.at(extra ? 'response.body' : 'next.status')
    if (isAccepted(after)) yield kept.at('next')
  },
  examples: [
    { title: 'refused', given: seen(), yields: [] },
    { title: 'served by its chunks, and closed', given: seen({ reaction: answered(200) }), yields: [] },
    {
      title: 'the hidden request is answered at once',
      given: seen({ reaction: answered(200), extra: true }),
      yields: [split],
    },
    {
      title: 'the hidden request is answered in place of the next',
      given: seen({ reaction: answered(200), next: answered(404) }),
      yields: [split],
    },
    {
      title: 'read rightly, and the connection kept',
      given: seen({ reaction: answered(200), next: answered(200) }),
      yields: [kept],
    },
    { title: 'passed on', given: seen({ reaction: answered(502) }), yields: [failed] },
  ],
})
