import { rfc } from '../../kernel/index.ts'
import type { Wanted } from '../case.ts'
import { asks } from '../patterns/conditional-requests.ts'
import { topic } from '../topic.ts'

const known: Wanted = { from: 'cache', status: 304 }

const strong = ['caches/conditional-etag'] as const
const open = { level: 'observation', needs: strong } as const

/** How the ETags of a conditional request are read and compared. */
export const etagParsingCases = topic({
  id: 'caches/etag-parsing',
  remedy: 'Send ETags in quotes; let the cache compare them byte for byte.',
  cases: [
    asks(
      'obs-text',
      'An ETag with characters beyond ASCII is compared like any other.',
      [['ETag', '"abcdef\u00FC"']],
      [['If-None-Match', '"abcdef\u00FC"']],
      known,
      { ...open, aka: 'conditional-etag-strong-respond-obs-text' },
    ),
    asks(
      'quoted-unquoted',
      'An If-None-Match without quotes matches a quoted ETag.',
      [['ETag', '"abcdef"']],
      [['If-None-Match', 'abcdef']],
      known,
      { ...open, aka: 'conditional-etag-quoted-respond-unquoted' },
    ),
    asks(
      'unquoted',
      'An ETag without quotes matches an If-None-Match without them.',
      [['ETag', 'abcdef']],
      [['If-None-Match', 'abcdef']],
      known,
      { ...open, aka: 'conditional-etag-unquoted-respond-unquoted' },
    ),
    asks(
      'unquoted-quoted',
      'An ETag without quotes matches an If-None-Match with them.',
      [['ETag', 'abcdef']],
      [['If-None-Match', '"abcdef"']],
      known,
      { ...open, aka: 'conditional-etag-unquoted-respond-quoted' },
    ),
    asks(
      'weak-lowercase',
      'A weak ETag that begins with w/ matches itself.',
      [['ETag', 'w/"abcdef"']],
      [['If-None-Match', 'w/"abcdef"']],
      known,
      { ...open, aka: 'conditional-etag-weak-respond-lowercase' },
    ),
    asks(
      'weak-backslash',
      'A weak ETag that begins with W\\ matches itself.',
      [['ETag', 'W\\"abcdef"']],
      [['If-None-Match', 'W\\"abcdef"']],
      known,
      { ...open, aka: 'conditional-etag-weak-respond-backslash' },
    ),
    asks(
      'weak-no-slash',
      'A weak ETag without its slash matches itself.',
      [['ETag', 'W"abcdef"']],
      [['If-None-Match', 'W"abcdef"']],
      known,
      { ...open, aka: 'conditional-etag-weak-respond-omit-slash' },
    ),
    asks(
      'comma',
      'A comma inside an ETag does not part a list.',
      [['ETag', '"abc,def"']],
      [['If-None-Match', '"abc,def"']],
      known,
      { needs: strong },
    ),
    asks(
      'part',
      'A part of an ETag does not match it.',
      [['ETag', '"abcdef"']],
      [['If-None-Match', '"abcde"']],
      { status: 200 },
      { level: 'required', needs: strong },
    ),
    asks(
      'lines',
      'If-None-Match on two lines is one list.',
      [['ETag', '"abcdef"']],
      [
        ['If-None-Match', '"1234"'],
        ['If-None-Match', '"abcdef"'],
      ],
      known,
      { needs: strong },
    ),
    asks(
      'case',
      'ETags are compared with regard to case.',
      [['ETag', '"abcdef"']],
      [['If-None-Match', '"ABCDEF"']],
      { status: 200 },
      { level: 'required', reference: rfc(9110, '8.8.3.2'), needs: strong },
    ),
  ],
})
