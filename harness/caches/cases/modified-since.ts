import { rfc } from '../../kernel/index.ts'
import type { Wanted } from '../case.ts'
import { asks } from '../patterns/conditional-requests.ts'
import { topic } from '../topic.ts'

const received = rfc(9111, '4.3.2')
const hour = ['Cache-Control', 'max-age=100000'] as const
const known: Wanted = { from: 'cache', status: 304 }

const lastModified = [['Last-Modified', '{start-3000}']] as const

/** Conditional requests of clients by date, answered out of the store. */
export const modifiedSinceCases = topic({
  id: 'caches/modified-since',
  remedy: 'Let the cache answer If-Modified-Since by itself while what it has is fresh.',
  cases: [
    asks(
      'same',
      'If-Modified-Since with the stored Last-Modified is answered with 304 out of the store.',
      lastModified,
      [['If-Modified-Since', '{start-3000}']],
      known,
      { aka: 'conditional-lm-fresh' },
    ),
    asks(
      'earlier',
      'If-Modified-Since later than the stored Last-Modified is answered with 304.',
      lastModified,
      [['If-Modified-Since', '{start-2000}']],
      known,
      { aka: 'conditional-lm-fresh-earlier' },
    ),
    asks(
      'later',
      'If-Modified-Since before the stored Last-Modified is answered with 200 out of the store.',
      lastModified,
      [['If-Modified-Since', '{start-5000}']],
      { from: 'cache', status: 200 },
    ),
    asks(
      'none',
      'Where there is no Last-Modified, Date takes its place.',
      [['Date', '{now-5000}']],
      [['If-Modified-Since', '{start-3000}']],
      known,
      { aka: 'conditional-lm-fresh-no-lm' },
    ),
    asks(
      'rfc850',
      'An If-Modified-Since in the form of RFC 850 is read.',
      lastModified,
      [['If-Modified-Since', '{start-3000 rfc850}']],
      known,
      { aka: 'conditional-lm-fresh-rfc850' },
    ),
    asks(
      'asctime',
      'An If-Modified-Since in the form of asctime() is read.',
      lastModified,
      [['If-Modified-Since', '{start-3000 asctime}']],
      known,
    ),
    asks(
      'invalid',
      'An If-Modified-Since that is no date is not heeded.',
      lastModified,
      [['If-Modified-Since', 'yesterday']],
      { status: 200 },
      { level: 'required', reference: rfc(9110, '13.1.3'), needs: ['caches/modified-since-same'] },
    ),
    {
      name: 'stale',
      title: 'A client that asks with If-Modified-Since gets a 304 after the cache has validated.',
      level: 'optional',
      reference: received,
      aka: 'conditional-lm-stale',
      needs: ['caches/validation-last-modified'],
      requests: [
        {
          answer: {
            fields: [
              ['Cache-Control', 'max-age=1'],
              ['Last-Modified', '{start-3000}'],
            ],
          },
        },
        {
          after: 2.5,
          fields: [['If-Modified-Since', '{start-3000}']],
          answer: { fields: lastModified },
          expect: { from: 'validation', status: 304 },
        },
      ],
    },
    {
      name: 'if-unmodified-since',
      title: 'An If-Unmodified-Since that fails is not answered with what is stored.',
      level: 'observation',
      reference: rfc(9110, '13.1.4'),
      needs: ['caches/freshness-max-age'],
      requests: [
        { answer: { fields: [hour, ['Last-Modified', '{start-3000}']] } },
        { fields: [['If-Unmodified-Since', '{start-5000}']], answer: { status: 412 }, expect: { status: 412 } },
      ],
    },
  ],
})
