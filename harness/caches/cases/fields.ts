import { rfc } from '../../kernel/index.ts'
import { topic } from '../topic.ts'

const base = ['caches/freshness-max-age'] as const
const hour = ['Cache-Control', 'max-age=3600'] as const
const kept: readonly (readonly [field: string, value: string, aka: boolean])[] = [
  ['Test-Header', 'one', true],
  ['X-Test-Header', 'one', true],
  ['Content-Foo', 'one', true],
  ['X-Content-Foo', 'one', true],
  ['Content-Encoding', 'x-own', true],
  ['Content-Language', 'en', false],
  ['Content-Location', '/foo', true],
  ['Content-MD5', 'rL0Y20zC+Fzt72VPzMSk2A==', true],
  ['Content-Security-Policy', "default-src 'self'", true],
  ['Content-Type', 'text/plain;charset=utf-8', true],
  ['Content-Disposition', 'attachment', false],
  ['Clear-Site-Data', '"cache"', true],
  ['ETag', '"abcdef"', true],
  ['Expires', 'Fri, 01 Jan 2038 01:01:01 GMT', true],
  ['Last-Modified', 'Sat, 01 Jan 2022 01:01:01 GMT', false],
  ['Link', '</style.css>; rel=preload', false],
  ['Set-Cookie', 'a=b', true],
  ['Strict-Transport-Security', 'max-age=3600', false],
  ['Vary', 'Foo', false],
  ['WWW-Authenticate', 'Basic realm="x"', false],
  ['X-Frame-Options', 'deny', true],
  ['Access-Control-Allow-Origin', '*', false],
]
/** Fields of one connection, which must not be stored. */
const ofConnection = [
  ['Keep-Alive', 'timeout=77'],
  ['Proxy-Authenticate', 'Basic realm="x"'],
  ['Proxy-Connection', 'keep-alive'],
  ['Upgrade', 'h2c'],
  ['Proxy-Authentication-Info', 'x'],
] as const

/** Which fields are stored with an answer. */
export const fieldCases = topic({
  id: 'caches/fields',
  remedy: 'Let the cache store all fields but those of one connection, and give them unchanged.',
  cases: [
    ...kept.map(([field, value, aka]) => ({
      name: `kept-${field.toLowerCase()}`,
      title: `${field} is stored with the answer and given with it.`,
      level: 'required' as const,
      reference: rfc(9111, '3.1'),
      ...(aka && { aka: `headers-store-${field}` }),
      needs: base,
      requests: [
        { answer: { fields: [hour, [field, value]] as const } },
        { given: { from: 'cache' as const }, expect: { fields: [[field, value]] as const } },
      ],
    })),
    ...ofConnection.map(([field, value]) => ({
      name: `dropped-${field.toLowerCase()}`,
      title: `${field} is not stored with the answer.`,
      level: 'required' as const,
      reference: rfc(9111, '3.1'),
      aka: `headers-store-${field}`,
      needs: base,
      requests: [
        { answer: { fields: [hour, [field, value]] as const } },
        { given: { from: 'cache' as const }, expect: { absent: [field] } },
      ],
    })),
    {
      name: 'connection-listed',
      title: 'Fields that Connection names are not stored.',
      level: 'required',
      reference: rfc(9111, '3.1'),
      aka: 'headers-omit-headers-listed-in-Connection',
      needs: base,
      requests: [
        { answer: { fields: [hour, ['Connection', 'a, b'], ['a', '1'], ['b', '2'], ['c', '3']] } },
        { given: { from: 'cache', kept: ['c'] }, expect: { absent: ['a', 'b'] } },
      ],
    },
    {
      name: 'two-lines',
      title: 'A field on two lines is stored whole.',
      level: 'required',
      reference: rfc(9110, '5.3'),
      needs: base,
      requests: [
        { answer: { fields: [hour, ['Test-Header', 'one'], ['Test-Header', 'two']] } },
        { given: { from: 'cache' }, expect: { fields: [['Test-Header', 'one, two']] } },
      ],
    },
    {
      name: 'content',
      title: 'Content is given byte for byte.',
      level: 'required',
      reference: rfc(9111, '4'),
      needs: base,
      requests: [
        { answer: { fields: [hour], body: 'a\u0000b\u00FF\r\nc' } },
        { given: { from: 'cache' }, expect: { body: 'a\u0000b\u00FF\r\nc' } },
      ],
    },
    {
      name: 'empty-content',
      title: 'An answer without content is stored like any other.',
      level: 'optional',
      reference: rfc(9111, '3'),
      needs: base,
      requests: [{ answer: { fields: [hour], body: '' } }, { expect: { from: 'cache', body: '' } }],
    },
    {
      name: 'chunked',
      title: 'An answer that came in chunks is stored like any other.',
      level: 'optional',
      reference: rfc(9111, '3'),
      needs: base,
      requests: [{ answer: { fields: [hour], chunked: true } }, { expect: { from: 'cache' } }],
    },
    {
      name: 'trailers',
      title: 'Trailers of a stored answer are given or dropped, and not made header fields.',
      level: 'required',
      reference: rfc(9110, '6.5.1'),
      requests: [
        { answer: { fields: [hour], trailers: [['Test-Trailer', 'one']] }, given: {} },
        { given: { status: 200 }, expect: { absent: ['Test-Trailer'] } },
      ],
    },
    {
      name: 'interim-103',
      title: 'A 103 is passed on, and the answer behind it is stored.',
      level: 'optional',
      reference: rfc(9110, '15.2'),
      aka: 'interim-103',
      requests: [
        {
          answer: { fields: [hour], interim: [{ status: 103, fields: [['Link', '</styles.css>; rel=preload']] }] },
          given: {},
          expect: { interim: [103] },
        },
        { expect: { from: 'cache', status: 200 } },
      ],
    },
    {
      name: 'interim-102',
      title: 'A 102 is passed on, and the answer behind it is stored.',
      level: 'optional',
      reference: rfc(9110, '15.2'),
      aka: 'interim-102',
      requests: [
        { answer: { fields: [hour], interim: [{ status: 102 }] }, given: {}, expect: { interim: [102] } },
        { expect: { from: 'cache', status: 200 } },
      ],
    },
    {
      name: 'interim-not-stored',
      title: 'The answer behind a 103 is stored, and not the 103.',
      level: 'required',
      reference: rfc(9111, '3'),
      requests: [{ answer: { fields: [hour], interim: [{ status: 103 }] }, given: {} }, { expect: { status: 200 } }],
    },
  ],
})
