import { rfc } from '../../kernel/index.ts'
import { topic } from '../topic.ts'

const forms: readonly (readonly [
  name: string,
  title: string,
  lines: readonly string[],
  from: 'cache' | 'origin',
  aka?: string,
])[] = [
  ['nonnumeric', 'An Age that is no number is left out of account.', ['abc'], 'cache', 'age-parse-nonnumeric'],
  ['negative', 'A negative Age is left out of account.', ['-7200'], 'cache', 'age-parse-negative'],
  ['float', 'An Age of 7200.0 is left out of account.', ['7200.0'], 'cache', 'age-parse-float'],
  [
    'large-minus-one',
    'An Age of 2147483647 makes the answer stale.',
    ['2147483647'],
    'origin',
    'age-parse-large-minus-one',
  ],
  ['large', 'An Age of 2147483648 makes the answer stale.', ['2147483648'], 'origin', 'age-parse-large'],
  ['larger', 'An Age of 2147483649 makes the answer stale.', ['2147483649'], 'origin', 'age-parse-larger'],
  ['huge', 'An Age of 99999999999 makes the answer stale.', ['99999999999'], 'origin'],
  ['suffix', 'Of Age: 7200, 0 the first member counts.', ['7200, 0'], 'origin', 'age-parse-suffix'],
  [
    'suffix-lines',
    'Of two Age lines, 7200 and 0, the first counts.',
    ['7200', '0'],
    'origin',
    'age-parse-suffix-twoline',
  ],
  ['prefix', 'Of Age: 0, 7200 the first member counts.', ['0, 7200'], 'cache', 'age-parse-prefix'],
  [
    'prefix-lines',
    'Of two Age lines, 0 and 7200, the first counts.',
    ['0', '7200'],
    'cache',
    'age-parse-prefix-twoline',
  ],
  ['twice-zero', 'Age: 0, 0 is 0.', ['0, 0'], 'cache', 'age-parse-dup-0'],
  ['twice-zero-lines', 'Two Age lines of 0 are 0.', ['0', '0'], 'cache', 'age-parse-dup-0-twoline'],
  ['twice-young', 'Two Age lines of half an hour are half an hour.', ['1800', '1800'], 'cache', 'age-parse-dup-old'],
  ['twice-old', 'Age: 7200, 7200 is 7200.', ['7200, 7200'], 'origin'],
  ['twice-old-lines', 'Two Age lines of 7200 are 7200.', ['7200', '7200'], 'origin'],
  ['parameter', 'An Age with a parameter counts as its number.', ['7200;foo=bar'], 'origin', 'age-parse-parameter'],
  [
    'numeric-parameter',
    'An Age with a parameter that is a number counts as its own number.',
    ['7200;foo=111'],
    'origin',
    'age-parse-numeric-parameter',
  ],
  ['plus', 'Age: +7200 is left out of account.', ['+7200'], 'cache'],
  ['empty', 'An empty Age is left out of account.', [''], 'cache'],
  ['leading-zero', 'Age: 007200 is 7200.', ['007200'], 'origin'],
]

/** The RFC makes these invalid, and invalid means left out of account; what is read into them is worth knowing. */
const open = new Set(['parameter', 'numeric-parameter'])

/** How Age is read: of a list the first member, and what is no number not at all. */
export const ageParsingCases = topic({
  id: 'caches/age-parsing',
  remedy: 'Send Age once, as whole seconds; a cache that reads it otherwise serves what is stale, or stores nothing.',
  cases: forms.map(([name, title, lines, from, aka]) => ({
    name,
    title,
    level: open.has(name) ? ('observation' as const) : ('required' as const),
    reference: rfc(9111, '5.1'),
    ...(aka !== undefined && { aka }),
    needs: ['caches/freshness-max-age'] as const,
    requests: [
      {
        answer: {
          fields: [['Cache-Control', 'max-age=3600'], ...lines.map((line) => ['Age', line] as const)],
        },
      },
      { expect: { from } },
    ],
  })),
})
