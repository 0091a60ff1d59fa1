import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { noPage } from './support/page.ts'

// A MUST of the RFC, yet only info: nginx and others answer 206, and download managers ask so to learn of ranges.
const partial = rule({
  id: 'http/range-head-partial',
  level: 'info',
  reference: rfc(9110, '14.2'),
  says: () => 'HEAD with Range is answered 206.',
  wants: 'Range is ignored on every method but GET.',
  remedy: 'Nothing is lost by it; Accept-Ranges is the place to tell that ranges are served.',
})

const contentRangeMissing = rule({
  id: 'http/range-head-content-range-missing',
  level: 'error',
  reference: rfc(9110, '15.3.7.1'),
  says: () => 'HEAD with Range is answered 206 without a Content-Range that can be read.',
  wants: 'Range is ignored on HEAD, or answered as on GET, with Content-Range.',
  remedy: 'Ignore Range on HEAD; as it is, the length of a part is taken for that of the page.',
})

const lengthWrong = rule({
  id: 'http/range-head-length-wrong',
  level: 'error',
  reference: rfc(9110, '8.6'),
  says: (e: { ranged: string; plain: string }) =>
    `HEAD with Range is answered 200 with Content-Length ${e.ranged}; without Range it is ${e.plain}.`,
  wants: 'A 200 to HEAD tells the length of the whole page.',
  remedy: 'Ignore Range on HEAD; as it is, the length of a part is taken for that of the page.',
})

const refused = rule({
  id: 'http/range-head-refused',
  level: 'warning',
  reference: rfc(9110, '14.2'),
  says: (e: { status: number }) => `HEAD with Range is answered ${e.status}; without Range it is answered 200.`,
  wants: 'Range is ignored on every method but GET.',
  remedy: 'Look at Range only when the method is GET.',
})

interface Seen {
  readonly status: number
  /** Content-Range names a range. */
  readonly placed: boolean
  /** Content-Length as it stands, with Range and without; null where there is none, or both were alike. */
  readonly length: { readonly ranged: string; readonly plain: string } | null
}

const seen = (more: Partial<Seen> = {}): Seen => ({ status: 200, placed: false, length: null, ...more })

/** One byte of the page by HEAD, against HEAD without a range. */
export const rangeHead = probe({
  id: 'http/range-head',
  rules: [partial, contentRangeMissing, lengthWrong, refused],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    const without = noPage(context)
    if (without !== undefined) return without
    if (base.response.bodyBytes < 2) return { notApplicable: 'the page is too short for a part of it' }
    const { response } = await ask({ method: 'HEAD', fields: [['Range', 'bytes=0-0']] })
    const ranged = response.fields.get('content-length')
    const answer = {
      status: response.status,
      placed: /^bytes \d+-\d+\/(?:\d+|\*)$/i.test(response.fields.get('content-range')?.trim() ?? ''),
    }
    const asGet = ranged === undefined || Number(ranged) === base.response.bodyBytes
    if (response.status === 206 || (response.status === 200 && asGet)) return { ...answer, length: null }
    // What is wrong without Range too is for others to tell.
    const { response: plainly } = await ask({ method: 'HEAD' })
    if (plainly.status !== 200) return { notApplicable: `HEAD is answered ${plainly.status}, with Range or without` }
    const plain = plainly.fields.get('content-length')
    const differ = ranged !== undefined && plain !== undefined && ranged !== plain
    return { ...answer, length: differ ? { ranged, plain } : null }
  },
  *run({ status, placed, length }: Seen) {
    if (status === 206) yield placed ? partial.at('response.status') : contentRangeMissing.at('response.status')
    else if (status !== 200) yield refused.at('response.status', { status })
    else if (length !== null) yield lengthWrong.at('response.fields.content-length', length)
  },
  examples: [
    { title: 'the range is ignored', given: seen(), yields: [] },
    { title: 'as GET would be answered', given: seen({ status: 206, placed: true }), yields: [partial] },
    { title: 'partial of nothing', given: seen({ status: 206 }), yields: [contentRangeMissing] },
    { title: 'the length of the part', given: seen({ length: { ranged: '1', plain: '10' } }), yields: [lengthWrong] },
    { title: 'no such range', given: seen({ status: 416 }), yields: [refused] },
  ],
})
