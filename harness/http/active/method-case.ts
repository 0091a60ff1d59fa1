import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import type { Reaction } from './support/reaction.ts'
import { isServerFailure, patienceMs, reactionOf } from './support/reaction.ts'

const served = rule({
  id: 'http/method-case-served',
  level: 'warning',
  reference: rfc(9110, '9.1'),
  says: (e: { status: number }) => `The method "get" is answered ${e.status}, as GET is.`,
  wants: 'Methods are told apart by case: "get" is one that nobody knows, and is answered 501, 405 or 400.',
  remedy: 'Compare methods as they stand; where one server folds their case and another does not, rules are passed by.',
})

const failed = rule({
  id: 'http/method-case-failed',
  level: 'warning',
  reference: rfc(9110, '9.1'),
  says: (e: { status: number }) => `The method "get" breaks the server: ${e.status}.`,
  wants: 'A method that the server does not know is answered 501, 405 or 400.',
  remedy: 'Look at the server log; a client must not be able to raise an exception by a method.',
})

interface Seen {
  readonly base: number
  readonly reaction: Reaction
}

const answered = (status: number): Seen => ({ base: 200, reaction: { kind: 'answered', status, allow: undefined } })

/** `get`, in lower case. */
export const methodCase = probe({
  id: 'http/method-case',
  rules: [served, failed],
  async gather({ base, send }: ProbeContext): Promise<Seen | NotApplicable> {
    if (base.response.status >= 400) return { notApplicable: `the page answers ${base.response.status}` }
    return { base: base.response.status, reaction: reactionOf(await send({ method: 'get', deadlineMs: patienceMs })) }
  },
  *run({ base, reaction }: Seen) {
    if (reaction.kind !== 'answered') return
    const { status } = reaction
    if (status < 300 && status === base) yield served.at('response.status', { status })
    else if (isServerFailure(status)) yield failed.at('response.status', { status })
  },
  examples: [
    { title: 'bad request', given: answered(400), yields: [] },
    { title: 'not implemented', given: answered(501), yields: [] },
    { title: 'closed', given: { base: 200, reaction: { kind: 'closed' } }, yields: [] },
    {
      title: 'redirected like everything else',
      given: { base: 308, reaction: { kind: 'answered', status: 308, allow: undefined } },
      yields: [],
    },
    { title: 'the page', given: answered(200), yields: [served] },
    { title: 'an exception', given: answered(500), yields: [failed] },
  ],
})
