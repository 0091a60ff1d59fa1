import { document, probe, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { hexadecimal } from '../random.ts'
import { isStill } from './support/page.ts'

const believed = rule({
  id: 'http/url-override-believed',
  level: 'error',
  reference: document('CWE-436', 'https://cwe.mitre.org/data/definitions/436.html'),
  says: () => "The client's X-Original-URL or X-Rewrite-URL decides which page is served, whatever the address says.",
  wants: 'The page is chosen by the request line alone.',
  remedy:
    'Let the first proxy drop both fields from clients; as it is, rules about paths in front of it are passed by.',
})

interface Seen {
  readonly status: number
  /** Without the fields the page still was what it had been. */
  readonly still: boolean
}

/** The page, with fields that say that another was asked for, as only proxies may. */
export const urlOverride = probe({
  id: 'http/url-override',
  rules: [believed],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask, random } = context
    if (base.response.status >= 400) return { notApplicable: `the page answers ${base.response.status}` }
    const missing = `/seatrial-${hexadecimal(random, 12)}`
    const { response } = await ask({
      fields: [
        ['X-Original-URL', missing],
        ['X-Rewrite-URL', missing],
      ],
    })
    const same = response.status === base.response.status
    return { status: response.status, still: same || (await isStill(context)) }
  },
  *run({ status, still }: Seen) {
    // Only "not found" proves it: a filter may well refuse such fields with another status.
    if (still && (status === 404 || status === 410)) yield believed.at('response.status')
  },
  examples: [
    { title: 'the page', given: { status: 200, still: true }, yields: [] },
    { title: 'refused by a filter', given: { status: 403, still: true }, yields: [] },
    { title: 'the page is gone meanwhile', given: { status: 404, still: false }, yields: [] },
    { title: 'the other page, which does not exist', given: { status: 404, still: true }, yields: [believed] },
  ],
})
