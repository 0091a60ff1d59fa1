import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { rawRequest } from './support/raw-request.ts'
import type { Reaction } from './support/reaction.ts'
import { isServerFailure, patienceMs, reactionOf } from './support/reaction.ts'

const served = rule({
  id: 'http/framing-duplicate-content-length-served',
  level: 'error',
  reference: rfc(9112, '6.3'),
  says: (e: { status: number }) => `A request with Content-Length 5 and Content-Length 6 is answered ${e.status}.`,
  wants: 'A request whose lengths contradict each other is answered 400, and the connection is closed.',
  remedy: 'Use a server that refuses it; where two servers believe different lengths, requests are smuggled.',
})

const failed = rule({
  id: 'http/framing-duplicate-content-length-failed',
  level: 'warning',
  reference: rfc(9112, '6.3'),
  says: (e: { status: number }) => `A request with two different lengths is answered ${e.status}.`,
  wants: 'A request whose lengths contradict each other is answered 400, and the connection is closed.',
  remedy: 'Refuse it at the first server in the row; behind it, it has been passed on already.',
})

interface Seen {
  readonly reaction: Reaction
}

const answered = (status: number): Seen => ({ reaction: { kind: 'answered', status, allow: undefined } })

/** One request with two lengths. */
export const framingDuplicateContentLength = probe({
  id: 'http/framing-duplicate-content-length',
  intrusive: true,
  rules: [served, failed],
  async gather({ url, base, send }: ProbeContext): Promise<Seen | NotApplicable> {
    if (base.response.status >= 400) return { notApplicable: `the page answers ${base.response.status}` }
    // Six bytes satisfy both lengths, so that whoever believes either is not kept waiting.
    const raw = rawRequest(url, ['Content-Length: 5', 'Content-Length: 6', 'Connection: close'], 'a=b&c=')
    return { reaction: reactionOf(await send({ raw, deadlineMs: patienceMs })) }
  },
  *run({ reaction }: Seen) {
    if (reaction.kind !== 'answered') return
    const { status } = reaction
    if (status < 400) yield served.at('response.status', { status })
    else if (isServerFailure(status)) yield failed.at('response.status', { status })
  },
  examples: [
    { title: 'bad request', given: answered(400), yields: [] },
    { title: 'closed', given: { reaction: { kind: 'closed' } }, yields: [] },
    { title: 'served', given: answered(200), yields: [served] },
    { title: 'passed on', given: answered(502), yields: [failed] },
  ],
})
