import { rfc } from '../../kernel/index.ts'
import type { FieldPairs, Wanted } from '../case.ts'
import type { CaseInput } from '../topic.ts'
import { topic } from '../topic.ts'

const base = ['caches/freshness-max-age'] as const

/** What is stored, and what a request with a directive of its own then gets. */
function asked(
  name: string,
  title: string,
  section: string,
  stored: FieldPairs,
  directive: string,
  expect: Wanted,
  rest: Partial<CaseInput> & { readonly after?: number } = {},
): CaseInput {
  const { after, ...more } = rest
  return {
    name,
    title,
    level: 'observation',
    reference: rfc(9111, section),
    needs: base,
    requests: [
      { answer: { fields: stored } },
      { ...(after !== undefined && { after }), fields: [['Cache-Control', directive]], expect },
    ],
    ...more,
  }
}

const hour: FieldPairs = [['Cache-Control', 'max-age=3600']]
const aged: FieldPairs = [
  ['Cache-Control', 'max-age=3600'],
  ['Age', '1800'],
]

/** Cache-Control in requests: advice that a cache may leave. */
export const requestDirectiveCases = topic({
  id: 'caches/request-directives',
  remedy: 'Decide whether clients may make the cache ask the origin, and configure it so for all of them.',
  cases: [
    asked(
      'max-age-zero',
      'max-age=0 in a request makes the cache ask the origin.',
      '5.2.1.1',
      hour,
      'max-age=0',
      { from: 'origin' },
      { aka: 'ccreq-ma0' },
    ),
    asked(
      'max-age-one',
      'max-age=1 in a request is not content with an answer of 2 seconds.',
      '5.2.1.1',
      hour,
      'max-age=1',
      { from: 'origin' },
      { aka: 'ccreq-ma1', after: 2.5 },
    ),
    asked(
      'max-age-aged',
      'max-age in a request counts the Age that an answer came with.',
      '5.2.1.1',
      aged,
      'max-age=600',
      { from: 'origin' },
      { aka: 'ccreq-magreaterage' },
    ),
    asked('max-age-enough', 'max-age in a request is content with a younger answer.', '5.2.1.1', hour, 'max-age=600', {
      from: 'cache',
    }),
    asked(
      'max-stale',
      'max-stale in a request allows a stale answer.',
      '5.2.1.2',
      [['Cache-Control', 'max-age=1']],
      'max-stale=1000',
      { from: 'cache' },
      { aka: 'ccreq-max-stale', after: 2.5 },
    ),
    asked(
      'max-stale-aged',
      'max-stale in a request allows an answer that was stale when it came.',
      '5.2.1.2',
      [
        ['Cache-Control', 'max-age=1500'],
        ['Age', '2000'],
      ],
      'max-stale=1000',
      { from: 'cache' },
      { aka: 'ccreq-max-stale-age' },
    ),
    asked(
      'max-stale-exceeded',
      'max-stale in a request does not allow what is staler than it says.',
      '5.2.1.2',
      [
        ['Cache-Control', 'max-age=1500'],
        ['Age', '3000'],
      ],
      'max-stale=1000',
      { from: 'origin' },
    ),
    asked(
      'max-stale-must-revalidate',
      'must-revalidate outranks max-stale in a request.',
      '5.2.2.2',
      [['Cache-Control', 'max-age=1, must-revalidate']],
      'max-stale=1000',
      { from: 'origin' },
      { level: 'required', after: 2.5 },
    ),
    asked(
      'min-fresh',
      'min-fresh in a request is not content with what is fresh for less.',
      '5.2.1.3',
      [['Cache-Control', 'max-age=1500']],
      'min-fresh=2000',
      { from: 'origin' },
      { aka: 'ccreq-min-fresh' },
    ),
    asked(
      'min-fresh-aged',
      'min-fresh in a request counts the Age that an answer came with.',
      '5.2.1.3',
      [
        ['Cache-Control', 'max-age=1500'],
        ['Age', '1000'],
      ],
      'min-fresh=1000',
      { from: 'origin' },
      { aka: 'ccreq-min-fresh-age' },
    ),
    asked(
      'min-fresh-enough',
      'min-fresh in a request is content with what is fresh for longer.',
      '5.2.1.3',
      hour,
      'min-fresh=1000',
      { from: 'cache' },
    ),
    asked(
      'no-cache',
      'no-cache in a request makes the cache ask the origin.',
      '5.2.1.4',
      hour,
      'no-cache',
      { from: 'origin' },
      { aka: 'ccreq-no-cache' },
    ),
    asked('no-cache-case', 'NO-CACHE in a request makes the cache ask the origin.', '5.2.1.4', hour, 'NO-CACHE', {
      from: 'origin',
    }),
    asked(
      'no-cache-last-modified',
      'no-cache in a request makes the cache validate by Last-Modified.',
      '5.2.1.4',
      [...hour, ['Last-Modified', '{start-10000}'], ['Date', '{now}']],
      'no-cache',
      { from: 'validation', validator: 'last-modified' },
      { aka: 'ccreq-no-cache-lm' },
    ),
    asked(
      'no-cache-etag',
      'no-cache in a request makes the cache validate by ETag.',
      '5.2.1.4',
      [...hour, ['ETag', '"abc"']],
      'no-cache',
      { from: 'validation', validator: 'etag' },
      { aka: 'ccreq-no-cache-etag' },
    ),
    asked(
      'no-store',
      'no-store in a request makes the cache ask the origin.',
      '5.2.1.5',
      hour,
      'no-store',
      { from: 'origin' },
      { aka: 'ccreq-no-store' },
    ),
    {
      name: 'no-store-first',
      title: 'The answer to a request with no-store is not stored.',
      level: 'required',
      reference: rfc(9111, '5.2.1.5'),
      needs: base,
      requests: [{ fields: [['Cache-Control', 'no-store']], answer: { fields: hour } }, { expect: { from: 'origin' } }],
    },
    {
      name: 'no-cache-replaces',
      title: 'What a request with no-cache brought is used from then on.',
      level: 'optional',
      reference: rfc(9111, '5.2.1.4'),
      needs: ['caches/request-directives-no-cache'],
      requests: [
        { answer: { fields: hour } },
        { fields: [['Cache-Control', 'no-cache']], answer: { fields: hour }, given: { from: 'origin' } },
        { expect: { from: 'cache', answerOf: 2 } },
      ],
    },
    {
      name: 'only-if-cached',
      title: 'only-if-cached in a request is answered with 504 where nothing is stored.',
      level: 'observation',
      reference: rfc(9111, '5.2.1.7'),
      aka: 'ccreq-oic',
      requests: [{ fields: [['Cache-Control', 'only-if-cached']], given: {}, expect: { status: 504 } }],
    },
    asked(
      'only-if-cached-stored',
      'only-if-cached in a request is answered out of the store.',
      '5.2.1.7',
      hour,
      'only-if-cached',
      { from: 'cache' },
    ),
    asked(
      'no-transform',
      'no-transform in a request does not keep an answer from being used again.',
      '5.2.1.6',
      hour,
      'no-transform',
      { from: 'cache' },
      { level: 'optional' },
    ),
    asked(
      'extension',
      'A directive in a request that nobody knows changes nothing.',
      '5.2.3',
      hour,
      'foobar=1',
      { from: 'cache' },
      { level: 'optional' },
    ),
  ],
})
