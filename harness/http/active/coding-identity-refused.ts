import { isNotApplicable, probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { codingOf, pageAsGzip } from './support/coded-page.ts'

// Not more than info: the RFC leaves open what a server does that will not compress this page.
const ignored = rule({
  id: 'http/coding-identity-refused-ignored',
  level: 'info',
  reference: rfc(9110, '12.5.3'),
  says: (e: { coding: string }) =>
    `The page is offered as ${e.coding}; with identity;q=0 beside it, it is sent without a coding.`,
  wants: 'A client that refuses uncoded content gets one of the codings that it accepts.',
  remedy: 'Read every member of Accept-Encoding, not only the first or the last.',
})

const statusDifferent = rule({
  id: 'http/coding-identity-refused-status-different',
  level: 'warning',
  reference: rfc(9110, '12.5.3'),
  says: (e: { coding: string; status: number }) =>
    `The page is offered as ${e.coding}; with identity;q=0 beside it, the answer is ${e.status}.`,
  wants: 'A client that refuses uncoded content gets one of the codings that it accepts.',
  remedy: 'Look for a coding that is accepted before refusing; 406 is for a client that accepts none of them.',
})

interface Seen {
  /** What a client gets that accepts this coding and does not speak of identity. */
  readonly offered: string
  readonly status: number
  /** Content coding of the answer; empty without one. */
  readonly coding: string
}

/** A client that accepts gzip, and refuses uncoded content by its q value. */
export const codingIdentityRefused = probe({
  id: 'http/coding-identity-refused',
  rules: [ignored, statusDifferent],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const coded = await pageAsGzip(context)
    if (isNotApplicable(coded)) return coded
    const answer = await context.ask({ fields: [['Accept-Encoding', 'gzip, identity;q=0']] })
    return { offered: coded.coding, status: answer.response.status, coding: codingOf(answer) }
  },
  *run({ offered, status, coding }: Seen) {
    if (status >= 400) yield statusDifferent.at('response.status', { coding: offered, status })
    else if (coding === '') yield ignored.at('response.fields.content-encoding', { coding: offered })
  },
  examples: [
    { title: 'the coding', given: { offered: 'gzip', status: 200, coding: 'gzip' }, yields: [] },
    { title: 'no coding', given: { offered: 'gzip', status: 200, coding: '' }, yields: [ignored] },
    { title: 'not acceptable', given: { offered: 'gzip', status: 406, coding: '' }, yields: [statusDifferent] },
  ],
})
