import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { parseEntityTag, unknownTag } from './support/entity-tag.ts'
import { longAgo, noPage } from './support/page.ts'

const wrongMatched = rule({
  id: 'http/range-if-range-wrong-matched',
  level: 'error',
  reference: rfc(9110, '13.1.5'),
  says: (e: { validator: string }) => `If-Range with ${e.validator} that the page never had is answered 206.`,
  wants: 'When If-Range does not match, Range is ignored and the whole page is sent.',
  remedy: 'Compare If-Range before serving the range; else clients join halves of two versions.',
})

const currentIgnored = rule({
  id: 'http/range-if-range-current-ignored',
  level: 'warning',
  reference: rfc(9110, '13.1.5'),
  says: (e: { etag: string }) => `If-Range: ${e.etag}, the page's own ETag, is answered with the whole page.`,
  wants: 'When If-Range matches, the range is served.',
  remedy: 'Compare If-Range with the ETag that clients are shown; else every resumed download begins again.',
})

interface Seen {
  readonly etag: string | null
  readonly wrongTag: number
  readonly wrongDate: number
  /** Status with the page's own strong ETag; null when it has none. */
  readonly current: number | null
}

const seen = (more: Partial<Seen> = {}): Seen => ({ etag: '"a"', wrongTag: 200, wrongDate: 200, current: 206, ...more })

/** If-Range, where ranges are served. */
export const rangeIfRange = probe({
  id: 'http/range-if-range',
  rules: [wrongMatched, currentIgnored],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    const without = noPage(context)
    if (without !== undefined) return without
    const status = async (validator?: string): Promise<number> => {
      const range = ['Range', 'bytes=0-0'] as const
      const { response } = await ask({
        fields: validator === undefined ? [range] : [range, ['If-Range', validator]],
      })
      return response.status
    }
    if ((await status()) !== 206) return { notApplicable: 'the page is not served in ranges' }
    const etag = base.response.fields.get('etag')
    const strong = parseEntityTag(etag)?.weak === false
    return {
      etag: etag ?? null,
      wrongTag: await status(unknownTag),
      wrongDate: await status(longAgo),
      current: strong && etag !== undefined ? await status(etag) : null,
    }
  },
  *run({ etag, wrongTag, wrongDate, current }: Seen) {
    if (wrongTag === 206) yield wrongMatched.at('wrongTag.status', { validator: 'a tag' })
    if (wrongDate === 206) yield wrongMatched.at('wrongDate.status', { validator: 'a date' })
    if (current === 200 && etag !== null) yield currentIgnored.at('current.status', { etag })
  },
  examples: [
    { title: 'wrong validators bring the page, the right one the range', given: seen(), yields: [] },
    { title: 'no strong tag to compare', given: seen({ etag: null, current: null }), yields: [] },
    { title: 'any tag matches', given: seen({ wrongTag: 206 }), yields: [wrongMatched] },
    { title: 'any date matches', given: seen({ wrongDate: 206 }), yields: [wrongMatched] },
    { title: 'nothing matches', given: seen({ current: 200 }), yields: [currentIgnored] },
  ],
})
