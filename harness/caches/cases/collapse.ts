import { rfc } from '../../kernel/index.ts'
import { topic } from '../topic.ts'

const reference = rfc(9111, '4')
const base = ['caches/freshness-max-age'] as const
// Begun when the first crowd of requests is through: the second has to arrive while the first is under way.
const quiet = 4
const quick = { fields: [['Cache-Control', 'max-age=3600']] } as const
const slow = { ...quick, delayMs: 1500 } as const

/** Several requests for one thing, before its answer is there. */
export const collapseCases = topic({
  id: 'caches/collapse',
  remedy: 'Let requests for one thing wait for the first answer, and go on by themselves when it may not be shared.',
  cases: [
    {
      name: 'two',
      title: 'A request that comes while another for the same waits is answered with the same answer.',
      level: 'observation',
      reference,
      aka: 'collapse-basic',
      needs: base,
      requests: [
        { after: quiet, answer: slow },
        { alongside: true, after: 0.5, answer: quick, expect: { from: 'cache', askedTimes: 0 } },
      ],
    },
    {
      name: 'three',
      title: 'Three requests at once cost the origin one.',
      level: 'observation',
      reference,
      needs: ['caches/collapse-two'],
      requests: [
        { after: quiet, answer: slow },
        { alongside: true, after: 0.5, answer: quick, expect: { askedTimes: 0 } },
        { alongside: true, after: 0.5, answer: quick, expect: { askedTimes: 0 } },
      ],
    },
    {
      name: 'private',
      title: 'Two requests at once get two answers where the answer is private.',
      level: 'required',
      reference: rfc(9111, '5.2.2.7'),
      requests: [
        { answer: { fields: [['Cache-Control', 'private, max-age=3600']], delayMs: 1200 }, given: {} },
        { alongside: true, after: 0.5, answer: { fields: [['Cache-Control', 'private']] }, expect: { from: 'origin' } },
      ],
    },
    {
      name: 'no-store',
      title: 'Two requests at once get two answers where the answer is not to be stored.',
      level: 'required',
      reference: rfc(9111, '5.2.2.5'),
      requests: [
        { answer: { fields: [['Cache-Control', 'no-store']], delayMs: 1200 }, given: {} },
        {
          alongside: true,
          after: 0.5,
          answer: { fields: [['Cache-Control', 'no-store']] },
          expect: { from: 'origin' },
        },
      ],
    },
    {
      name: 'vary',
      title: 'Two requests at once get two answers where the answers vary.',
      level: 'required',
      reference: rfc(9111, '4.1'),
      requests: [
        {
          fields: [['Foo', '1']],
          answer: {
            fields: [
              ['Cache-Control', 'max-age=3600'],
              ['Vary', 'Foo'],
            ],
            delayMs: 1200,
          },
          given: {},
        },
        {
          alongside: true,
          after: 0.5,
          fields: [['Foo', '2']],
          answer: {
            fields: [
              ['Cache-Control', 'max-age=3600'],
              ['Vary', 'Foo'],
            ],
          },
          expect: { from: 'origin' },
        },
      ],
    },
    {
      name: 'error',
      title: 'A request that waited for another goes to the origin when that one failed.',
      level: 'observation',
      reference,
      requests: [
        { answer: { status: 503, delayMs: 1200 }, given: {} },
        {
          alongside: true,
          after: 0.5,
          answer: { fields: [['Cache-Control', 'max-age=3600']] },
          expect: { status: 200 },
        },
      ],
    },
  ],
})
