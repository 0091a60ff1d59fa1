import { varying } from '../patterns/varying.ts'
import { topic } from '../topic.ts'

/** Which values of a field are the same to Vary. */
export const varyNormalisingCases = topic({
  id: 'caches/vary-normalising',
  remedy: 'Let the cache compare values as they are, but for space and the splitting of lines.',
  cases: [
    varying(
      'empty-absent',
      'A named field that is empty is not one that is missing.',
      'Foo',
      [['Foo', '']],
      [],
      'origin',
      { level: 'observation' },
    ),
    varying('name-case', 'Vary names fields without regard to case.', 'fOO', [['Foo', '1']], [['Foo', '2']], 'origin'),
    varying(
      'value-case',
      'The value of a named field is compared with regard to case.',
      'Foo',
      [['Foo', 'a']],
      [['Foo', 'A']],
      'origin',
      { level: 'observation' },
    ),
    varying(
      'space',
      'Space in a list is taken for nothing when named fields are compared.',
      'Foo',
      [['Foo', '1,2']],
      [['Foo', ' 1, 2 ']],
      'cache',
      { aka: 'vary-normalise-space', level: 'observation' },
    ),
    varying(
      'combine',
      'Two lines of a named field are one line with a comma.',
      'Foo',
      [['Foo', '1, 2']],
      [
        ['Foo', '1'],
        ['Foo', '2'],
      ],
      'cache',
      { aka: 'vary-normalise-combine' },
    ),
    varying(
      'language-order',
      'The order of languages without weights is taken for nothing.',
      'Accept-Language',
      [['Accept-Language', 'en, de']],
      [['Accept-Language', 'de, en']],
      'cache',
      { aka: 'vary-normalise-lang-order', level: 'observation' },
    ),
    varying(
      'language-case',
      'The case of languages is taken for nothing.',
      'Accept-Language',
      [['Accept-Language', 'en, de']],
      [['Accept-Language', 'eN, De']],
      'cache',
      { aka: 'vary-normalise-lang-case', level: 'observation' },
    ),
    varying(
      'language-select',
      'A content language that is wanted first is chosen out of the store.',
      'Accept-Language',
      [['Accept-Language', 'en, de']],
      [['Accept-Language', 'fr, en']],
      'cache',
      { level: 'observation' },
    ),
    varying(
      'second-line',
      'A two-line field whose second line differs is not the same.',
      'Foo',
      [
        ['Foo', '1'],
        ['Foo', '2'],
      ],
      [
        ['Foo', '1'],
        ['Foo', '3'],
      ],
      'origin',
    ),
  ],
})
