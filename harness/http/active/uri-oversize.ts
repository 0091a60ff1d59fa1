import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import type { Reaction } from './support/reaction.ts'
import { isServerFailure, patienceMs, reactionOf } from './support/reaction.ts'

const failed = rule({
  id: 'http/uri-oversize-failed',
  level: 'warning',
  reference: rfc(9110, '15.5.15'),
  says: (e: { status: number }) => `An address of 16 KiB is answered ${e.status}.`,
  wants: 'An address that is too long is answered 414 or 400.',
  remedy: 'Let the first server in the row refuse it; a 5xx wakes people and takes servers out of the pool.',
})

const silent = rule({
  id: 'http/uri-oversize-silent',
  level: 'warning',
  reference: rfc(9112, '3'),
  says: () => 'An address of 16 KiB is never answered, and the connection is held.',
  wants: 'An address that is too long is answered 414 or 400, or served.',
  remedy: 'Refuse at the limit instead of waiting for more.',
})

interface Seen {
  readonly reaction: Reaction
}

const answered = (status: number): Seen => ({ reaction: { kind: 'answered', status, allow: undefined } })

/** A query of 16 KiB. */
export const uriOversize = probe({
  id: 'http/uri-oversize',
  rules: [failed, silent],
  async gather({ base, url, send }: ProbeContext): Promise<Seen | NotApplicable> {
    if (base.response.status >= 500) return { notApplicable: `the page answers ${base.response.status}` }
    const exchange = await send({ target: `${url.pathname}?seatrial=${'a'.repeat(16_384)}`, deadlineMs: patienceMs })
    return { reaction: reactionOf(exchange) }
  },
  *run({ reaction }: Seen) {
    if (reaction.kind === 'silent') yield silent.at('response')
    else if (reaction.kind === 'answered' && isServerFailure(reaction.status)) {
      yield failed.at('response.status', { status: reaction.status })
    }
  },
  examples: [
    { title: 'too long', given: answered(414), yields: [] },
    { title: 'served', given: answered(200), yields: [] },
    { title: 'closed', given: { reaction: { kind: 'closed' } }, yields: [] },
    { title: 'an exception', given: answered(500), yields: [failed] },
    { title: 'nothing at all', given: { reaction: { kind: 'silent' } }, yields: [silent] },
  ],
})
