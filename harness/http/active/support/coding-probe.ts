import { probe, rfc, rule } from '../../../kernel/index.ts'
import type { NotApplicable } from '../../../kernel/index.ts'
import { isSharedFresh, isUnstorable } from '../../cacheability.ts'
import type { ProbeContext } from '../../probe-context.ts'
import { codedPage, codingOf } from './coded-page.ts'
import { stronglyEqual } from './entity-tag.ts'
import { essence, isStill, noPage, varies } from './page.ts'

export interface Seen {
  /** Bytes of the content without coding, and with it. */
  readonly plainBytes: number
  readonly codedBytes: number
  readonly status: number
  /** A coding other than the one that was accepted. */
  readonly unasked: string | null
  readonly plainType: string
  readonly type: string
  /** What became of decoding: `same`, `different`, or why it could not be decoded. */
  readonly content: string
  /** The uncoded page was still the same after the coded one. */
  readonly still: boolean
  /** Both answers carry this same strong ETag. */
  readonly sharedTag: string | null
  readonly varies: { readonly plain: boolean; readonly coded: boolean }
  readonly caching: 'explicit' | 'heuristic' | 'forbidden'
}

const seen = (more: Partial<Seen> = {}): Seen => ({
  plainBytes: 4000,
  codedBytes: 1000,
  status: 200,
  unasked: null,
  plainType: 'text/html',
  type: 'text/html',
  content: 'same',
  still: true,
  sharedTag: null,
  varies: { plain: true, coded: true },
  caching: 'explicit',
  ...more,
})

/**
 * A probe for one content coding: asks for the page with only that coding and compares it with
 * the uncoded page. `name` is the file's name, `coding` the token in Accept-Encoding.
 */
