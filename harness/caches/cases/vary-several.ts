import { varying } from '../patterns/varying.ts'
import { topic } from '../topic.ts'

/** Answers that vary by more than one field. */
export const varySeveralCases = topic({
  id: 'caches/vary-several',
  remedy: 'Let the cache take every field that Vary names into its key, or not store what varies.',
  cases: [
    varying(
      'two-match',
      'Of two named fields both are the same: the answer is used again.',
      'Foo, Bar',
      [
        ['Foo', '1'],
        ['Bar', 'abc'],
      ],
      [
        ['Foo', '1'],
        ['Bar', 'abc'],
      ],
      'cache',
      { aka: 'vary-2-match' },
    ),
    varying(
      'two-no-match',
      'Of two named fields the first differs: the answer is not used.',
      'Foo, Bar',
      [
        ['Foo', '1'],
        ['Bar', 'abc'],
      ],
      [
        ['Foo', '2'],
        ['Bar', 'abc'],
      ],
      'origin',
      { aka: 'vary-2-no-match' },
    ),
    varying(
      'two-second-differs',
      'Of two named fields the second differs: the answer is not used.',
      'Foo, Bar',
      [
        ['Foo', '1'],
        ['Bar', 'abc'],
      ],
      [
        ['Foo', '1'],
        ['Bar', 'abcd'],
      ],
      'origin',
    ),
    varying(
      'two-omitted',
      'Of two named fields one is missing: the answer is not used.',
      'Foo, Bar',
      [['Foo', '1']],
      [],
      'origin',
      { aka: 'vary-2-match-omit' },
    ),
    varying(
      'two-swapped',
      'Two named fields whose values change places are not the same.',
      'Foo, Bar',
      [
        ['Foo', '1'],
        ['Bar', '2'],
      ],
      [
        ['Foo', '2'],
        ['Bar', '1'],
      ],
      'origin',
    ),
    varying(
      'three-match',
      'Of three named fields all are the same: the answer is used again.',
      'Foo, Bar, Baz',
      [
        ['Foo', '1'],
        ['Bar', 'abc'],
        ['Baz', '789'],
      ],
      [
        ['Foo', '1'],
        ['Bar', 'abc'],
        ['Baz', '789'],
      ],
      'cache',
      { aka: 'vary-3-match' },
    ),
    varying(
      'three-no-match',
      'Of three named fields the first differs: the answer is not used.',
      'Foo, Bar, Baz',
      [
        ['Foo', '1'],
        ['Bar', 'abc'],
        ['Baz', '789'],
      ],
      [
        ['Foo', '2'],
        ['Bar', 'abc'],
        ['Baz', '789'],
      ],
      'origin',
      { aka: 'vary-3-no-match' },
    ),
    varying(
      'three-order',
      'The order of fields in the request does not matter.',
      'Foo, Bar, Baz',
      [
        ['Foo', '1'],
        ['Bar', 'abc'],
        ['Baz', '789'],
      ],
      [
        ['Baz', '789'],
        ['Foo', '1'],
        ['Bar', 'abc'],
      ],
      'cache',
    ),
    varying(
      'three-omitted',
      'Of three named fields one was missing both times: the answer is used again.',
      'Foo, Bar, Baz',
      [
        ['Foo', '1'],
        ['Baz', '789'],
      ],
      [
        ['Foo', '1'],
        ['Baz', '789'],
      ],
      'cache',
      { aka: 'vary-3-omit' },
    ),
  ],
})
