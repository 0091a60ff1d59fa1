import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import type { Reaction } from './support/reaction.ts'
import { isServerFailure, patienceMs, reactionOf } from './support/reaction.ts'

const failed = rule({
  id: 'http/expect-continue-failed',
  level: 'warning',
  reference: rfc(9110, '10.1.1'),
  says: (e: { status: number }) => `A request with Expect: 100-continue is answered ${e.status}.`,
  wants: 'Expect: 100-continue is answered 100, a final status, or 417.',
  remedy: 'Look at the server log; command-line clients send it by themselves with larger uploads.',
})

const silent = rule({
  id: 'http/expect-continue-silent',
  level: 'warning',
  reference: rfc(9110, '10.1.1'),
  says: () => 'Expect: 100-continue is never answered, not even after the content has come.',
  wants: 'Expect: 100-continue is answered 100, a final status, or 417.',
  remedy: 'Answer 100 before reading, or read without it; clients that wait for it hang.',
})

const unanswered = rule({
  id: 'http/expect-continue-unanswered',
  level: 'info',
  reference: rfc(9110, '10.1.1'),
  says: () => 'Expect: 100-continue is not answered before the content comes; clients lose a second for each upload.',
  wants: 'The server says 100 before it reads, or its final status.',
  remedy: 'Look whether a proxy in the row swallows Expect or the 100.',
})

interface Seen {
  readonly reaction: Reaction
  /** Nothing came before the content was sent all the same. */
  readonly waited: boolean
}

const answered = (status: number, waited = false): Seen => ({
  reaction: { kind: 'answered', status, allow: undefined },
  waited,
})

/** A GET that announces a little content and asks whether to send it. */
export const expectContinue = probe({
  id: 'http/expect-continue',
  rules: [failed, silent, unanswered],
  async gather({ base, send }: ProbeContext): Promise<Seen | NotApplicable> {
    if (base.response.status >= 400) return { notApplicable: `the page answers ${base.response.status}` }
    const exchange = await send({ body: 'seatrial', expectContinueMs: 500, deadlineMs: patienceMs })
    return { reaction: reactionOf(exchange), waited: exchange.expectation === 'waited' }
  },
  *run({ reaction, waited }: Seen) {
    if (reaction.kind === 'silent') yield silent.at('response')
    if (reaction.kind !== 'answered') return
    if (isServerFailure(reaction.status)) yield failed.at('response.status', { status: reaction.status })
    else if (waited) yield unanswered.at('interim')
  },
  examples: [
    { title: 'continued, then served', given: answered(200), yields: [] },
    { title: 'refused', given: answered(417), yields: [] },
    { title: 'an exception', given: answered(500), yields: [failed] },
    { title: 'nothing at all', given: { reaction: { kind: 'silent' }, waited: true }, yields: [silent] },
    { title: 'served late', given: answered(200, true), yields: [unanswered] },
  ],
})
