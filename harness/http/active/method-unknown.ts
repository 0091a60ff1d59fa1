import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import type { Reaction } from './support/reaction.ts'
import { isServerFailure, patienceMs, reactionOf } from './support/reaction.ts'

const served = rule({
  id: 'http/method-unknown-served',
  level: 'warning',
  reference: rfc(9110, '9.1'),
  says: (e: { status: number }) => `A method that does not exist is answered ${e.status}, like GET.`,
  wants: 'A method that the server does not know is answered 501, or 405.',
  remedy: 'Route by method; rules that protect only the known ones are passed by an invented one.',
})

const failed = rule({
  id: 'http/method-unknown-failed',
  level: 'warning',
  reference: rfc(9110, '15.6.2'),
  says: (e: { status: number }) => `A method that does not exist breaks the server: ${e.status}.`,
  wants: 'A method that the server does not know is answered 501, or 405.',
  remedy: 'Look at the server log; a client must not be able to raise an exception by a method.',
})

// A MUST of the RFC, yet only a warning: nginx sends its 405 without Allow.
const allowMissing = rule({
  id: 'http/method-unknown-allow-missing',
  level: 'warning',
  reference: rfc(9110, '15.5.6'),
  says: () => 'The 405 does not say which methods are allowed.',
  wants: 'A 405 has Allow.',
  remedy: 'Send Allow with every 405 (nginx: error_page 405 with add_header Allow ... always).',
})

const silent = rule({
  id: 'http/method-unknown-silent',
  level: 'warning',
  reference: rfc(9110, '15.6.2'),
  says: () => 'A method that does not exist is never answered, and the connection is held.',
  wants: 'A method that the server does not know is answered 501, or 405.',
  remedy: 'Refuse what is not understood at once; held connections are what a flood is made of.',
})

interface Seen {
  readonly base: number
  readonly reaction: Reaction
}

const answered = (status: number, allow?: string): Seen => ({
  base: 200,
  reaction: { kind: 'answered', status, allow },
})

/** A method that nobody has registered. */
export const methodUnknown = probe({
  id: 'http/method-unknown',
  rules: [served, failed, allowMissing, silent],
  async gather({ base, send }: ProbeContext): Promise<Seen | NotApplicable> {
    if (base.response.status >= 500) return { notApplicable: `the page answers ${base.response.status}` }
    return {
      base: base.response.status,
      reaction: reactionOf(await send({ method: 'SEATRIAL', deadlineMs: patienceMs })),
    }
  },
  *run({ base, reaction }: Seen) {
    if (reaction.kind === 'silent') yield silent.at('response')
    if (reaction.kind !== 'answered') return
    const { status, allow } = reaction
    if (status >= 200 && status < 300 && base === status) yield served.at('response.status', { status })
    if (isServerFailure(status)) yield failed.at('response.status', { status })
    if (status === 405 && allow === undefined) yield allowMissing.at('response.fields.allow')
  },
  examples: [
    { title: 'not implemented', given: answered(501), yields: [] },
    { title: 'not allowed, and what is', given: answered(405, 'GET, HEAD'), yields: [] },
    { title: 'closed', given: { base: 200, reaction: { kind: 'closed' } }, yields: [] },
    { title: 'the page', given: answered(200), yields: [served] },
    { title: 'an exception', given: answered(500), yields: [failed] },
    { title: '405 without Allow', given: answered(405), yields: [allowMissing] },
    { title: 'nothing at all', given: { base: 200, reaction: { kind: 'silent' } }, yields: [silent] },
  ],
})
