import { document, probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { hexadecimal } from '../random.ts'
import { essence } from './support/page.ts'
import { isServerFailure } from './support/reaction.ts'

const reflected = rule({
  id: 'http/query-unknown-reflected',
  level: 'error',
  reference: document('CWE-79', 'https://cwe.mitre.org/data/definitions/79.html'),
  says: () => 'A tag in the query comes back in the page as a tag.',
  wants: 'What comes from the address is written into a page as text.',
  remedy: 'Escape it where the page is made; as it is, a link can run scripts as this site.',
})

const failed = rule({
  id: 'http/query-unknown-failed',
  level: 'warning',
  reference: rfc(3986, '3.4'),
  says: (e: { status: number }) => `The page with a parameter that nobody knows is answered ${e.status}.`,
  wants: 'Parameters that mean nothing are overlooked, or answered 400 or 404.',
  remedy: 'Look at the server log; mail and advertising add parameters of their own to every link.',
})

interface Seen {
  readonly status: number
  /** The tag stands in the page as it was sent. */
  readonly reflected: boolean
}

const seen = (more: Partial<Seen> = {}): Seen => ({ status: 200, reflected: false, ...more })

/** The page with a parameter whose value is a tag that means nothing. */
export const queryUnknown = probe({
  id: 'http/query-unknown',
  rules: [reflected, failed],
  async gather({ url, base, ask, random }: ProbeContext): Promise<Seen | NotApplicable> {
    if (base.response.status >= 500) return { notApplicable: `the page answers ${base.response.status}` }
    const tag = `<seatrial-${hexadecimal(random, 12)}>`
    const address = new URL(url)
    address.searchParams.append('seatrial', tag)
    const answer = await ask({ url: address.href })
    const { decoded, status } = answer.response
    const content = decoded.state === 'decoded' ? Buffer.from(decoded.body) : Buffer.alloc(0)
    return {
      status,
      reflected: /html|xml/.test(essence(answer)) && content.includes(tag),
    }
  },
  *run({ status, reflected: back }: Seen) {
    if (back) yield reflected.at('response.body')
    if (isServerFailure(status)) yield failed.at('response.status', { status })
  },
  examples: [
    { title: 'the page', given: seen(), yields: [] },
    { title: 'refused', given: seen({ status: 403 }), yields: [] },
    { title: 'written into the page', given: seen({ reflected: true }), yields: [reflected] },
    { title: 'an exception', given: seen({ status: 500 }), yields: [failed] },
  ],
})
