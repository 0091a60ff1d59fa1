import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { rawRequest } from './support/raw-request.ts'
import type { Reaction } from './support/reaction.ts'
import { patienceMs, reactionOf } from './support/reaction.ts'

const served = rule({
  id: 'http/framing-field-name-space-served',
  level: 'error',
  reference: rfc(9112, '5.1'),
  says: (e: { status: number }) => `A request with a space between field name and colon is answered ${e.status}.`,
  wants: 'A request with white space before a colon is answered 400.',
  remedy: 'Use a server that refuses it; where two servers read such a name differently, requests are smuggled.',
})

interface Seen {
  readonly reaction: Reaction
}

const answered = (status: number): Seen => ({ reaction: { kind: 'answered', status, allow: undefined } })

/** `Content-Length : 0`: a name that some servers trim, some ignore, and all must refuse. */
export const framingFieldNameSpace = probe({
  id: 'http/framing-field-name-space',
  intrusive: true,
  rules: [served],
  async gather({ url, base, send }: ProbeContext): Promise<Seen | NotApplicable> {
    if (base.response.status >= 400) return { notApplicable: `the page answers ${base.response.status}` }
    const raw = rawRequest(url, ['Content-Length : 0', 'Connection: close'])
    return { reaction: reactionOf(await send({ raw, deadlineMs: patienceMs })) }
  },
  *run({ reaction }: Seen) {
    if (reaction.kind === 'answered' && reaction.status < 400) {
      yield served.at('response.status', { status: reaction.status })
    }
  },
  examples: [
    { title: 'bad request', given: answered(400), yields: [] },
    { title: 'served', given: answered(200), yields: [served] },
  ],
})