export function codingProbe<const Name extends string>(name: Name, coding: string) {
  const used = rule({
    id: `http/${name}-used`,
    level: 'good',
    reference: rfc(9110, '12.5.3'),
    says: (e: { plainBytes: number; codedBytes: number }) =>
      `${coding} shrinks the content from ${e.plainBytes} to ${e.codedBytes} bytes.`,
    wants: 'Text travels compressed.',
    remedy: 'Nothing to mend.',
    aka: { redbot: 'CONNEG_GZIP_GOOD' },
  })
  const corrupt = rule({
    id: `http/${name}-corrupt`,
    level: 'error',
    reference: rfc(9110, '8.4'),
    says: (e: { why: string }) => `The content is said to be ${coding} and cannot be decoded: ${e.why}.`,
    wants: 'Content-Encoding names what was really done to the content.',
    remedy: 'Compress once, in one place, and set Content-Encoding there.',
    aka: { redbot: 'BAD_GZIP' },
  })
  const unasked = rule({
    id: `http/${name}-unasked`,
    level: 'error',
    reference: rfc(9110, '12.5.3'),
    says: (e: { coding: string }) => `Only ${coding} is accepted, and the page comes with the coding "${e.coding}".`,
    wants: 'A page comes in a coding that the request accepts, or in none.',
    remedy: `Choose the coding by Accept-Encoding, and name it as it is registered: ${coding}.`,
  })
  const contentDifferent = rule({
    id: `http/${name}-content-different`,
    level: 'error',
    reference: rfc(9110, '8.4'),
    says: () => `Decoded from ${coding}, the content is not that of the uncoded page.`,
    wants: 'A coding changes how content travels, not what it is.',
    remedy: 'Make precompressed files anew whenever the original changes.',
    aka: { redbot: 'VARY_BODY_MISMATCH' },
  })
  const varyMissing = rule({
    id: `http/${name}-vary-missing`,
    level: 'error',
    reference: rfc(9110, '12.5.5'),
    says: () =>
      `The page is sent as ${coding} on request and shared caches may keep it, but Vary lacks Accept-Encoding.`,
    wants: 'An answer chosen by Accept-Encoding says Vary: Accept-Encoding.',
    remedy: 'Add Vary: Accept-Encoding (nginx: gzip_vary on), else caches hand it to clients that cannot read it.',
    aka: { redbot: 'CONNEG_NO_VARY' },
  })
  // Debian's nginx compresses without Vary as it comes, and sends no lifetime: a hazard, less than certain.
  const varyAbsent = rule({
    id: `http/${name}-vary-absent`,
    level: 'warning',
    reference: rfc(9110, '12.5.5'),
    says: () => `The page is sent as ${coding} on request; it names no lifetime, and Vary lacks Accept-Encoding.`,
    wants: 'An answer chosen by Accept-Encoding says Vary: Accept-Encoding.',
    remedy: 'Add Vary: Accept-Encoding (nginx: gzip_vary on), else caches may hand it to clients that cannot read it.',
    aka: { redbot: 'CONNEG_NO_VARY' },
  })
  const varyInconsistent = rule({
    id: `http/${name}-vary-inconsistent`,
    level: 'warning',
    reference: rfc(9110, '12.5.5'),
    says: () => `Vary names Accept-Encoding on the ${coding} answer and not on the uncoded one.`,
    wants: 'Every answer of a page that is negotiated says so.',
    remedy: 'Add Vary: Accept-Encoding to the uncoded answer too, else a cache serves it to everybody.',
    aka: { redbot: 'VARY_INCONSISTENT' },
  })
  const etagShared = rule({
    id: `http/${name}-etag-shared`,
    level: 'error',
    reference: rfc(9110, '8.8.3.3'),
    says: (e: { etag: string }) => `The uncoded and the ${coding} content carry the same strong ETag ${e.etag}.`,
    wants: 'Each coding of a page has an ETag of its own, or a weak one.',
    remedy: 'Weaken the tag (W/) or give it a suffix where the content is compressed; else ranges are joined wrongly.',
    aka: { redbot: 'VARY_ETAG_DOESNT_CHANGE' },
  })
  const larger = rule({
    id: `http/${name}-larger`,
    level: 'warning',
    reference: rfc(9110, '12.5.3'),
    says: (e: { plainBytes: number; codedBytes: number }) =>
      `${coding} makes the content larger: ${e.codedBytes} bytes instead of ${e.plainBytes}.`,
    wants: 'Only what becomes smaller is compressed.',
    remedy: 'Set a smallest size for compression, and leave out types that are compressed already.',
    aka: { redbot: 'CONNEG_GZIP_BAD' },
  })
  const typeDifferent = rule({
    id: `http/${name}-type-different`,
    level: 'warning',
    reference: rfc(9110, '8.4'),
    says: (e: { plain: string; coded: string }) =>
      `Content-Type is "${e.coded}" with ${coding} and "${e.plain}" without.`,
    wants: 'Content-Type names the content before coding.',
    remedy: 'Set Content-Type from the original file; the coding belongs into Content-Encoding.',
    aka: { redbot: 'VARY_HEADER_MISMATCH' },
  })
  const statusDifferent = rule({
    id: `http/${name}-status-different`,
    level: 'warning',
    reference: rfc(9110, '12.5.3'),
    says: (e: { status: number }) => `The page answers 200, and ${e.status} when ${coding} is accepted.`,
    wants: 'Accept-Encoding changes the coding of a page, not its status.',
    remedy: 'Look at what stands between compression and the page.',
    aka: { redbot: 'VARY_STATUS_MISMATCH' },
  })

  return probe({
    id: `http/${name}`,
    rules: [
      used,
      corrupt,
      unasked,
      contentDifferent,
      varyMissing,
      varyAbsent,
      varyInconsistent,
      etagShared,
      larger,
      typeDifferent,
      statusDifferent,
    ],
    async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
      const without = noPage(context)
      if (without !== undefined) return without
      return compare(context, coding)
    },
    *run(answer: Seen) {
      const { plainBytes, codedBytes, status, content, caching } = answer
      if (status !== 200) {
        if (answer.still) yield statusDifferent.at('response.status', { status })
        return
      }
      if (answer.unasked !== null) {
        yield unasked.at('response.fields.content-encoding', { coding: answer.unasked })
        return
      }
      if (content === 'different') {
        if (answer.still) yield contentDifferent.at('response.body')
      } else if (content !== 'same') yield corrupt.at('response.body', { why: content })
      else if (codedBytes > plainBytes) yield larger.at('response.body', { plainBytes, codedBytes })
      else yield used.at('response.body', { plainBytes, codedBytes })
      if (!answer.varies.coded) {
        if (caching === 'explicit') yield varyMissing.at('response.fields.vary')
        if (caching === 'heuristic') yield varyAbsent.at('response.fields.vary')
      } else if (!answer.varies.plain && caching !== 'forbidden') yield varyInconsistent.at('response.fields.vary')
      if (answer.sharedTag !== null) yield etagShared.at('response.fields.etag', { etag: answer.sharedTag })
      if (answer.type !== answer.plainType) {
        yield typeDifferent.at('response.fields.content-type', { plain: answer.plainType, coded: answer.type })
      }
    },
    examples: [
      { title: 'smaller, and all told', given: seen(), yields: [used] },
      { title: 'a page that changes by itself', given: seen({ content: 'different', still: false }), yields: [] },
      {
        title: 'no cache may keep it, so that Vary is of no use',
        given: seen({ varies: { plain: false, coded: false }, caching: 'forbidden' }),
        yields: [used],
      },
      { title: 'not what it says', given: seen({ content: 'incorrect header' }), yields: [corrupt] },
      { title: 'a name that nobody knows', given: seen({ unasked: 'zipped' }), yields: [unasked] },
      { title: 'an old precompressed file', given: seen({ content: 'different' }), yields: [contentDifferent] },
      {
        title: 'cacheable without Vary',
        given: seen({ varies: { plain: false, coded: false } }),
        yields: [used, varyMissing],
      },
      {
        title: 'without Vary and without a lifetime',
        given: seen({ varies: { plain: false, coded: false }, caching: 'heuristic' }),
        yields: [used, varyAbsent],
      },
      {
        title: 'Vary only on the coded answer',
        given: seen({ varies: { plain: false, coded: true } }),
        yields: [used, varyInconsistent],
      },
      { title: 'one strong tag for both', given: seen({ sharedTag: '"a"' }), yields: [used, etagShared] },
      { title: 'a tiny page grows', given: seen({ plainBytes: 10, codedBytes: 30 }), yields: [larger] },
      { title: 'the type of an archive', given: seen({ type: 'application/gzip' }), yields: [used, typeDifferent] },
      { title: 'not acceptable', given: seen({ status: 406 }), yields: [statusDifferent] },
    ],
  })
}

