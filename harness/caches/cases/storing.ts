import { rfc } from '../../kernel/index.ts'
import type { FieldPairs } from '../case.ts'
import { answered } from '../patterns/answered-with.ts'
import { topic } from '../topic.ts'

const expires: FieldPairs = [
  ['Expires', '{now+10000}'],
  ['Date', '{now}'],
]

/** Directives that decide whether an answer is stored at all. */
export const storingCases = topic({
  id: 'caches/storing',
  remedy: 'Let no setting of the cache outrank private and no-store of the origin.',
  cases: [
    answered(
      'private',
      'A shared cache does not store what is private.',
      '5.2.2.7',
      [['Cache-Control', 'private, max-age=3600']],
      { from: 'origin' },
      { aka: 'cc-resp-private-shared' },
    ),
    answered(
      'private-case',
      'A shared cache does not store what is PrIvAtE.',
      '5.2.2.7',
      [['Cache-Control', 'PrIvAtE, max-age=3600']],
      { from: 'origin' },
    ),
    answered(
      'private-last',
      'private counts behind max-age too.',
      '5.2.2.7',
      [['Cache-Control', 'max-age=3600, private']],
      { from: 'origin' },
    ),
    answered('private-expires', 'private outranks Expires.', '5.2.2.7', [['Cache-Control', 'private'], ...expires], {
      from: 'origin',
    }),
    answered(
      'private-s-maxage',
      'private outranks s-maxage.',
      '5.2.2.7',
      [['Cache-Control', 'private, s-maxage=3600']],
      { from: 'origin' },
    ),
    answered(
      'private-fields',
      'A field named by private is not given to others.',
      '5.2.2.7',
      [
        ['Cache-Control', 'private="X-Own", max-age=3600'],
        ['X-Own', '1'],
      ],
      { absent: ['X-Own'] },
      {
        level: 'observation',
        requests: [
          {
            answer: {
              fields: [
                ['Cache-Control', 'private="X-Own", max-age=3600'],
                ['X-Own', '1'],
              ],
            },
          },
          { given: { from: 'cache' }, expect: { absent: ['X-Own'] } },
        ],
      },
    ),
    answered(
      'no-store',
      'What is marked no-store is not stored.',
      '5.2.2.5',
      [['Cache-Control', 'no-store']],
      { from: 'origin' },
      { aka: 'cc-resp-no-store' },
    ),
    answered(
      'no-store-case',
      'What is marked nO-StOrE is not stored.',
      '5.2.2.5',
      [['Cache-Control', 'No-StOrE']],
      { from: 'origin' },
      { aka: 'cc-resp-no-store-case-insensitive' },
    ),
    answered(
      'no-store-fresh',
      'no-store outranks max-age and Expires.',
      '5.2.2.5',
      [['Cache-Control', 'max-age=10000, no-store'], ...expires],
      { from: 'origin' },
      { aka: 'cc-resp-no-store-fresh' },
    ),
    answered(
      'no-store-public',
      'no-store outranks public.',
      '5.2.2.5',
      [['Cache-Control', 'public, no-store, s-maxage=3600']],
      { from: 'origin' },
    ),
    answered(
      'no-store-validators',
      'no-store outranks validators.',
      '5.2.2.5',
      [
        ['Cache-Control', 'no-store'],
        ['ETag', '"a"'],
        ['Last-Modified', '{start-10000}'],
      ],
      { from: 'origin' },
    ),
    answered(
      'public',
      'public does not keep an answer from being used again.',
      '5.2.2.9',
      [['Cache-Control', 'public, max-age=3600']],
      { from: 'cache' },
      { level: 'optional' },
    ),
    answered(
      'must-understand',
      'must-understand with no-store lets a cache store a status that it knows.',
      '5.2.2.3',
      [['Cache-Control', 'must-understand, no-store, max-age=3600']],
      { from: 'cache' },
      { level: 'optional', aka: 'status-200-must-understand' },
    ),
    answered(
      'must-understand-unknown',
      'must-understand keeps a status that nobody knows out of the store.',
      '5.2.2.3',
      [],
      {},
      {
        aka: 'status-599-must-understand',
        requests: [
          { answer: { status: 599, fields: [['Cache-Control', 'must-understand, no-store, max-age=3600']] } },
          { answer: { status: 599 }, expect: { from: 'origin' } },
        ],
      },
    ),
    ...(['no-store', 'no-store, max-age=0'] as const).map((directives, index) => ({
      name: index === 0 ? 'no-store-newer' : 'no-store-newer-stale',
      title: `A newer answer with ${directives} leaves the stored one in use.`,
      level: 'observation' as const,
      reference: rfc(9111, '5.2.2.5'),
      aka: index === 0 ? 'cc-resp-no-store-old-new' : 'cc-resp-no-store-old-max-age',
      needs: ['caches/request-directives-no-cache', 'caches/storing-no-store'] as const,
      requests: [
        { answer: { fields: [['Cache-Control', 'max-age=10000']] as const } },
        {
          fields: [['Cache-Control', 'no-cache']] as const,
          answer: { fields: [['Cache-Control', directives]] as const },
          given: { from: 'origin' as const },
        },
        { expect: { from: 'cache' as const, answerOf: 1 } },
      ],
    })),
  ],
})
