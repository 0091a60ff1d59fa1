import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { between } from '../random.ts'
import type { ContentRange } from './support/content-range.ts'
import { parseContentRange } from './support/content-range.ts'
import { isStill, lists, noPage } from './support/page.ts'

const correct = rule({
  id: 'http/range-satisfiable-correct',
  level: 'good',
  reference: rfc(9110, '14.2'),
  says: () => 'A range is answered 206 with exactly its bytes.',
  wants: 'Broken downloads go on where they stopped.',
  remedy: 'Nothing to mend.',
  aka: { redbot: 'RANGE_CORRECT' },
})

const bytesWrong = rule({
  id: 'http/range-satisfiable-bytes-wrong',
  level: 'error',
  reference: rfc(9110, '15.3.7'),
  says: (e: { said: string; bytes: number }) =>
    `The 206 says ${e.said} and carries ${e.bytes} bytes that are not those.`,
  wants: 'A 206 carries exactly the bytes that its Content-Range names.',
  remedy: 'Cut the range out of the same content that a full answer sends, after all other filters.',
  aka: { redbot: 'RANGE_INCORRECT' },
})

const contentRangeMalformed = rule({
  id: 'http/range-satisfiable-content-range-malformed',
  level: 'error',
  reference: rfc(9110, '15.3.7.1'),
  says: (e: { said: string }) => `The 206 to one range has Content-Range "${e.said}".`,
  wants: 'A 206 to a single range has Content-Range: bytes FIRST-LAST/LENGTH and no multipart content.',
  remedy: 'Send Content-Range with every 206; without it nobody knows where the bytes belong.',
})

const totalWrong = rule({
  id: 'http/range-satisfiable-total-wrong',
  level: 'error',
  reference: rfc(9110, '14.4'),
  says: (e: { total: number; length: number }) =>
    `Content-Range says that the whole has ${e.total} bytes; it has ${e.length}.`,
  wants: 'The number after the slash is the length of the full content.',
  remedy: 'Write the full length, or * when it is not known.',
  aka: { redbot: 'RANGE_INCORRECT_LENGTH' },
})

const ignored = rule({
  id: 'http/range-satisfiable-ignored',
  level: 'warning',
  reference: rfc(9110, '14.3'),
  says: (e: { status: number }) => `The page says Accept-Ranges: bytes, and a range of it is answered ${e.status}.`,
  wants: 'What is advertised is served.',
  remedy: 'Serve ranges, or send Accept-Ranges: none.',
  aka: { redbot: 'RANGE_FULL' },
})

const fieldMissing = rule({
  id: 'http/range-satisfiable-field-missing',
  level: 'warning',
  reference: rfc(9110, '15.3.7'),
  says: (e: { field: string }) => `The 206 lacks ${e.field}, which the 200 has.`,
  wants: 'A 206 repeats Date, Cache-Control, Content-Location, ETag, Expires and Vary of the 200.',
  remedy: 'Add the field to answers of every status, because caches put the parts together by them.',
  aka: { redbot: 'MISSING_HDRS_206' },
})

const required = ['Date', 'Cache-Control', 'Content-Location', 'ETag', 'Expires', 'Vary']

interface Seen {
  /** Bytes of the full content. */
  readonly length: number
  readonly status: number
  readonly multipart: boolean
  /** Content-Range as it stands; empty when absent. */
  readonly said: string
  readonly bytes: number
  /** The bytes are those that Content-Range names. */
  readonly right: boolean
  readonly missing: readonly string[]
  /** The page was still the same after a doubtful answer. */
  readonly still: boolean
}

const seen = (more: Partial<Seen> = {}): Seen => ({
  length: 100,
  status: 206,
  multipart: false,
  said: 'bytes 10-19/100',
  bytes: 10,
  right: true,
  missing: [],
  still: true,
  ...more,
})

/** One range from the middle of the content, drawn by the seed. */
export const rangeSatisfiable = probe({
  id: 'http/range-satisfiable',
  rules: [correct, bytesWrong, contentRangeMalformed, totalWrong, ignored, fieldMissing],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask, random } = context
    const without = noPage(context)
    if (without !== undefined) return without
    const length = base.response.bodyBytes
    if (length < 3) return { notApplicable: 'the page is too short to have a middle' }
    // Not from the first byte, and long enough to be no coincidence: a server that sends the beginning must be seen.
    const first = between(random, 1, Math.max(1, length - 17))
    const last = Math.min(length - 1, first + between(random, 15, 96))
    const { response } = await ask({ fields: [['Range', `bytes=${first}-${last}`]] })
    const { fields, status } = response
    if (status !== 206 && !lists(base.response.fields.get('accept-ranges'), 'bytes')) {
      return { notApplicable: 'the page is not served in ranges, and does not say that it is' }
    }
    const said = fields.get('content-range') ?? ''
    const range = parseContentRange(said)
    const right = range?.kind === 'range' && Buffer.compare(slice(base.response.body, range), response.body) === 0
    const doubtful = !right || (range.total !== undefined && range.total !== length)
    return {
      length,
      status,
      multipart: /^multipart\/byteranges/i.test(fields.get('content-type') ?? ''),
      said,
      bytes: response.bodyBytes,
      right,
      missing: required.filter((name) => base.response.fields.has(name) && !fields.has(name)),
      still: doubtful ? await isStill(context) : true,
    }
  },
  *run({ length, status, multipart, said, bytes, right, missing, still }: Seen) {
    if (status !== 206) {
      // 416 and 200 alike: the range lies inside the content, and ranges are advertised.
      if (still && (status === 200 || status === 416)) yield ignored.at('response.status', { status })
      return
    }
    const range = parseContentRange(said)
    if (multipart || range?.kind !== 'range') {
      yield contentRangeMalformed.at('response.fields.content-range', { said: multipart ? 'multipart' : said })
    } else if (still && !right) {
      yield bytesWrong.at('response.body', { said, bytes })
    } else if (still && range.total !== undefined && range.total !== length) {
      yield totalWrong.at('response.fields.content-range', { total: range.total, length })
    } else if (right) {
      yield correct.at('response.body')
    }
    for (const field of missing) yield fieldMissing.at(`response.fields.${field.toLowerCase()}`, { field })
  },
  examples: [
    { title: 'exactly the bytes', given: seen(), yields: [correct] },
    { title: 'the length is not told', given: seen({ said: 'bytes 10-19/*' }), yields: [correct] },
    { title: 'a page that changes by itself', given: seen({ right: false, still: false }), yields: [] },
    { title: 'other bytes', given: seen({ right: false }), yields: [bytesWrong] },
    { title: 'no Content-Range', given: seen({ said: '', right: false }), yields: [contentRangeMalformed] },
    {
      title: 'an impossible one',
      given: seen({ said: 'bytes 19-10/100', right: false }),
      yields: [contentRangeMalformed],
    },
    { title: 'multipart', given: seen({ said: '', multipart: true, right: false }), yields: [contentRangeMalformed] },
    { title: 'a wrong total', given: seen({ said: 'bytes 10-19/1001' }), yields: [totalWrong] },
    { title: 'the whole page', given: seen({ status: 200, said: '', right: false }), yields: [ignored] },
    { title: 'no ETag', given: seen({ missing: ['ETag'] }), yields: [correct, fieldMissing] },
  ],
})

const slice = (body: Uint8Array, { first, last }: ContentRange & { kind: 'range' }): Uint8Array =>
  body.subarray(first, last + 1)
