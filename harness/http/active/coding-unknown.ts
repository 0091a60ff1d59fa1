import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { codingOf, noUncodedPage } from './support/coded-page.ts'

const coded = rule({
  id: 'http/coding-unknown-coded',
  level: 'warning',
  reference: rfc(9110, '12.5.3'),
  says: (e: { coding: string }) =>
    `A client that accepts only codings that do not exist (${accepted}) is sent ${e.coding}.`,
  wants: 'A coding that the client did not name is not used.',
  remedy: 'Compare the members of Accept-Encoding as a whole; a search for "gzip" finds it inside other names.',
})

const refused = rule({
  id: 'http/coding-unknown-refused',
  level: 'warning',
  reference: rfc(9110, '12.5.3'),
  says: (e: { status: number }) => `A client that accepts only codings that do not exist is answered ${e.status}.`,
  wants: 'Where no coding fits, the page is sent without one.',
  remedy: 'Fall back to no coding; it is accepted unless the client says identity;q=0.',
})

// Names that hold those of real codings, for servers that search instead of compare.
const accepted = 'seatrial-gzip, seatrial-br, seatrial-zstd'

interface Seen {
  readonly status: number
  /** Content coding of the answer; empty without one. */
  readonly coding: string
}

/** Accept-Encoding with names that nobody knows. */
export const codingUnknown = probe({
  id: 'http/coding-unknown',
  rules: [coded, refused],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const without = noUncodedPage(context)
    if (without !== undefined) return without
    const answer = await context.ask({ fields: [['Accept-Encoding', accepted]] })
    return { status: answer.response.status, coding: codingOf(answer) }
  },
  *run({ status, coding }: Seen) {
    if (status >= 400) yield refused.at('response.status', { status })
    else if (coding !== '') yield coded.at('response.fields.content-encoding', { coding })
  },
  examples: [
    { title: 'no coding', given: { status: 200, coding: '' }, yields: [] },
    { title: 'a name inside a name', given: { status: 200, coding: 'gzip' }, yields: [coded] },
    { title: 'not acceptable', given: { status: 406, coding: '' }, yields: [refused] },
  ],
})
