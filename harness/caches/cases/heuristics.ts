import { rfc } from '../../kernel/index.ts'
import { topic } from '../topic.ts'

const reference = rfc(9111, '4.2.2')
const day = [
  ['Last-Modified', '{start-86400}'],
  ['Date', '{now}'],
] as const
/** Cacheable by default (RFC 9110 section 15.1). */
const byDefault = [200, 203, 204, 404, 405, 410, 414, 501]
const never = [201, 202, 403, 502, 503, 504, 599]
const ages: readonly (readonly [seconds: number, words: string])[] = [
  [5, '5 seconds'],
  [10, '10 seconds'],
  [30, '30 seconds'],
  [60, 'a minute'],
  [300, '5 minutes'],
  [600, '10 minutes'],
  [1200, '20 minutes'],
  [1800, 'half an hour'],
  [3600, 'an hour'],
  [43_200, '12 hours'],
  [86_400, 'a day'],
]

/** Freshness that the cache makes up from Last-Modified. */
export const heuristicsCases = topic({
  id: 'caches/heuristics',
  remedy: 'Say the freshness outright; a cache may make up one only for statuses that are cacheable by default.',
  cases: [
    ...byDefault.map((status) => ({
      name: `status-${status}`,
      title: `A ${status} with a Last-Modified of yesterday is used again for a while.`,
      level: 'optional' as const,
      reference,
      aka: `heuristic-${status}-cached`,
      requests: [{ answer: { status, fields: day } }, { expect: { from: 'cache' as const, status } }],
    })),
    ...never.map((status) => ({
      name: `status-${status}`,
      title: `A ${status}, which is not cacheable by default, is not used again without explicit freshness.`,
      level: 'required' as const,
      reference,
      aka: `heuristic-${status}-not_cached`,
      requests: [
        { answer: { status, fields: day } },
        { answer: { status, fields: day }, expect: { from: 'origin' as const } },
      ],
    })),
    {
      name: 'status-599-public',
      title: 'A 599 marked public is used again for a while by its Last-Modified.',
      level: 'optional',
      reference,
      aka: 'heuristic-599-cached',
      requests: [
        { answer: { status: 599, fields: [...day, ['Cache-Control', 'public']] } },
        { expect: { from: 'cache', status: 599 } },
      ],
    },
    ...ages.map(([seconds, words]) => ({
      name: `age-${seconds}`,
      title: `An answer modified ${words} ago is used again ${seconds <= 30 ? '4 seconds later' : 'at once'}.`,
      level: 'observation' as const,
      reference,
      aka: `heuristic-delta-${seconds}`,
      requests: [
        {
          answer: {
            fields: [
              ['Last-Modified', `{start-${seconds}}`],
              ['Date', '{now}'],
            ] as const,
          },
        },
        {
          // A tenth of half a minute has passed then, and a fifth has not.
          after: seconds <= 30 ? 4 : 0,
          expect: { from: 'cache' as const },
        },
      ],
    })),
    {
      name: 'query',
      title: 'The presence of a query does not keep an answer from heuristic freshness.',
      level: 'observation',
      reference,
      needs: ['caches/heuristics-status-200'],
      requests: [
        { at: '?a=1', answer: { fields: day } },
        { at: '?a=1', expect: { from: 'cache' } },
      ],
    },
    {
      name: 'no-last-modified',
      title: 'An answer with an ETag and no Last-Modified gets no heuristic freshness.',
      level: 'observation',
      reference,
      requests: [{ answer: { fields: [['ETag', '"a"']] } }, { after: 2.5, expect: { from: 'not-cache' } }],
    },
    {
      name: 'last-modified-ahead',
      title: 'A Last-Modified ahead of Date gives no heuristic freshness.',
      level: 'observation',
      reference,
      requests: [
        {
          answer: {
            fields: [
              ['Last-Modified', '{start+86400}'],
              ['Date', '{now}'],
            ],
          },
        },
        { after: 2.5, expect: { from: 'not-cache' } },
      ],
    },
    {
      name: 'content-disposition',
      title: 'A download gets heuristic freshness like any other answer.',
      level: 'observation',
      reference,
      aka: 'other-heuristic-content-disposition-attachment',
      requests: [
        { answer: { fields: [...day, ['Content-Disposition', 'attachment; filename=example.txt']] } },
        { expect: { from: 'cache' } },
      ],
    },
  ],
})
