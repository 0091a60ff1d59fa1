import { rfc } from '../../kernel/index.ts'
import { topic } from '../topic.ts'

const reference = rfc(9111, '3')
const known = [200, 203, 204, 299, 301, 302, 303, 307, 308, 400, 404, 410, 499, 500, 502, 503, 504, 599]
/** Not in the lists of others. */
const more = [201, 202, 206, 300, 401, 403, 405, 406, 413, 414, 429, 451, 501]
const fresh = [['Cache-Control', 'max-age=3600']] as const

/** Which statuses are stored when the origin says for how long. */
export const statusCases = topic({
  id: 'caches/status',
  remedy: 'Let the cache store every status whose freshness is said outright, and none beyond it.',
  cases: [
    ...known.flatMap((status) => [
      {
        name: `${status}-fresh`,
        title: `A ${status} with explicit freshness is used again.`,
        level: 'optional' as const,
        reference,
        aka: `status-${status}-fresh`,
        requests: [
          { answer: { status, fields: [...fresh, ['Last-Modified', '{start}']] as const } },
          { answer: { status }, expect: { from: 'cache' as const, status } },
        ],
      },
      {
        name: `${status}-stale`,
        title: `A ${status} whose Expires has passed is not used again.`,
        level: 'required' as const,
        reference: rfc(9111, '4.2.4'),
        aka: `status-${status}-stale`,
        requests: [
          {
            answer: {
              status,
              fields: [
                ['Expires', '{now-5000}'],
                ['Date', '{now}'],
              ] as const,
            },
          },
          // Answered well now: whether an error makes a cache fall back on what is stale, is another matter.
          { expect: { from: 'not-cache' as const } },
        ],
      },
    ]),
    ...more.map((status) => ({
      name: `${status}-fresh`,
      title:
        status === 206
          ? 'A 206 that nobody asked for is not used again.'
          : `A ${status} with explicit freshness is used again.`,
      level: 'observation' as const,
      reference,
      requests: [
        {
          answer: {
            status,
            fields: [...fresh, ...(status === 206 ? [['Content-Range', 'bytes 0-4/10'] as const] : [])],
          },
        },
        { answer: { status }, expect: { from: status === 206 ? ('not-cache' as const) : ('cache' as const) } },
      ],
    })),
    {
      name: '404-replaced',
      title: 'A 404 without freshness takes no stored answer away from others.',
      level: 'observation',
      reference,
      needs: ['caches/request-directives-no-cache'],
      requests: [
        { answer: { fields: fresh } },
        {
          fields: [['Cache-Control', 'no-cache']],
          answer: { status: 404, fields: [['Cache-Control', 'no-store']] },
          given: { from: 'origin' },
        },
        { expect: { from: 'cache', status: 200 } },
      ],
    },
    {
      name: 'redirect-location',
      title: 'A redirect out of the store has its Location.',
      level: 'required',
      reference,
      needs: ['caches/status-301-fresh'],
      requests: [
        { answer: { status: 301, fields: [...fresh, ['Location', '{here}/elsewhere']] } },
        { given: { from: 'cache' }, expect: { kept: ['Location'], status: 301 } },
      ],
    },
  ],
})
