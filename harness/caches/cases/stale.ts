import { rfc } from '../../kernel/index.ts'
import type { Answer, CaseLevel, Wanted } from '../case.ts'
import type { CaseInput } from '../topic.ts'
import { topic } from '../topic.ts'

const serving = rfc(9111, '4.2.4')
const onError = rfc(5861, '4')
const meanwhile = rfc(5861, '3')
const gone: Answer = { ends: 'disconnect' }

/** An answer that becomes stale while the origin gets into trouble. */
function troubled(
  name: string,
  title: string,
  directives: string,
  trouble: Answer,
  expect: Wanted,
  rest: Partial<CaseInput> = {},
  level: CaseLevel = 'observation',
): CaseInput {
  return {
    name,
    title,
    level,
    reference: serving,
    needs: ['caches/freshness-max-age'],
    requests: [{ answer: { fields: [['Cache-Control', directives]] } }, { after: 2.5, answer: trouble, expect }],
    ...rest,
  }
}

const prohibited = (name: string, directive: string, section: string, aka: string): CaseInput =>
  troubled(
    name,
    `What is stale is not served where ${directive} forbids it, though the origin closes the connection.`,
    `max-age=1, ${directive}`,
    gone,
    { from: 'not-cache' },
    { reference: rfc(9111, section), aka },
    'required',
  )

