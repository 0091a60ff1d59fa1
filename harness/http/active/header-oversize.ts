import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import type { Reaction } from './support/reaction.ts'
import { isServerFailure, patienceMs, reactionOf } from './support/reaction.ts'

const failed = rule({
  id: 'http/header-oversize-failed',
  level: 'warning',
  reference: rfc(6585, '5'),
  says: (e: { status: number }) => `A field of 64 KiB is answered ${e.status}.`,
  wants: 'A field that is too long is answered 431 or 400.',
  remedy: 'Let the first server in the row refuse it; a 5xx wakes people and takes servers out of the pool.',
})

const silent = rule({
  id: 'http/header-oversize-silent',
  level: 'warning',
  reference: rfc(9110, '5.4'),
  says: () => 'A field of 64 KiB is never answered, and the connection is held.',
  wants: 'A field that is too long is answered 431 or 400, or served.',
  remedy: 'Refuse at the limit instead of waiting for more.',
})

interface Seen {
  readonly reaction: Reaction
}

const answered = (status: number): Seen => ({ reaction: { kind: 'answered', status, allow: undefined } })

/** One request field of 64 KiB. */
export const headerOversize = probe({
  id: 'http/header-oversize',
  rules: [failed, silent],
  async gather({ base, send }: ProbeContext): Promise<Seen | NotApplicable> {
    if (base.response.status >= 500) return { notApplicable: `the page answers ${base.response.status}` }
    const exchange = await send({ fields: [['X-Seatrial-Filler', 'a'.repeat(65_536)]], deadlineMs: patienceMs })
    return { reaction: reactionOf(exchange) }
  },
  *run({ reaction }: Seen) {
    if (reaction.kind === 'silent') yield silent.at('response')
    else if (reaction.kind === 'answered' && isServerFailure(reaction.status)) {
      yield failed.at('response.status', { status: reaction.status })
    }
  },
  examples: [
    { title: 'too large', given: answered(431), yields: [] },
    { title: 'served', given: answered(200), yields: [] },
    { title: 'closed', given: { reaction: { kind: 'closed' } }, yields: [] },
    { title: 'a bad gateway', given: answered(502), yields: [failed] },
    { title: 'nothing at all', given: { reaction: { kind: 'silent' } }, yields: [silent] },
  ],
})
