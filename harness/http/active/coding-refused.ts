import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { noPage } from './support/page.ts'

// Not an error: the RFC only says SHOULD, and hardly any client sends q=0.
const ignored = rule({
  id: 'http/coding-refused-ignored',
  level: 'warning',
  reference: rfc(9110, '12.5.3'),
  says: (e: { coding: string }) => `${e.coding} was refused with q=0, and the page is sent as ${e.coding}.`,
  wants: 'A coding with q=0 is not used.',
  remedy: 'Read the q values of Accept-Encoding instead of searching it for a name.',
})

interface Seen {
  /** Content-Encoding of the answer, lower-case; empty without one. */
  readonly coding: string
}

const refused = ['gzip', 'br', 'zstd', 'deflate']

/** A client that accepts only uncoded content, and says so by q values. */
export const codingRefused = probe({
  id: 'http/coding-refused',
  rules: [ignored],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const without = noPage(context)
    if (without !== undefined) return without
    if (context.base.response.fields.has('content-encoding')) {
      return { notApplicable: 'the page is coded even when nobody asks for it' }
    }
    const accept = `identity;q=1, ${refused.map((coding) => `${coding};q=0`).join(', ')}`
    const { response } = await context.ask({ fields: [['Accept-Encoding', accept]] })
    return { coding: (response.fields.get('content-encoding') ?? '').trim().toLowerCase() }
  },
  *run({ coding }: Seen) {
    if (refused.includes(coding.replace(/^x-/, ''))) yield ignored.at('response.fields.content-encoding', { coding })
  },
  examples: [
    { title: 'no coding', given: { coding: '' }, yields: [] },
    { title: 'gzip all the same', given: { coding: 'gzip' }, yields: [ignored] },
  ],
})