/** What is served when the origin is in trouble, and what while the cache asks. */
export const staleCases = topic({
  id: 'caches/stale',
  remedy:
    'Serve what is stale only where the origin allows it, and never where must-revalidate, no-cache or s-maxage forbid it.',
  cases: [
    troubled(
      'close',
      'What is stale is served when the origin closes the connection.',
      'max-age=1',
      gone,
      { from: 'cache' },
      { aka: 'stale-close' },
    ),
    troubled(
      '503',
      'What is stale is served when the origin answers 503.',
      'max-age=1',
      { status: 503 },
      { from: 'cache', status: 200 },
      { aka: 'stale-503' },
    ),
    troubled(
      '500',
      'What is stale is served when the origin answers 500.',
      'max-age=1',
      { status: 500 },
      { from: 'cache', status: 200 },
    ),
    troubled(
      '404',
      'What is stale is not served when the origin answers 404.',
      'max-age=1',
      { status: 404 },
      { from: 'origin', status: 404 },
      {},
      'required',
    ),
    troubled(
      'if-error-close',
      'stale-if-error lets the cache serve what is stale when the origin closes the connection.',
      'max-age=1, stale-if-error=60',
      gone,
      { from: 'cache' },
      { reference: onError, aka: 'stale-sie-close' },
    ),
    troubled(
      'if-error-503',
      'stale-if-error lets the cache serve what is stale when the origin answers 503.',
      'max-age=1, stale-if-error=60',
      { status: 503 },
      { from: 'cache', status: 200 },
      { reference: onError, aka: 'stale-sie-503' },
    ),
    troubled(
      'if-error-500',
      'stale-if-error lets the cache serve what is stale when the origin answers 500.',
      'max-age=1, stale-if-error=60',
      { status: 500 },
      { from: 'cache', status: 200 },
      { reference: onError },
    ),
    troubled(
      'if-error-expired',
      'stale-if-error ends after the seconds that it names.',
      'max-age=0, stale-if-error=1',
      { status: 500 },
      { from: 'not-cache' },
      { reference: onError, needs: [] },
      'required',
    ),
    troubled(
      'if-error-404',
      'stale-if-error is about 5xx, and lets a 404 through.',
      'max-age=1, stale-if-error=60',
      { status: 404 },
      { from: 'origin', status: 404 },
      { reference: onError },
      'required',
    ),
    prohibited('close-must-revalidate', 'must-revalidate', '5.2.2.2', 'stale-close-must-revalidate'),
    prohibited('close-proxy-revalidate', 'proxy-revalidate', '5.2.2.8', 'stale-close-proxy-revalidate'),
    prohibited('close-no-cache', 'no-cache', '5.2.2.4', 'stale-close-no-cache'),
    prohibited('close-s-maxage', 's-maxage=1', '5.2.2.10', 'stale-close-s-maxage=2'),
    troubled(
      'must-revalidate-504',
      'What must be validated and cannot be is answered with an error of class 5xx.',
      'max-age=1, must-revalidate',
      gone,
      { status: [500, 502, 503, 504] },
      { reference: rfc(9111, '5.2.2.2') },
      'required',
    ),
    troubled(
      'must-revalidate-if-error',
      'must-revalidate outranks stale-if-error.',
      'max-age=1, must-revalidate, stale-if-error=60',
      { status: 500 },
      { from: 'not-cache' },
      { reference: rfc(9111, '5.2.2.2') },
    ),
    {
      name: 'error-then-well',
      title: 'After an error of the origin the next request gets its new answer.',
      level: 'required',
      reference: serving,
      requests: [
        { answer: { fields: [['Cache-Control', 'max-age=1']] } },
        { after: 2.5, answer: { status: 503 }, given: {} },
        { after: 2.5, answer: { fields: [['Cache-Control', 'max-age=1']] }, expect: { from: 'origin', status: 200 } },
      ],
    },
    {
      name: 'close-uncached',
      title: 'Where nothing is stored, an origin that closes the connection means an error of class 5xx.',
      level: 'required',
      reference: rfc(9110, '15.6.3'),
      requests: [{ answer: gone, given: {}, expect: { status: [500, 502, 503, 504] } }],
    },
    {
      name: 'error-not-stored',
      title: 'A 503 without freshness is not used again.',
      level: 'required',
      reference: rfc(9111, '3'),
      requests: [{ answer: { status: 503 } }, { expect: { from: 'origin', status: 200 } }],
    },
    {
      name: 'while-revalidate',
      title: 'stale-while-revalidate lets the cache serve what is stale while it asks.',
      level: 'optional',
      reference: meanwhile,
      aka: 'stale-while-revalidate',
      needs: ['caches/freshness-max-age'],
      requests: [
        {
          answer: {
            fields: [
              ['Cache-Control', 'max-age=1, stale-while-revalidate=3600'],
              ['ETag', '"abc"'],
            ],
          },
        },
        {
          after: 2.5,
          answer: {
            fields: [
              ['Cache-Control', 'max-age=3600'],
              ['ETag', '"def"'],
            ],
          },
          expect: { from: 'cache', answerOf: 1 },
        },
      ],
    },
    {
      name: 'while-revalidate-replaced',
      title: 'What the cache asked for while it served the stale answer is used from then on.',
      level: 'optional',
      reference: meanwhile,
      needs: ['caches/stale-while-revalidate'],
      requests: [
        {
          answer: {
            fields: [
              ['Cache-Control', 'max-age=1, stale-while-revalidate=3600'],
              ['ETag', '"abc"'],
            ],
          },
        },
        {
          after: 2.5,
          answer: {
            fields: [
              ['Cache-Control', 'max-age=3600'],
              ['ETag', '"def"'],
            ],
          },
          given: { from: 'cache', answerOf: 1 },
        },
        { after: 2, expect: { from: 'cache', answerOf: 2 } },
      ],
    },
    {
      name: 'while-revalidate-window',
      title: 'stale-while-revalidate ends after the seconds that it names.',
      level: 'required',
      reference: meanwhile,
      aka: 'stale-while-revalidate-window',
      requests: [
        {
          answer: {
            fields: [
              ['Cache-Control', 'max-age=1, stale-while-revalidate=1'],
              ['ETag', '"abc"'],
            ],
          },
        },
        { after: 4, answer: { fields: [['ETag', '"def"']] }, expect: { from: 'not-cache' } },
      ],
    },
    {
      name: 'warning',
      title: 'No Warning is made for what is served stale: the field is obsolete.',
      level: 'observation',
      reference: rfc(9111, '5.5'),
      needs: ['caches/stale-close'],
      requests: [
        { answer: { fields: [['Cache-Control', 'max-age=1']] } },
        { after: 2.5, answer: gone, given: { from: 'cache' }, expect: { absent: ['Warning'] } },
      ],
    },
  ],
})
