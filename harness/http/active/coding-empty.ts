import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { codingOf, noUncodedPage } from './support/coded-page.ts'

const coded = rule({
  id: 'http/coding-empty-coded',
  level: 'warning',
  reference: rfc(9110, '12.5.3'),
  says: (e: { coding: string }) => `An empty Accept-Encoding wants no coding, and the page is sent as ${e.coding}.`,
  wants: 'An empty Accept-Encoding is answered without content coding.',
  remedy: 'Tell an empty field from one that is absent: it names no coding, so none is accepted.',
})

const failed = rule({
  id: 'http/coding-empty-failed',
  level: 'warning',
  reference: rfc(9110, '12.5.3'),
  says: (e: { status: number }) => `An empty Accept-Encoding is answered ${e.status}.`,
  wants: 'An empty Accept-Encoding is answered without content coding.',
  remedy: 'Let the reading of Accept-Encoding bear an empty value; proxies empty the field instead of dropping it.',
})

interface Seen {
  readonly status: number
  /** Content coding of the answer; empty without one. */
  readonly coding: string
}

/** Accept-Encoding with nothing in it. */
export const codingEmpty = probe({
  id: 'http/coding-empty',
  rules: [coded, failed],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const without = noUncodedPage(context)
    if (without !== undefined) return without
    const answer = await context.ask({ fields: [['Accept-Encoding', '']] })
    return { status: answer.response.status, coding: codingOf(answer) }
  },
  *run({ status, coding }: Seen) {
    if (status >= 400) yield failed.at('response.status', { status })
    else if (coding !== '') yield coded.at('response.fields.content-encoding', { coding })
  },
  examples: [
    { title: 'no coding', given: { status: 200, coding: '' }, yields: [] },
    { title: 'gzip all the same', given: { status: 200, coding: 'gzip' }, yields: [coded] },
    { title: 'an exception', given: { status: 500, coding: '' }, yields: [failed] },
  ],
})
