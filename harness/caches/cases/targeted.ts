import { document, rfc } from '../../kernel/index.ts'
import type { CaseLevel, FieldPairs } from '../case.ts'
import { topic } from '../topic.ts'

const cdn = rfc(9213, '3.1')
const edge = document('Edge Architecture Specification', 'https://www.w3.org/TR/edge-arch/')

interface Form {
  readonly name: string
  readonly title: string
  readonly value: string
  readonly beside?: FieldPairs
  readonly from: 'cache' | 'origin'
  readonly aka?: string
  readonly level?: CaseLevel
}

const dated: FieldPairs = [
  ['Expires', '{now+10000}'],
  ['Date', '{now}'],
]

const forms: readonly Form[] = [
  {
    name: 'max-age',
    title: 'makes an answer fresh for its max-age',
    value: 'max-age=3600',
    from: 'cache',
    aka: 'cdn-max-age',
  },
  {
    name: 'max-age-max',
    title: 'does not overflow at 2147483648 seconds',
    value: 'max-age=2147483648',
    from: 'cache',
    aka: 'cdn-max-age-max',
  },
  {
    name: 'max-age-max-plus',
    title: 'does not overflow at 99999999999 seconds',
    value: 'max-age=99999999999',
    from: 'cache',
    aka: 'cdn-max-age-max-plus',
  },
  {
    name: 'max-age-age',
    title: 'lets the Age count',
    value: 'max-age=3600',
    beside: [['Age', '7200']],
    from: 'origin',
    aka: 'cdn-max-age-age',
  },
  {
    name: 'space-before',
    title: 'does not count with a space before the equals sign',
    value: 'max-age =100',
    beside: [['Cache-Control', 'max-age=1']],
    from: 'origin',
    aka: 'cdn-max-age-space-before-equals',
  },
  {
    name: 'space-after',
    title: 'does not count with a space behind the equals sign',
    value: 'max-age= 100',
    beside: [['Cache-Control', 'max-age=1']],
    from: 'origin',
    aka: 'cdn-max-age-space-after-equals',
  },
  {
    name: 'max-age-zero',
    title: 'makes an answer stale at max-age=0',
    value: 'max-age=0',
    from: 'origin',
    aka: 'cdn-max-age-0',
  },
  {
    name: 'extension',
    title: 'may hold what nobody knows',
    value: 'foobar, max-age=3600',
    from: 'cache',
    aka: 'cdn-max-age-extension',
  },
  {
    name: 'case',
    title: 'is read without regard to case',
    value: 'MaX-aGe=3600',
    from: 'cache',
    aka: 'cdn-max-age-case-insensitive',
  },
  {
    name: 'expires-past',
    title: 'outranks an Expires in the past',
    value: 'max-age=3600',
    beside: [['Expires', '{now-10000}']],
    from: 'cache',
    aka: 'cdn-max-age-expires',
  },
  {
    name: 'expires-invalid',
    title: 'outranks an Expires that is no date',
    value: 'max-age=3600',
    beside: [['Expires', '0']],
    from: 'cache',
    aka: 'cdn-max-age-cc-max-age-invalid-expires',
  },
  {
    name: 'zero-expires',
    title: 'with max-age=0 outranks an Expires in the future',
    value: 'max-age=0',
    beside: dated,
    from: 'origin',
    aka: 'cdn-max-age-0-expires',
  },
  {
    name: 'longer',
    title: 'outranks a shorter max-age of Cache-Control',
    value: 'max-age=3600',
    beside: [['Cache-Control', 'max-age=1']],
    from: 'cache',
    aka: 'cdn-max-age-short-cc-max-age',
  },
  {
    name: 'shorter',
    title: 'outranks a longer max-age of Cache-Control',
    value: 'max-age=1',
    beside: [['Cache-Control', 'max-age=3600']],
    from: 'origin',
    aka: 'cdn-max-age-long-cc-max-age',
  },
  {
    name: 'private',
    title: 'with private outranks Cache-Control',
    value: 'private',
    beside: [['Cache-Control', 'max-age=10000'], ...dated],
    from: 'origin',
    aka: 'cdn-private',
  },
  {
    name: 'no-cache',
    title: 'with no-cache outranks Cache-Control',
    value: 'no-cache',
    beside: [['Cache-Control', 'max-age=10000'], ...dated],
    from: 'origin',
    aka: 'cdn-no-cache',
  },
  {
    name: 'no-store',
    title: 'with no-store outranks Cache-Control',
    value: 'no-store',
    beside: [['Cache-Control', 'max-age=10000'], ...dated],
    from: 'origin',
    aka: 'cdn-no-store-cc-fresh',
  },
  {
    name: 'fresh-no-store',
    title: 'outranks no-store of Cache-Control',
    value: 'max-age=10000',
    beside: [['Cache-Control', 'no-store']],
    from: 'cache',
    aka: 'cdn-fresh-cc-nostore',
  },
  {
    name: 'invalid',
    title: 'does not count where it is no structured field',
    value: 'max-age=10000, &&&&&',
    beside: [['Cache-Control', 'no-store']],
    from: 'origin',
    aka: 'cdn-cc-invalid-sh-type-unknown',
    level: 'required',
  },
  {
    name: 'wrong-type',
    title: 'does not count where its max-age is a string',
    value: 'max-age="10000"',
    beside: [['Cache-Control', 'no-store']],
    from: 'origin',
    aka: 'cdn-cc-invalid-sh-type-wrong',
    level: 'required',
  },
]

const surrogate: readonly Form[] = [
  {
    name: 'max-age',
    title: 'makes an answer fresh for its max-age',
    value: 'max-age=3600',
    from: 'cache',
    aka: 'surrogate-max-age',
  },
  {
    name: 'longer',
    title: 'outranks a shorter max-age of Cache-Control',
    value: 'max-age=3600',
    beside: [['Cache-Control', 'max-age=1']],
    from: 'cache',
    aka: 'surrogate-max-age-short-cc-max-age',
  },
  {
    name: 'no-store',
    title: 'with no-store outranks Cache-Control',
    value: 'no-store',
    beside: [['Cache-Control', 'max-age=10000']],
    from: 'origin',
    aka: 'surrogate-no-store-cc-fresh',
  },
]

/** Fields that are for caches of the operator alone. */
export const targetedCases = topic({
  id: 'caches/targeted',
  remedy: 'Know whether the cache heeds CDN-Cache-Control and Surrogate-Control before you send them.',
  cases: [
    ...[
      ...forms.map((form) => ({ ...form, field: 'CDN-Cache-Control', prefix: 'cdn', reference: cdn })),
      ...surrogate.map((form) => ({ ...form, field: 'Surrogate-Control', prefix: 'surrogate', reference: edge })),
    ].map(({ field, prefix, reference, name, title, value, beside = [], from, aka, level = 'observation' }) => ({
      name: `${prefix}-${name}`,
      title: `${field} ${title}.`,
      level,
      reference,
      ...(aka !== undefined && { aka }),
      requests: [{ answer: { fields: [[field, value] as const, ...beside] } }, { after: 2.5, expect: { from } }],
    })),
    {
      name: 'cdn-passed-on',
      title: 'CDN-Cache-Control is passed on to the client.',
      level: 'observation',
      reference: cdn,
      aka: 'cdn-remove-header',
      requests: [
        {
          answer: {
            fields: [
              ['Cache-Control', 'max-age=10000'],
              ['CDN-Cache-Control', 'foo'],
            ],
          },
          given: { from: 'origin' },
          expect: { fields: [['CDN-Cache-Control', 'foo']] },
        },
      ],
    },
  ],
})
