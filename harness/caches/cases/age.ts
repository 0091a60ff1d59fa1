import { rfc } from '../../kernel/index.ts'
import { topic } from '../topic.ts'

const field = rfc(9111, '5.1')
const calculating = rfc(9111, '4.2.3')
const base = ['caches/freshness-max-age'] as const
const hour = ['Cache-Control', 'max-age=3600'] as const

/** The Age that a cache sends. */
export const ageCases = topic({
  id: 'caches/age',
  remedy: 'Let the cache send Age with every answer out of its store: the Age it came with and the time since.',
  cases: [
    {
      name: 'generated',
      title: 'An answer out of the store has an Age of the seconds that it was there.',
      level: 'required',
      reference: rfc(9111, '4'),
      aka: 'other-age-gen',
      needs: base,
      requests: [{ answer: { fields: [hour] } }, { after: 2.5, given: { from: 'cache' }, expect: { age: [2, 15] } }],
    },
    {
      name: 'generated-expires',
      title: 'An answer that is fresh by Expires has an Age too.',
      level: 'required',
      reference: rfc(9111, '4'),
      needs: ['caches/expires-future'],
      requests: [
        {
          answer: {
            fields: [
              ['Expires', '{now+7200}'],
              ['Date', '{now}'],
            ],
          },
        },
        { after: 2.5, given: { from: 'cache' }, expect: { age: [2, 15] } },
      ],
    },
    {
      name: 'at-once',
      title: 'An answer out of the store has an Age within its first second too.',
      level: 'required',
      reference: rfc(9111, '4'),
      needs: base,
      requests: [{ answer: { fields: [hour] } }, { given: { from: 'cache' }, expect: { age: [0, 10] } }],
    },
    {
      name: 'added-expires',
      title: 'The time in the store is added to the Age that came with an answer, where Expires makes it fresh.',
      level: 'required',
      reference: calculating,
      aka: 'other-age-update-expires',
      needs: ['caches/expires-future'],
      requests: [
        {
          answer: {
            fields: [
              ['Expires', '{now+7200}'],
              ['Date', '{now}'],
              ['Age', '30'],
            ],
          },
        },
        { after: 2.5, given: { from: 'cache' }, expect: { age: [32, 45] } },
      ],
    },
    {
      name: 'added-max-age',
      title: 'The time in the store is added to the Age that came with an answer, where max-age makes it fresh.',
      level: 'required',
      reference: calculating,
      aka: 'other-age-update-max-age',
      needs: base,
      requests: [
        { answer: { fields: [hour, ['Age', '30']] } },
        { after: 2.5, given: { from: 'cache' }, expect: { age: [32, 45] } },
      ],
    },
    {
      name: 'delay',
      title: 'An answer that the origin took seconds for has an Age, though it comes from the origin.',
      level: 'observation',
      reference: field,
      aka: 'other-age-delay',
      requests: [{ answer: { fields: [hour], delayMs: 3500 }, given: { from: 'origin' }, expect: { age: [2, 15] } }],
    },
    {
      name: 'delay-stored',
      title: 'The time that the origin took to answer counts as Age of what is stored.',
      level: 'required',
      reference: calculating,
      needs: base,
      // Longer than any wait of the second request for its turn: a cache that counts from the arrival stays below it.
      requests: [{ answer: { fields: [hour], delayMs: 4000 } }, { given: { from: 'cache' }, expect: { age: [3, 20] } }],
    },
    {
      name: 'from-date',
      title: 'A Date further back than the Age tells the greater age.',
      level: 'required',
      reference: calculating,
      needs: base,
      requests: [
        { answer: { fields: [hour, ['Date', '{now-120}']] } },
        { given: { from: 'cache' }, expect: { age: [119, 140] } },
      ],
    },
    {
      name: 'date-ahead',
      title: 'A Date ahead of our clock makes no negative Age.',
      level: 'required',
      reference: calculating,
      needs: base,
      requests: [
        { answer: { fields: [hour, ['Date', '{now+120}']] } },
        { given: { from: 'cache' }, expect: { age: [0, 10] } },
      ],
    },
    {
      name: 'reset-by-validation',
      title: 'Age begins anew when the origin has said that the answer is still good.',
      level: 'required',
      reference: rfc(9111, '4.3.4'),
      needs: ['caches/age-generated', 'caches/validation-etag'],
      requests: [
        {
          answer: {
            fields: [
              ['Cache-Control', 'max-age=1'],
              ['ETag', '"a"'],
            ],
          },
        },
        {
          after: 4.5,
          given: { from: 'validation' },
          expect: { age: [0, 3] },
          answer: {
            fields: [
              ['Cache-Control', 'max-age=3600'],
              ['ETag', '"a"'],
            ],
          },
        },
      ],
    },
    {
      name: 'date-kept',
      title: 'An answer out of the store keeps the Date that it came with.',
      level: 'required',
      reference: rfc(9110, '6.6.1'),
      aka: 'other-date-update-expires',
      needs: ['caches/expires-future'],
      requests: [
        {
          answer: {
            fields: [
              ['Expires', '{now+7200}'],
              ['Date', '{now}'],
            ],
          },
        },
        { after: 2.5, given: { from: 'cache' }, expect: { kept: ['Date'] } },
      ],
    },
    {
      name: 'expires-kept',
      title: 'An answer out of the store keeps the Expires that it came with.',
      level: 'observation',
      reference: rfc(9111, '4'),
      aka: 'other-date-update-expires-update',
      needs: ['caches/expires-future'],
      requests: [
        {
          answer: {
            fields: [
              ['Expires', '{now+7200}'],
              ['Date', '{now}'],
            ],
          },
        },
        { after: 2.5, given: { from: 'cache' }, expect: { kept: ['Expires'] } },
      ],
    },
    {
      name: 'max-age-kept',
      title: 'An answer out of the store keeps the Cache-Control that it came with.',
      level: 'required',
      reference: field,
      needs: base,
      requests: [
        { answer: { fields: [hour] } },
        { after: 1.2, given: { from: 'cache' }, expect: { kept: ['Cache-Control'] } },
      ],
    },
    {
      name: 'absent-from-origin',
      title: 'An answer that comes from the origin just now has no Age but 0.',
      level: 'optional',
      reference: field,
      requests: [
        { answer: { fields: [['Cache-Control', 'no-store']] }, given: { from: 'origin' }, expect: { absent: ['Age'] } },
      ],
    },
    {
      name: 'passed-on',
      title: 'An Age that came with an answer is passed on to the first who asked.',
      level: 'required',
      reference: field,
      requests: [{ answer: { fields: [hour, ['Age', '30']] }, given: { from: 'origin' }, expect: { age: [30, 40] } }],
    },
  ],
})
