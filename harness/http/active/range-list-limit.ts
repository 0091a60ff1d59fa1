import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { noPage } from './support/page.ts'
import { isServerFailure } from './support/reaction.ts'

const unbounded = rule({
  id: 'http/range-list-limit-unbounded',
  level: 'error',
  reference: rfc(9110, '17.15'),
  says: (e: { length: number; bytes: number }) =>
    `${ranges} overlapping ranges of a page of ${e.length} bytes are answered with ${e.bytes} bytes.`,
  wants: 'Many overlapping ranges are joined, refused, or answered with the whole page.',
  remedy: 'Limit the ranges of one request (nginx: max_ranges; Apache: MaxRanges); one small request costs gigabytes.',
})

const failed = rule({
  id: 'http/range-list-limit-failed',
  level: 'warning',
  reference: rfc(9110, '14.2'),
  says: (e: { status: number }) => `${ranges} overlapping ranges of the page are answered ${e.status}.`,
  wants: 'Ranges that a server will not serve are ignored, or answered 416.',
  remedy: 'Look at the server log; a client must not be able to break a server by asking.',
})

/** More than servers allow to overlap, in a field of a few hundred bytes. */
const ranges = 100

/** Bytes; of longer pages a server without a limit would send more than a look is worth. */
const longest = 64 * 1024

/** How much more than the page is no longer boundaries and fields of a few parts. */
const blownUp = 10

interface Seen {
  /** Bytes of the page, and of the answer. */
  readonly length: number
  readonly bytes: number
  readonly status: number
}

/** The whole page asked for a hundred times at once: the attack of CVE-2011-3192. */
export const rangeListLimit = probe({
  id: 'http/range-list-limit',
  intrusive: true,
  rules: [unbounded, failed],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const without = noPage(context)
    if (without !== undefined) return without
    const length = context.base.response.bodyBytes
    if (length === 0 || length > longest) return { notApplicable: `the page has ${length} bytes: none, or too many` }
    const { response } = await context.ask({ fields: [['Range', `bytes=${Array(ranges).fill('0-').join(',')}`]] })
    return { length, bytes: response.bodyBytes, status: response.status }
  },
  *run({ length, bytes, status }: Seen) {
    if (status === 206 && bytes > blownUp * length) yield unbounded.at('response.body', { length, bytes })
    if (isServerFailure(status)) yield failed.at('response.status', { status })
  },
  examples: [
    { title: 'the whole page', given: { length: 1000, bytes: 1000, status: 200 }, yields: [] },
    { title: 'one range in place of all', given: { length: 1000, bytes: 1000, status: 206 }, yields: [] },
    { title: 'refused', given: { length: 1000, bytes: 30, status: 416 }, yields: [] },
    { title: 'a hundred times the page', given: { length: 1000, bytes: 110_000, status: 206 }, yields: [unbounded] },
    { title: 'an exception', given: { length: 1000, bytes: 30, status: 500 }, yields: [failed] },
  ],
})
