import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import type { Reaction } from './support/reaction.ts'
import { patienceMs, reactionOf } from './support/reaction.ts'

const missingServed = rule({
  id: 'http/host-field-missing-served',
  level: 'warning',
  reference: rfc(9112, '3.2'),
  says: (e: { status: number }) => `A request of HTTP/1.1 without Host is answered ${e.status}.`,
  wants: 'A request of HTTP/1.1 without Host is answered 400.',
  remedy: 'Refuse it at the first server in the row.',
})

const repeatedServed = rule({
  id: 'http/host-field-repeated-served',
  level: 'error',
  reference: rfc(9112, '3.2'),
  says: (e: { status: number }) => `A request with two different Host lines is answered ${e.status}.`,
  wants: 'A request with more than one Host line is answered 400.',
  remedy: 'Refuse it at the first server in the row: where two servers believe different lines, rules are passed by.',
})

interface Seen {
  readonly missing: Reaction
  readonly repeated: Reaction
}

const answered = (status: number): Reaction => ({ kind: 'answered', status, allow: undefined })
const refused = answered(400)

/** No Host, and two of them. */
export const hostField = probe({
  id: 'http/host-field',
  rules: [missingServed, repeatedServed],
  async gather({ url, base, send }: ProbeContext): Promise<Seen | NotApplicable> {
    if (base.response.status >= 400) return { notApplicable: `the page answers ${base.response.status}` }
    const start = `GET ${url.pathname}${url.search} HTTP/1.1\r\n`
    const ask = async (lines: string): Promise<Reaction> =>
      reactionOf(
        await send({ raw: Buffer.from(`${start}${lines}Connection: close\r\n\r\n`, 'latin1'), deadlineMs: patienceMs }),
      )
    return {
      missing: await ask(''),
      repeated: await ask(`Host: ${url.host}\r\nHost: seatrial.invalid\r\n`),
    }
  },
  *run({ missing, repeated }: Seen) {
    if (missing.kind === 'answered' && missing.status < 400) {
      yield missingServed.at('missing.status', { status: missing.status })
    }
    if (repeated.kind === 'answered' && repeated.status < 400) {
      yield repeatedServed.at('repeated.status', { status: repeated.status })
    }
  },
  examples: [
    { title: 'both refused', given: { missing: refused, repeated: refused }, yields: [] },
    { title: 'closed', given: { missing: { kind: 'closed' }, repeated: { kind: 'closed' } }, yields: [] },
    { title: 'served without', given: { missing: answered(200), repeated: refused }, yields: [missingServed] },
    { title: 'served with two', given: { missing: refused, repeated: answered(200) }, yields: [repeatedServed] },
  ],
})
