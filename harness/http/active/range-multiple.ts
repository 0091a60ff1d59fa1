import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { Message, ResponseView } from '../message.ts'
import type { ProbeContext } from '../probe-context.ts'
import type { RangePart } from './support/byteranges.ts'
import { parseByteranges } from './support/byteranges.ts'
import { parseContentRange } from './support/content-range.ts'
import { isStill, noPage } from './support/page.ts'

const correct = rule({
  id: 'http/range-multiple-correct',
  level: 'good',
  reference: rfc(9110, '14.6'),
  says: (e: { parts: number }) => `Two ranges at once are answered with ${e.parts} part(s), exactly those bytes.`,
  wants: 'Each part holds the bytes that its Content-Range names.',
  remedy: 'Nothing to mend.',
})

const bytesWrong = rule({
  id: 'http/range-multiple-bytes-wrong',
  level: 'error',
  reference: rfc(9110, '15.3.7.2'),
  says: (e: { said: string }) =>
    `Of two ranges at once, one part says "${e.said}", and the page has other bytes there.`,
  wants: 'Each part holds the bytes that its Content-Range names.',
  remedy: 'Serve ranges from the very content that a plain GET brings, or answer several at once with the whole page.',
})

const malformed = rule({
  id: 'http/range-multiple-malformed',
  level: 'error',
  reference: rfc(9110, '14.6'),
  says: (e: { why: string }) => `Two ranges at once are answered by a 206 that cannot be taken apart: ${e.why}.`,
  wants: 'Several ranges come as multipart/byteranges with a boundary, and Content-Range in every part.',
  remedy: 'Leave ranges to the web server, or answer several at once with the whole page.',
})

const outerContentRange = rule({
  id: 'http/range-multiple-outer-content-range',
  level: 'warning',
  reference: rfc(9110, '15.3.7.2'),
  says: (e: { said: string }) => `A multipart 206 carries Content-Range: ${e.said} in its own head.`,
  wants: 'With several parts, Content-Range stands in the parts alone.',
  remedy: 'Drop it; whoever reads the head takes the boundaries for bytes of the page.',
})

const refused = rule({
  id: 'http/range-multiple-refused',
  level: 'warning',
  reference: rfc(9110, '14.2'),
  says: (e: { status: number }) => `Two ranges that lie inside the page are answered ${e.status}.`,
  wants: 'A server that does not serve several ranges at once ignores them and sends the whole page.',
  remedy: 'Answer 200 with the whole page when a Range holds more than is served.',
})

interface Seen {
  readonly status: number
  /** Parts, one for a plain 206; or why the content could not be taken apart. */
  readonly parts: number | string
  /** Content-Range of a part that holds other bytes. */
  readonly wrong: string | null
  /** Content-Range of the answer to a multipart content. */
  readonly outer: string | null
  /** The page was still the same after a doubtful answer. */
  readonly still: boolean
}

const seen = (more: Partial<Seen> = {}): Seen => ({
  status: 206,
  parts: 2,
  wrong: null,
  outer: null,
  still: true,
  ...more,
})

/** The first and the last bytes of the page in one request. The whole page is as good an answer. */
export const rangeMultiple = probe({
  id: 'http/range-multiple',
  rules: [correct, bytesWrong, malformed, outerContentRange, refused],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    const without = noPage(context)
    if (without !== undefined) return without
    const length = base.response.bodyBytes
    if (length < 40) return { notApplicable: 'the page is too short for two ranges apart from each other' }
    const { response } = await ask({ fields: [['Range', `bytes=0-9,${length - 10}-${length - 1}`]] })
    if (response.status === 200) return { notApplicable: 'several ranges at once bring the whole page, as they may' }
    const type = response.fields.get('content-type') ?? ''
    const multipart = /^multipart\/byteranges/i.test(type)
    const parts =
      response.status !== 206 ? 'no 206' : multipart ? parseByteranges(type, response.body) : single(response)
    const unplaced = typeof parts === 'string' ? parts : parts.some(({ range }) => range === undefined) ? noPlace : null
    const wrong = typeof parts === 'string' ? undefined : parts.find((part) => !isRight(part, base))
    const doubtful = unplaced !== null || wrong !== undefined
    return {
      status: response.status,
      parts: unplaced ?? parts.length,
      wrong: wrong?.said ?? null,
      outer: multipart ? (response.fields.get('content-range') ?? null) : null,
      still: doubtful ? await isStill(context) : true,
    }
  },
  *run({ status, parts, wrong, outer, still }: Seen) {
    if (status !== 206) {
      if (still && (status === 416 || status >= 500)) yield refused.at('response.status', { status })
      return
    }
    if (typeof parts === 'string') yield malformed.at('response.body', { why: parts })
    else if (wrong === null) yield correct.at('response.body', { parts })
    else if (still) yield bytesWrong.at('response.body', { said: wrong })
    if (outer !== null) yield outerContentRange.at('response.fields.content-range', { said: outer })
  },
  examples: [
    { title: 'both parts', given: seen(), yields: [correct] },
    { title: 'one part, joined or chosen', given: seen({ parts: 1 }), yields: [correct] },
    { title: 'a page that changes by itself', given: seen({ wrong: 'bytes 0-9/99', still: false }), yields: [] },
    { title: 'somebody is not allowed to ask so', given: seen({ status: 403, parts: 'no 206' }), yields: [] },
    { title: 'other bytes', given: seen({ wrong: 'bytes 0-9/99' }), yields: [bytesWrong] },
    { title: 'no boundary', given: seen({ parts: 'Content-Type has no boundary' }), yields: [malformed] },
    { title: 'a place for the whole', given: seen({ outer: 'bytes 0-9/99' }), yields: [correct, outerContentRange] },
    { title: 'no such ranges', given: seen({ status: 416, parts: 'no 206' }), yields: [refused] },
  ],
})

const noPlace = 'a part has no Content-Range'

/** Joined ranges, or the one that the server chose to send. */
function single({ fields, body }: ResponseView): readonly RangePart[] {
  const said = fields.get('content-range') ?? ''
  const range = parseContentRange(said)
  return [{ said, range: range?.kind === 'range' ? range : undefined, bytes: body }]
}

function isRight({ range, bytes }: RangePart, { response }: Message): boolean {
  if (range === undefined) return true
  const total = range.total ?? response.bodyBytes
  return (
    total === response.bodyBytes && Buffer.compare(bytes, response.body.subarray(range.first, range.last + 1)) === 0
  )
}
