import { isNotApplicable, probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { Message } from '../message.ts'
import type { ProbeContext } from '../probe-context.ts'
import { codingOf, pageAsGzip } from './support/coded-page.ts'
import { parseContentRange } from './support/content-range.ts'
import { stronglyEqual } from './support/entity-tag.ts'

const bytesWrong = rule({
  id: 'http/range-with-coding-bytes-wrong',
  level: 'error',
  reference: rfc(9110, '14.1.2'),
  says: (e: { coding: string; said: string }) =>
    `A range said to be ${e.coding} ("${e.said}") holds the bytes that the uncoded page has there.`,
  wants: 'A range counts the bytes of the content as it is coded.',
  remedy: 'Cut ranges after compression, or send no Accept-Ranges where content is compressed on the way.',
})

const tagWrong = rule({
  id: 'http/range-with-coding-tag-wrong',
  level: 'error',
  reference: rfc(9110, '8.8.3.3'),
  says: (e: { etag: string }) => `A range of the uncoded page carries ${e.etag}, the strong ETag of the coded one.`,
  wants: 'A part carries the ETag of the content that it was cut from.',
  remedy: 'Set the ETag where the coding is chosen; else clients join coded and uncoded bytes.',
})

const codingLost = rule({
  id: 'http/range-with-coding-lost',
  level: 'info',
  reference: rfc(9110, '12.5.3'),
  says: (e: { coding: string }) => `The page is sent as ${e.coding}, and a range of it uncoded.`,
  wants: 'The same Accept-Encoding chooses the same content, with Range and without.',
  remedy: 'Precompress what is served in ranges; a download that began coded cannot be resumed.',
  aka: { redbot: 'RANGE_NEG_MISMATCH' },
})

interface Seen {
  /** Content coding of the full answer. */
  readonly coding: string
  /** Content coding of the part; empty without one. */
  readonly part: string
  /** Content-Range of the part. */
  readonly said: string
  /** Said to be coded, with bytes of the uncoded page. */
  readonly mixed: boolean
  /** The part is uncoded and carries this strong ETag of the coded page. */
  readonly otherTag: string | null
}

const seen = (more: Partial<Seen> = {}): Seen => ({
  coding: 'gzip',
  part: 'gzip',
  said: 'bytes 10-19/100',
  mixed: false,
  otherTag: null,
  ...more,
})

/** A range from the middle of the page, asked for by a client that accepts gzip. */
export const rangeWithCoding = probe({
  id: 'http/range-with-coding',
  rules: [bytesWrong, tagWrong, codingLost],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    const coded = await pageAsGzip(context)
    if (isNotApplicable(coded)) return coded
    const { whole, coding } = coded
    const { bodyBytes } = whole.response
    if (bodyBytes < 40) return { notApplicable: 'the coded page is too short to have a middle' }
    const fields = [
      ['Accept-Encoding', 'gzip'],
      ['Range', `bytes=20-${Math.min(bodyBytes, base.response.bodyBytes) - 1}`],
    ] as const
    const answer = await ask({ fields })
    if (answer.response.status !== 206) return { notApplicable: 'the coded page is not served in ranges' }
    const part = codingOf(answer)
    const said = answer.response.fields.get('content-range') ?? ''
    const range = parseContentRange(said)
    // Bytes from anywhere else, and a range without a place, are told of ranges without coding too.
    const holds = ({ response }: Message): boolean =>
      range?.kind === 'range' &&
      Buffer.compare(answer.response.body, response.body.subarray(range.first, range.last + 1)) === 0
    const tag = answer.response.fields.get('etag')
    const swapped = part === '' && stronglyEqual(tag, whole.response.fields.get('etag'))
    const shared = stronglyEqual(base.response.fields.get('etag'), whole.response.fields.get('etag'))
    return {
      coding,
      part,
      said,
      mixed: part !== '' && holds(base) && !holds(whole),
      otherTag: swapped && !shared && tag !== undefined ? tag : null,
    }
  },
  *run({ coding, part, said, mixed, otherTag }: Seen) {
    if (mixed) yield bytesWrong.at('response.body', { coding: part, said })
    if (otherTag !== null) yield tagWrong.at('response.fields.etag', { etag: otherTag })
    else if (part === '') yield codingLost.at('response.fields.content-encoding', { coding })
  },
  examples: [
    { title: 'bytes of the coded content', given: seen(), yields: [] },
    { title: 'bytes of the uncoded content', given: seen({ mixed: true }), yields: [bytesWrong] },
    { title: 'uncoded under the coded tag', given: seen({ part: '', otherTag: '"a-gzip"' }), yields: [tagWrong] },
    { title: 'uncoded, and honestly so', given: seen({ part: '' }), yields: [codingLost] },
  ],
})
