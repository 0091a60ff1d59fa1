import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import type { AfterMalformed } from './support/malformed.ts'
import { afterMalformed, isAccepted, isSplit } from './support/malformed.ts'
import type { Reaction } from './support/reaction.ts'
import { isServerFailure } from './support/reaction.ts'

const accepted = rule({
  id: 'http/framing-transfer-encoding-unknown-accepted',
  level: 'error',
  reference: rfc(9112, '6.3'),
  says: () => 'A request with Transfer-Encoding: xchunked is served, and what follows it is read as the next request.',
  wants: 'A request whose last transfer coding is not chunked is answered 400 or 501, and the connection is closed.',
  remedy:
    'Use a server that refuses it; where one server knows such a coding and another does not, requests are smuggled.',
})

const failed = rule({
  id: 'http/framing-transfer-encoding-unknown-failed',
  level: 'warning',
  reference: rfc(9112, '6.1'),
  says: (e: { status: number }) => `A request with Transfer-Encoding: xchunked is answered ${e.status}.`,
  wants: 'A transfer coding that nobody knows is answered 501, or 400.',
  remedy: 'Refuse it at the first server in the row; behind it, it has been passed on already.',
})

const answered = (status: number): Reaction => ({ kind: 'answered', status, allow: undefined })
const seen = (more: Partial<AfterMalformed> = {}): AfterMalformed => ({
  reaction: answered(501),
  extra: false,
  next: { kind: 'closed' },
  base: 200,
  ...more,
})

/** A transfer coding that looks like chunked and is none: content of which nobody can tell the end. */
export const framingTransferEncodingUnknown = probe({
  id: 'http/framing-transfer-encoding-unknown',
  intrusive: true,
  rules: [accepted, failed],
  async gather(context: ProbeContext): Promise<AfterMalformed | NotApplicable> {
    const { status } = context.base.response
    if (status >= 400) return { notApplicable: `the page answers ${status}` }
    // Whole to whoever takes it for chunks; a second, broken request to whoever overlooks the field.
    return afterMalformed(context, ['Transfer-Encoding: xchunked'], '0\r\n\r\n')
  },
  *run(after: AfterMalformed) {
    const { reaction } = after
    if (isAccepted(after) || isSplit(after)) yield accepted.at('next')
    if (reaction.kind === 'answered' && isServerFailure(reaction.status)) {
      yield failed.at('response.status', { status: reaction.status })
    }
  },
  examples: [
    { title: 'not implemented', given: seen(), yields: [] },
    { title: 'bad request', given: seen({ reaction: answered(400) }), yields: [] },
    { title: 'answered before the content was read, and closed', given: seen({ reaction: answered(200) }), yields: [] },
    {
      title: 'taken for chunks',
      given: seen({ reaction: answered(200), next: answered(200) }),
      yields: [accepted],
    },
    {
      title: 'overlooked',
      given: seen({ reaction: answered(200), extra: true, next: { kind: 'not-asked' } }),
      yields: [accepted],
    },
    { title: 'passed on', given: seen({ reaction: answered(502) }), yields: [failed] },
  ],
})
