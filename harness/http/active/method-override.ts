import { document, probe, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { isStill } from './support/page.ts'

const believed = rule({
  id: 'http/method-override-believed',
  level: 'warning',
  reference: document('CWE-436', 'https://cwe.mitre.org/data/definitions/436.html'),
  says: (e: { status: number }) =>
    `A GET whose X-HTTP-Method-Override names another method is treated as that one: it is answered ${e.status}.`,
  wants: 'GET is GET, whatever its fields say.',
  remedy: 'Override methods for POST only, or not at all: caches, filters and access rules in front see a GET.',
})

interface Seen {
  readonly status: number
  /** Without the fields the page still was what it had been. */
  readonly still: boolean
}

/** GET, with fields that say that it was a method that nobody knows. */
export const methodOverride = probe({
  id: 'http/method-override',
  rules: [believed],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    if (base.response.status >= 400) return { notApplicable: `the page answers ${base.response.status}` }
    const names = ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']
    const { response } = await ask({ fields: names.map((name) => [name, 'SEATRIAL'] as const) })
    const same = response.status === base.response.status
    return { status: response.status, still: same || (await isStill(context)) }
  },
  *run({ status, still }: Seen) {
    // What is said of an unknown method; a filter that dislikes the fields says something else.
    if (still && (status === 405 || status === 501)) yield believed.at('response.status', { status })
  },
  examples: [
    { title: 'the page', given: { status: 200, still: true }, yields: [] },
    { title: 'refused by a filter', given: { status: 403, still: true }, yields: [] },
    { title: 'no GET at all any more', given: { status: 405, still: false }, yields: [] },
    { title: 'no such method', given: { status: 405, still: true }, yields: [believed] },
  ],
})
