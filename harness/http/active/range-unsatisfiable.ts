import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { parseContentRange } from './support/content-range.ts'
import { isServerFailure } from './support/reaction.ts'
import { isStill, lists, noPage } from './support/page.ts'

const partial = rule({
  id: 'http/range-unsatisfiable-partial',
  level: 'error',
  reference: rfc(9110, '15.5.17'),
  says: (e: { bytes: number }) => `A range past the end of the content is answered 206 with ${e.bytes} bytes.`,
  wants: 'A range past the end is answered 416.',
  remedy: 'Compare the first position with the length before answering.',
})

const ignored = rule({
  id: 'http/range-unsatisfiable-ignored',
  level: 'warning',
  reference: rfc(9110, '15.5.17'),
  says: (e: { status: number }) => `Ranges are served, and one past the end of the content is answered ${e.status}.`,
  wants: 'A range past the end is answered 416.',
  remedy: 'Answer 416 with Content-Range: bytes */LENGTH, so that the client learns the length.',
})

const failed = rule({
  id: 'http/range-unsatisfiable-failed',
  level: 'warning',
  reference: rfc(9110, '15.5.17'),
  says: (e: { status: number }) => `A range past the end of the content breaks the server: ${e.status}.`,
  wants: 'A range past the end is answered 416.',
  remedy: 'Look at the server log; a client must not be able to raise an exception by a header.',
})

// A SHOULD of the RFC; Apache 2.4 as it comes leaves it out.
const lengthMissing = rule({
  id: 'http/range-unsatisfiable-length-missing',
  level: 'warning',
  reference: rfc(9110, '14.4'),
  says: (e: { said: string; length: number }) =>
    `The 416 has Content-Range "${e.said}" for content of ${e.length} bytes.`,
  wants: 'A 416 has Content-Range: bytes */LENGTH.',
  remedy: 'Send the current length with the 416; clients resume from it.',
})

interface Seen {
  readonly length: number
  readonly status: number
  readonly said: string
  readonly bytes: number
  readonly still: boolean
}

const seen = (more: Partial<Seen> = {}): Seen => ({
  length: 100,
  status: 416,
  said: 'bytes */100',
  bytes: 0,
  still: true,
  ...more,
})

/** A range that begins after the last byte. */
export const rangeUnsatisfiable = probe({
  id: 'http/range-unsatisfiable',
  rules: [partial, ignored, failed, lengthMissing],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    const without = noPage(context)
    if (without !== undefined) return without
    const length = base.response.bodyBytes
    const { response } = await ask({ fields: [['Range', `bytes=${length + 1000}-${length + 1099}`]] })
    if (response.status === 200 && !lists(base.response.fields.get('accept-ranges'), 'bytes')) {
      return { notApplicable: 'the page is not served in ranges, and does not say that it is' }
    }
    const said = response.fields.get('content-range') ?? ''
    const range = parseContentRange(said)
    const right = response.status === 416 && range?.kind === 'unsatisfied' && range.total === length
    return {
      length,
      status: response.status,
      said,
      bytes: response.bodyBytes,
      still: right || (await isStill(context)),
    }
  },
  *run({ length, status, said, bytes, still }: Seen) {
    if (isServerFailure(status)) yield failed.at('response.status', { status })
    // Of a page that changes its length from answer to answer nothing can be said.
    if (!still) return
    const range = parseContentRange(said)
    if (status === 206) yield partial.at('response.status', { bytes })
    else if (status === 200) yield ignored.at('response.status', { status })
    else if (status === 416 && (range?.kind !== 'unsatisfied' || range.total !== length)) {
      yield lengthMissing.at('response.fields.content-range', { said, length })
    }
  },
  examples: [
    { title: '416 with the length', given: seen(), yields: [] },
    { title: 'a page that changes by itself', given: seen({ status: 206, still: false }), yields: [] },
    { title: '206 with nothing', given: seen({ status: 206, said: '' }), yields: [partial] },
    { title: 'the whole page', given: seen({ status: 200, said: '', bytes: 100 }), yields: [ignored] },
    { title: 'an exception', given: seen({ status: 500, said: '' }), yields: [failed] },
    { title: 'no length', given: seen({ said: '' }), yields: [lengthMissing] },
    { title: 'another length', given: seen({ said: 'bytes */7' }), yields: [lengthMissing] },
  ],
})
