import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { codingOf, noUncodedPage } from './support/coded-page.ts'

const refused = rule({
  id: 'http/coding-star-refused',
  level: 'warning',
  reference: rfc(9110, '12.5.3'),
  says: (e: { status: number }) => `Accept-Encoding: * is answered ${e.status}.`,
  wants: 'A client that accepts any coding gets the page, coded or not.',
  remedy: 'Take "*" for every coding that is not named beside it, no coding at all among them.',
})

const refusalIgnored = rule({
  id: 'http/coding-star-refusal-ignored',
  level: 'warning',
  reference: rfc(9110, '12.5.3'),
  says: (e: { coding: string }) =>
    `Accept-Encoding: ${none} refuses every coding, and the page is sent as ${e.coding}.`,
  wants: 'With *;q=0, a coding that is not named is not used.',
  remedy: 'Read the q value of "*" like that of any other member.',
})

const none = 'identity, *;q=0'

interface Seen {
  /** Status when every coding is accepted. */
  readonly status: number
  /** Content coding when every coding is refused; empty without one. */
  readonly coding: string
}

/** The star of Accept-Encoding: everything, and nothing. */
export const codingStar = probe({
  id: 'http/coding-star',
  rules: [refused, refusalIgnored],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const without = noUncodedPage(context)
    if (without !== undefined) return without
    const all = await context.ask({ fields: [['Accept-Encoding', '*']] })
    const nothing = await context.ask({ fields: [['Accept-Encoding', none]] })
    return { status: all.response.status, coding: codingOf(nothing) }
  },
  *run({ status, coding }: Seen) {
    if (status >= 400) yield refused.at('all.status', { status })
    if (coding !== '') yield refusalIgnored.at('none.fields.content-encoding', { coding })
  },
  examples: [
    { title: 'the page, and the page without coding', given: { status: 200, coding: '' }, yields: [] },
    { title: 'not acceptable', given: { status: 406, coding: '' }, yields: [refused] },
    { title: 'gzip though all are refused', given: { status: 200, coding: 'gzip' }, yields: [refusalIgnored] },
  ],
})
