import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { Exchange } from '../../wire/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { hexadecimal } from '../random.ts'
import { rawRequest } from './support/raw-request.ts'
import type { Reaction } from './support/reaction.ts'
import { isServerFailure, patienceMs, reactionOf } from './support/reaction.ts'

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

interface Seen {
  readonly reaction: Reaction
  /** Bytes came after the first response, though one request was sent. */
  readonly extra: boolean
  /** The next request on the connection. */
  readonly next: Reaction | { readonly kind: 'not-asked' }
  /** What the page answers by itself. */
  readonly base: number
}

const closed = { kind: 'closed' } as const
const answered = (status: number): Reaction => ({ kind: 'answered', status, allow: undefined })
const seen = (more: Partial<Seen> = {}): Seen => ({
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
  async gather({ url, base, connect, random }: ProbeContext): Promise<Seen | NotApplicable> {
    if (base.response.status >= 400) return { notApplicable: `the page answers ${base.response.status}` }
    const hidden = `GET /seatrial-${hexadecimal(random, 12)} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`
    const size = `${hidden.length.toString(16)}\r\n`
    const lines = [`Content-Length: ${size.length}`, 'Transfer-Encoding: chunked']
    await using connection = await connect()
    const first = await connection.send({
      url: url.href,
      raw: rawRequest(url, lines, `${size}${hidden}\r\n0\r\n\r\n`),
      deadlineMs: patienceMs,
    })
    const reaction = reactionOf(first)
    const extra = hasExtra(first)
    if (extra || reaction.kind !== 'answered' || !connection.open) {
      return { reaction, extra, next: { kind: 'not-asked' }, base: base.response.status }
    }
    // Closing lets us see whether more answers come than were asked for.
    const second = await connection.send({ url: url.href, fields: [['Connection', 'close']], deadlineMs: patienceMs })
    // The hidden request may be answered just before the next one is sent, or instead of it.
    if (second.trouble?.kind === 'protocol' || hasExtra(second)) {
      return { reaction, extra: true, next: { kind: 'not-asked' }, base: base.response.status }
    }
    return { reaction, extra, next: reactionOf(second), base: base.response.status }
  },
  *run({ reaction, extra, next, base }: Seen) {
    if (reaction.kind === 'answered' && isServerFailure(reaction.status)) {
      yield failed.at('response.status', { status: reaction.status })
    }
    // A refusal that is followed by another refusal is one server that went on reading: harmless.
    const refused = reaction.kind === 'answered' && reaction.status >= 400
    if (extra && !refused) yield split.at('response.body')
    if (next.kind !== 'answered' || refused) return
    if (next.status === base) yield kept.at('next')
    else yield split.at('next.status')
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

function hasExtra({ response }: Exchange): boolean {
  return response?.problems.some(({ code }) => code === 'extra-bytes') ?? false
}
