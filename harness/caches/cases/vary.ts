import { rfc } from '../../kernel/index.ts'
import type { CaseRequest } from '../case.ts'
import { varying } from '../patterns/varying.ts'
import { topic } from '../topic.ts'

const reference = rfc(9111, '4.1')
const hour = ['Cache-Control', 'max-age=5000'] as const

const several = (values: readonly string[], asks: readonly CaseRequest[]): CaseRequest[] => [
  ...values.map((value) => ({
    fields: [['Foo', value]] as const,
    answer: { fields: [hour, ['Vary', 'Foo']] as const },
    given: { from: 'origin' as const },
  })),
  ...asks,
]

/** Which stored answer suits a request. */
export const varyCases = topic({
  id: 'caches/vary',
  remedy: 'Let the cache take every field that Vary names into its key, or not store what varies.',
  cases: [
    varying(
      'match',
      'An answer that varies is used again where the named field is the same.',
      'Foo',
      [['Foo', '1']],
      [['Foo', '1']],
      'cache',
      { aka: 'vary-match' },
    ),
    varying(
      'no-match',
      'An answer that varies is not used where the named field differs.',
      'Foo',
      [['Foo', '1']],
      [['Foo', '2']],
      'origin',
      { aka: 'vary-no-match' },
    ),
    varying(
      'omitted',
      'An answer that varies is not used where the named field is missing.',
      'Foo',
      [['Foo', '1']],
      [],
      'origin',
      { aka: 'vary-omit' },
    ),
    varying(
      'omitted-first',
      'An answer to a request without the named field is not used where the field is there.',
      'Foo',
      [],
      [['Foo', '1']],
      'origin',
      { aka: 'vary-omit-stored' },
    ),
    varying(
      'omitted-both',
      'An answer to a request without the named field is used again where it is missing too.',
      'Foo',
      [],
      [],
      'cache',
    ),
    varying(
      'unnamed-field',
      'A field that Vary does not name does not matter.',
      'Foo',
      [
        ['Foo', '1'],
        ['Other', '2'],
      ],
      [
        ['Foo', '1'],
        ['Other', '3'],
      ],
      'cache',
      { aka: 'vary-cache-key' },
    ),
    varying(
      'accept-encoding',
      'Vary: Accept-Encoding keeps codings apart.',
      'Accept-Encoding',
      [['Accept-Encoding', 'br']],
      [['Accept-Encoding', 'identity']],
      'origin',
    ),
    varying(
      'cookie',
      'Vary: Cookie keeps the answers of two users apart.',
      'Cookie',
      [['Cookie', 'user=1']],
      [['Cookie', 'user=2']],
      'origin',
    ),
    varying(
      'user-agent',
      'Vary: User-Agent keeps browsers apart.',
      'User-Agent',
      [['User-Agent', 'one']],
      [['User-Agent', 'two']],
      'origin',
    ),
    varying(
      'origin-field',
      'Vary: Origin keeps the answers for two origins apart.',
      'Origin',
      [['Origin', 'https://a.test']],
      [['Origin', 'https://b.test']],
      'origin',
    ),
    {
      name: 'both-kept',
      title: 'A second answer that varies leaves the first in use.',
      level: 'optional',
      reference,
      aka: 'vary-invalidate',
      needs: ['caches/vary-match', 'caches/vary-no-match'],
      requests: several(['1', '2'], [{ fields: [['Foo', '1']], expect: { from: 'cache', answerOf: 1 } }]),
    },
    {
      name: 'three-kept',
      title: 'Three answers that vary are stored side by side, and each is found again.',
      level: 'optional',
      reference,
      needs: ['caches/vary-both-kept'],
      requests: several(
        ['1', '2', '3'],
        [
          { fields: [['Foo', '2']], expect: { from: 'cache', answerOf: 2 } },
          { fields: [['Foo', '3']], expect: { from: 'cache', answerOf: 3 } },
          { fields: [['Foo', '1']], expect: { from: 'cache', answerOf: 1 } },
        ],
      ),
    },
    {
      name: 'later',
      title: 'An answer that varies does not take the place of one that does not, for those whom it does not suit.',
      level: 'observation',
      reference,
      needs: ['caches/vary-match'],
      requests: [
        {
          fields: [
            ['Foo', '1'],
            ['Cache-Control', 'no-cache'],
          ],
          answer: { fields: [hour] },
          given: { from: 'origin' },
        },
        {
          fields: [
            ['Foo', '2'],
            ['Cache-Control', 'no-cache'],
          ],
          answer: { fields: [hour, ['Vary', 'Foo']] },
          given: { from: 'origin' },
        },
        { fields: [['Foo', '3']], expect: { from: 'not-cache' } },
      ],
    },
  ],
})
