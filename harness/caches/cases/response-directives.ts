import type { FieldPairs } from '../case.ts'
import { answered } from '../patterns/answered-with.ts'
import { topic } from '../topic.ts'

const expires: FieldPairs = [
  ['Expires', '{now+10000}'],
  ['Date', '{now}'],
]

/** Response directives other than those of the lifetime. */
export const responseDirectiveCases = topic({
  id: 'caches/response-directives',
  remedy: 'Let no setting of the cache outrank no-store, no-cache, private and must-revalidate of the origin.',
  cases: [
    answered(
      'no-cache',
      'no-cache outranks max-age and Expires.',
      '5.2.2.4',
      [['Cache-Control', 'max-age=10000, no-cache'], ...expires],
      { from: 'origin' },
      { aka: 'cc-resp-no-cache' },
    ),
    answered(
      'no-cache-case',
      'No-CaChE outranks max-age and Expires.',
      '5.2.2.4',
      [['Cache-Control', 'max-age=10000, No-CaChE'], ...expires],
      { from: 'origin' },
      { aka: 'cc-resp-no-cache-case-insensitive' },
    ),
    answered(
      'no-cache-alone',
      'What is marked no-cache is not used without asking.',
      '5.2.2.4',
      [['Cache-Control', 'no-cache']],
      { from: 'origin' },
    ),
    answered(
      'no-cache-validated',
      'What is marked no-cache is stored, and validated before each use.',
      '5.2.2.4',
      [
        ['Cache-Control', 'no-cache'],
        ['ETag', '"abcd"'],
      ],
      { from: 'validation' },
      { level: 'optional', aka: 'cc-resp-no-cache-revalidate' },
    ),
    answered(
      'no-cache-validated-fresh',
      'What is marked no-cache is validated though max-age and Expires make it fresh.',
      '5.2.2.4',
      [['Cache-Control', 'max-age=10000, no-cache'], ['ETag', '"abcd"'], ...expires],
      { from: 'validation' },
      { level: 'optional', aka: 'cc-resp-no-cache-revalidate-fresh' },
    ),
    answered(
      'no-cache-field',
      'A field named by no-cache is left out of a stored answer.',
      '5.2.2.4',
      [],
      {},
      {
        level: 'observation',
        aka: 'headers-omit-headers-listed-in-Cache-Control-no-cache-single',
        requests: [
          {
            answer: {
              fields: [
                ['Cache-Control', 'no-cache="a"'],
                ['Cache-Control', 'max-age=3600'],
                ['a', '1'],
                ['b', '2'],
              ],
            },
          },
          { given: { from: 'cache', kept: ['b'] }, expect: { absent: ['a'] } },
        ],
      },
    ),
    answered(
      'no-cache-fields',
      'Fields named by no-cache are left out of a stored answer.',
      '5.2.2.4',
      [],
      {},
      {
        level: 'observation',
        aka: 'headers-omit-headers-listed-in-Cache-Control-no-cache',
        requests: [
          {
            answer: {
              fields: [
                ['Cache-Control', 'no-cache="a, b"'],
                ['Cache-Control', 'max-age=3600'],
                ['a', '1'],
                ['b', '2'],
                ['c', '3'],
              ],
            },
          },
          { given: { from: 'cache', kept: ['c'] }, expect: { absent: ['a', 'b'] } },
        ],
      },
    ),
    answered(
      'must-revalidate-fresh',
      'What is marked must-revalidate is used again while it is fresh.',
      '5.2.2.2',
      [
        ['Cache-Control', 'max-age=10000, must-revalidate'],
        ['ETag', '"abcd"'],
      ],
      { from: 'cache' },
      { level: 'optional', aka: 'cc-resp-must-revalidate-fresh' },
    ),
    answered(
      'must-revalidate-stale',
      'What is marked must-revalidate is validated when it is stale.',
      '5.2.2.2',
      [
        ['Cache-Control', 'max-age=1, must-revalidate'],
        ['ETag', '"abcd"'],
      ],
      { from: 'validation' },
      { aka: 'cc-resp-must-revalidate-stale', again: { after: 2.5 } },
    ),
    answered(
      'proxy-revalidate-stale',
      'What is marked proxy-revalidate is validated when it is stale.',
      '5.2.2.8',
      [
        ['Cache-Control', 'max-age=1, proxy-revalidate'],
        ['ETag', '"abcd"'],
      ],
      { from: 'validation' },
      { again: { after: 2.5 } },
    ),
    answered(
      'no-transform',
      'no-transform does not keep an answer from being used again.',
      '5.2.2.6',
      [['Cache-Control', 'no-transform, max-age=3600']],
      { from: 'cache' },
      { level: 'optional' },
    ),
    answered(
      'immutable',
      'immutable does not keep an answer from being used again.',
      '5.2.3',
      [['Cache-Control', 'immutable, max-age=3600']],
      { from: 'cache' },
      { level: 'optional' },
    ),
    answered(
      'immutable-stale',
      'What is marked immutable is validated when it is stale.',
      '4.2.4',
      [
        ['Cache-Control', 'max-age=1, immutable'],
        ['ETag', '"abcd"'],
      ],
      { from: 'validation' },
      { level: 'optional', again: { after: 2.5 } },
    ),
    answered(
      'fresh-content-disposition',
      'A download with max-age is used again.',
      '4.2',
      [
        ['Cache-Control', 'max-age=3600'],
        ['Content-Disposition', 'attachment; filename=example.txt'],
      ],
      { from: 'cache' },
      { level: 'observation', aka: 'other-fresh-content-disposition-attachment' },
    ),
  ],
})