async function compare(context: ProbeContext, coding: string): Promise<Seen | NotApplicable> {
  const { base } = context
  const plain = base.response
  if (plain.fields.has('content-encoding')) return { notApplicable: 'the page is coded even when nobody asks for it' }
  const answer = await codedPage(context, coding)
  const { response } = answer
  const coded = codingOf(answer)
  if (response.status === 200 && coded === '') return { notApplicable: `the server does not offer ${coding} here` }
  if (!response.complete) return { notApplicable: 'the coded page is longer than what is kept of it' }
  const { decoded } = response
  const same = decoded.state === 'decoded' && Buffer.compare(decoded.body, plain.body) === 0
  const content = same ? 'same' : decoded.state === 'decoded' ? 'different' : whyNot(decoded)
  const etag = plain.fields.get('etag')
  return {
    plainBytes: plain.bodyBytes,
    codedBytes: response.bodyBytes,
    status: response.status,
    unasked: coded === coding || coded === '' ? null : coded,
    plainType: essence(base),
    type: essence(answer),
    content,
    still: (same && response.status === 200) || (await isStill(context)),
    sharedTag: etag !== undefined && stronglyEqual(etag, response.fields.get('etag')) ? etag : null,
    varies: { plain: varies(plain.fields, 'accept-encoding'), coded: varies(response.fields, 'accept-encoding') },
    caching: isUnstorable(answer) ? 'forbidden' : isSharedFresh(answer) ? 'explicit' : 'heuristic',
  }
}

function whyNot(decoded: { readonly state: string; readonly why?: string }): string {
  return decoded.why ?? decoded.state
}
