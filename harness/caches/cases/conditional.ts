import { rfc } from '../../kernel/index.ts'
import type { Wanted } from '../case.ts'
import { asks } from '../patterns/conditional-requests.ts'
import { topic } from '../topic.ts'

const received = rfc(9111, '4.3.2')
const hour = ['Cache-Control', 'max-age=100000'] as const
const known: Wanted = { from: 'cache', status: 304 }

const strong = ['caches/conditional-etag'] as const

/** Conditional requests of clients, answered out of the store. */
export const conditionalCases = topic({
  id: 'caches/conditional',
  remedy: 'Let the cache answer If-None-Match and If-Modified-Since by itself while what it has is fresh.',
  cases: [
    asks(
      'etag',
      'If-None-Match with the stored strong ETag is answered with 304 out of the store.',
      [['ETag', '"abcdef"']],
      [['If-None-Match', '"abcdef"']],
      known,
      { aka: 'conditional-etag-strong-respond' },
    ),
    asks(
      'etag-given',
      'A 304 out of the store carries the ETag.',
      [['ETag', '"abcdef"']],
      [['If-None-Match', '"abcdef"']],
      { fields: [['ETag', '"abcdef"']] },
      { level: 'required', reference: rfc(9110, '15.4.5'), needs: strong, aka: 'conditional-304-etag' },
    ),
    asks(
      'cache-control-given',
      'A 304 out of the store carries Cache-Control.',
      [['ETag', '"abcdef"']],
      [['If-None-Match', '"abcdef"']],
      { kept: [], fields: [['Cache-Control', 'max-age=100000']] },
      { level: 'required', reference: rfc(9110, '15.4.5'), needs: strong },
    ),
    asks(
      'vary-given',
      'A 304 out of the store carries Vary.',
      [
        ['ETag', '"abcdef"'],
        ['Vary', 'Foo'],
      ],
      [['If-None-Match', '"abcdef"']],
      { fields: [['Vary', 'Foo']] },
      { level: 'required', reference: rfc(9110, '15.4.5'), needs: strong },
    ),
    asks(
      'no-content',
      'A 304 out of the store has no content.',
      [['ETag', '"abcdef"']],
      [['If-None-Match', '"abcdef"']],
      { status: 304, body: '' },
      { level: 'required', reference: rfc(9110, '15.4.5'), needs: strong },
    ),
    asks(
      'etag-other',
      'If-None-Match with another ETag is answered with 200 out of the store.',
      [['ETag', '"abcdef"']],
      [['If-None-Match', '"other"']],
      { from: 'cache', status: 200 },
      {},
    ),
    asks(
      'etag-precedence',
      'If-None-Match counts beside an If-Modified-Since that names another date than the stored one.',
      [
        ['ETag', '"abcdef"'],
        ['Last-Modified', '{start-5000}'],
      ],
      [
        ['If-None-Match', '"abcdef"'],
        ['If-Modified-Since', '{start-1}'],
      ],
      known,
      { level: 'required', reference: rfc(9110, '13.1.3'), needs: strong, aka: 'conditional-etag-precedence' },
    ),
    asks(
      'etag-precedence-modified',
      'If-None-Match outranks an If-Modified-Since that says otherwise.',
      [
        ['ETag', '"abcdef"'],
        ['Last-Modified', '{start-3000}'],
      ],
      [
        ['If-None-Match', '"abcdef"'],
        ['If-Modified-Since', '{start-5000}'],
      ],
      known,
      { level: 'required', reference: rfc(9110, '13.1.3'), needs: strong },
    ),
    asks(
      'etag-precedence-other',
      'An If-None-Match that does not match outranks an If-Modified-Since that does.',
      [
        ['ETag', '"abcdef"'],
        ['Last-Modified', '{start-3000}'],
      ],
      [
        ['If-None-Match', '"other"'],
        ['If-Modified-Since', '{start-1000}'],
      ],
      { status: 200 },
      { level: 'required', reference: rfc(9110, '13.1.3'), needs: strong },
    ),
    asks(
      'etag-weak',
      'If-None-Match with the stored weak ETag is answered with 304 out of the store.',
      [['ETag', 'W/"abcdef"']],
      [['If-None-Match', 'W/"abcdef"']],
      known,
      { aka: 'conditional-etag-weak-respond' },
    ),
    asks(
      'etag-weak-strong',
      'If-None-Match with a strong ETag matches the stored weak one.',
      [['ETag', 'W/"abcdef"']],
      [['If-None-Match', '"abcdef"']],
      known,
      { reference: rfc(9110, '8.8.3.2') },
    ),
    asks(
      'etag-strong-weak',
      'If-None-Match with a weak ETag matches the stored strong one.',
      [['ETag', '"abcdef"']],
      [['If-None-Match', 'W/"abcdef"']],
      known,
      { reference: rfc(9110, '8.8.3.2') },
    ),
    asks(
      'etag-first',
      'Of several ETags in If-None-Match the first matches.',
      [['ETag', '"abcdef"']],
      [['If-None-Match', '"abcdef", "1234", "5678"']],
      known,
      { aka: 'conditional-etag-strong-respond-multiple-first' },
    ),
    asks(
      'etag-second',
      'Of several ETags in If-None-Match the middle one matches.',
      [['ETag', '"abcdef"']],
      [['If-None-Match', '"1234", "abcdef", "5678"']],
      known,
      { aka: 'conditional-etag-strong-respond-multiple-second' },
    ),
    asks(
      'etag-last',
      'Of several ETags in If-None-Match the last matches.',
      [['ETag', '"abcdef"']],
      [['If-None-Match', '"1234", "5678", "abcdef"']],
      known,
      { aka: 'conditional-etag-strong-respond-multiple-last' },
    ),
    asks(
      'etag-star',
      'If-None-Match: * matches whatever is stored.',
      [['ETag', '"abcdef"']],
      [['If-None-Match', '*']],
      known,
      { reference: rfc(9110, '13.1.2') },
    ),
    {
      name: 'etag-stale',
      title: 'A client that asks with If-None-Match gets a 304 after the cache has validated.',
      level: 'optional',
      reference: received,
      needs: ['caches/validation-etag'],
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
          after: 2.5,
          fields: [['If-None-Match', '"a"']],
          answer: { fields: [['ETag', '"a"']] },
          expect: { from: 'validation', status: 304 },
        },
      ],
    },
    {
      name: 'etag-forward',
      title: 'An If-None-Match is passed on where nothing is stored.',
      level: 'observation',
      reference: received,
      aka: 'conditional-etag-forward',
      requests: [
        {
          fields: [['If-None-Match', '"abcdef"']],
          given: { from: 'origin' },
          expect: { asked: { fields: [['If-None-Match', '"abcdef"']] } },
        },
      ],
    },
    {
      name: 'etag-forward-unquoted',
      title: 'An If-None-Match without quotes gets them when it is passed on.',
      level: 'observation',
      reference: received,
      aka: 'conditional-etag-forward-unquoted',
      requests: [
        {
          fields: [['If-None-Match', 'abcdef']],
          given: { from: 'origin' },
          expect: { asked: { fields: [['If-None-Match', '"abcdef"']] } },
        },
      ],
    },
    {
      name: 'if-match',
      title: 'An If-Match that fails is not answered with what is stored.',
      level: 'observation',
      reference: rfc(9110, '13.1.1'),
      needs: ['caches/freshness-max-age'],
      requests: [
        { answer: { fields: [hour, ['ETag', '"a"']] } },
        { fields: [['If-Match', '"b"']], answer: { status: 412 }, expect: { status: 412 } },
      ],
    },
  ],
})
