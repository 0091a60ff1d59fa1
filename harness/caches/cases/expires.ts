import { rfc } from '../../kernel/index.ts'
import type { CaseLevel, FieldPairs } from '../case.ts'
import type { CaseInput } from '../topic.ts'
import { topic } from '../topic.ts'

const future = ['caches/expires-future'] as const

function expiring(
  name: string,
  title: string,
  fields: FieldPairs,
  from: 'cache' | 'origin',
  {
    level,
    aka,
    needs = future,
    after = 0,
  }: { level?: CaseLevel; aka?: string; needs?: CaseInput['needs']; after?: number } = {},
): CaseInput {
  return {
    name,
    title,
    level: level ?? (from === 'cache' ? 'optional' : 'required'),
    reference: rfc(9111, '5.3'),
    ...(aka !== undefined && { aka }),
    ...(needs !== undefined && { needs }),
    requests: [{ answer: { fields } }, { ...(after > 0 && { after }), expect: { from } }],
  }
}

/** Freshness by Expires alone. */
export const expiresCases = topic({
  id: 'caches/expires',
  remedy: 'Let the lifetime be Expires minus Date where there is no max-age, and 0 where Expires is no date.',
  cases: [
    expiring(
      'future',
      'An answer with an Expires in the future is used again.',
      [
        ['Expires', '{now+7200}'],
        ['Date', '{now}'],
      ],
      'cache',
      { aka: 'freshness-expires-future', needs: [] },
    ),
    expiring(
      'past',
      'An answer with an Expires in the past is stale.',
      [
        ['Expires', '{now-7200}'],
        ['Date', '{now}'],
      ],
      'origin',
      { aka: 'freshness-expires-past' },
    ),
    expiring(
      'present',
      'An answer whose Expires is its Date is stale from the beginning.',
      [
        ['Expires', '{now}'],
        ['Date', '{now}'],
      ],
      'origin',
      // Caches that count whole seconds would use it until the second is over: who asks then, is chance.
      { after: 2.5 },
    ),
    expiring(
      'stale',
      'An answer whose Expires has passed is not used without asking the origin.',
      [
        ['Expires', '{now+1}'],
        ['Date', '{now}'],
      ],
      'origin',
      { after: 3 },
    ),
    expiring(
      'before-date',
      'Where both lie in the future, an Expires before Date is in the past all the same.',
      [
        ['Expires', '{now+300}'],
        ['Date', '{now+400}'],
      ],
      'origin',
      { aka: 'freshness-expires-old-date' },
    ),
    expiring(
      'invalid',
      'Expires: 0 is in the past.',
      [
        ['Expires', '0'],
        ['Date', '{now}'],
      ],
      'origin',
      { aka: 'freshness-expires-invalid' },
    ),
    expiring(
      'minus-one',
      'Expires: -1 is in the past.',
      [
        ['Expires', '-1'],
        ['Date', '{now}'],
      ],
      'origin',
    ),
    expiring(
      'empty',
      'An empty Expires makes no answer fresh.',
      [
        ['Expires', ''],
        ['Date', '{now}'],
      ],
      'origin',
    ),
    expiring(
      'word',
      'Expires: never makes no answer fresh.',
      [
        ['Expires', 'never'],
        ['Date', '{now}'],
      ],
      'origin',
    ),
    expiring(
      'number',
      'A number of seconds is no date, and makes no answer fresh.',
      [
        ['Expires', '3600'],
        ['Date', '{now}'],
      ],
      'origin',
    ),
    expiring(
      'date-invalid',
      'Expires counts from the time of arrival where Date cannot be read.',
      [
        ['Date', 'foo'],
        ['Expires', '{now+7200}'],
      ],
      'cache',
      { aka: 'freshness-expires-invalid-date' },
    ),
    expiring(
      'two-same',
      'Two equal Expires lines are one.',
      [
        ['Expires', 'Thu, 18 Aug 2050 02:01:18 GMT'],
        ['Expires', 'Thu, 18 Aug 2050 02:01:18 GMT'],
      ],
      'cache',
      { level: 'observation' },
    ),
    expiring(
      'age-slow-date',
      'Age counts against Expires minus Date where Date lies behind.',
      [
        ['Date', '{now-10}'],
        ['Expires', '{now+10}'],
        ['Age', '25'],
      ],
      'origin',
      { aka: 'freshness-expires-age-slow-date' },
    ),
    expiring(
      'age-fast-date',
      'Age counts against Expires minus Date where Date lies ahead.',
      [
        ['Date', '{now+10}'],
        ['Expires', '{now+20}'],
        ['Age', '15'],
      ],
      'origin',
      { aka: 'freshness-expires-age-fast-date' },
    ),
    expiring(
      'rfc850',
      'An Expires in the form of RFC 850 is read.',
      [
        ['Expires', '{start+7200 rfc850}'],
        ['Date', '{now}'],
      ],
      'cache',
      { aka: 'freshness-expires-rfc850' },
    ),
    expiring(
      'asctime',
      'An Expires in the form of asctime() is read.',
      [
        ['Expires', '{start+7200 asctime}'],
        ['Date', '{now}'],
      ],
      'cache',
      { aka: 'freshness-expires-ansi-c' },
    ),
    expiring(
      'far',
      'An Expires centuries ahead does not overflow into staleness.',
      [
        ['Expires', 'Sun, 21 Nov 2286 04:46:39 GMT'],
        ['Date', '{now}'],
      ],
      'cache',
      { aka: 'freshness-expires-far-future' },
    ),
    expiring(
      'beyond-31-bits',
      'An Expires just beyond what 31 bits count in seconds does not overflow into staleness.',
      [
        ['Expires', 'Tue, 19 Jan 2038 14:14:08 GMT'],
        ['Date', '{now}'],
      ],
      'cache',
      { aka: 'freshness-expires-32bit' },
    ),
    expiring(
      'max-age-unreadable',
      'Where max-age cannot be read, a future Expires does not make the answer fresh.',
      [
        ['Cache-Control', 'max-age=abc'],
        ['Expires', '{now+7200}'],
        ['Date', '{now}'],
      ],
      'origin',
      { level: 'observation' },
    ),
  ],
})
