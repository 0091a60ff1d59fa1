import { rfc } from '../../kernel/index.ts'
import { topic } from '../topic.ts'

const freshness = rfc(9111, '4.2')
const maxAge = rfc(9111, '5.2.2.1')

/** Explicit freshness: who counts, for how long, and which of two counts. */
export const freshnessCases = topic({
  id: 'caches/freshness',
  remedy: 'Let the cache take the lifetime from s-maxage, max-age or Expires, in this order, and count the Age in.',
  cases: [
    {
      name: 'max-age',
      title: 'An answer with max-age is used again while it is fresh.',
      level: 'optional',
      reference: maxAge,
      aka: 'freshness-max-age',
      requests: [{ answer: { fields: [['Cache-Control', 'max-age=3600']] } }, { expect: { from: 'cache' } }],
    },
    {
      name: 'max-age-stale',
      title: 'An answer older than its max-age is not used without asking the origin.',
      level: 'required',
      reference: freshness,
      aka: 'freshness-max-age-stale',
      needs: ['caches/freshness-max-age'],
      requests: [
        { answer: { fields: [['Cache-Control', 'max-age=1']] } },
        { after: 2.5, expect: { from: 'origin' } },
      ],
    },
  ],
})
