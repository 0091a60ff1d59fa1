import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { cookiesOf } from '../grammar/set-cookie.ts'
import { isToken } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.set-cookie'
const bis = document(
  'Cookies: HTTP State Management Mechanism (RFC 6265bis)',
  'https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis',
)

const unnamed = rule({
  id: 'http/set-cookie-unnamed',
  level: 'error',
  reference: rfc(6265, '5.2'),
  says: () => 'A Set-Cookie line has no name before "=", so browsers drop it or keep a cookie without a name.',
  wants: 'Set-Cookie begins with name=value.',
  remedy: 'Give the cookie a name.',
})

const malformed = rule({
  id: 'http/set-cookie-malformed',
  level: 'warning',
  reference: rfc(6265, '4.1.1'),
  says: (e: { cookie: string; part: string }) =>
    `The ${e.part} of cookie "${e.cookie}" has characters that the grammar does not allow.`,
  wants: 'The name is a token, the value visible ASCII without space, quote, comma, semicolon or backslash.',
  remedy: 'Encode the value, by base64url or percent signs.',
})

const repeated = rule({
  id: 'http/set-cookie-repeated',
  level: 'warning',
  reference: rfc(6265, '4.1.1'),
  says: (e: { cookie: string }) => `Cookie "${e.cookie}" is set more than once for the same domain and path.`,
  wants: 'A response sets each cookie once.',
  remedy: 'Find the second place that sets it.',
})

const attributeRepeated = rule({
  id: 'http/set-cookie-attribute-repeated',
  level: 'warning',
  reference: rfc(6265, '4.1.1'),
  says: (e: { cookie: string; attribute: string }) =>
    `Cookie "${e.cookie}" has ${e.attribute} more than once, and the last one counts.`,
  wants: 'Each attribute is there once.',
  remedy: 'Look for a proxy that adds attributes to cookies that have them.',
})

const attributeUnknown = rule({
  id: 'http/set-cookie-attribute-unknown',
  level: 'warning',
  reference: rfc(6265, '5.2'),
  says: (e: { cookie: string; attribute: string }) =>
    `Cookie "${e.cookie}" has the attribute "${e.attribute}", which browsers ignore.`,
  wants: 'Attributes are Expires, Max-Age, Domain, Path, Secure, HttpOnly, SameSite, Partitioned.',
  remedy: 'Correct the spelling.',
})

const tooLarge = rule({
  id: 'http/set-cookie-too-large',
  level: 'error',
  reference: bis,
  says: (e: { cookie: string; bytes: number }) =>
    `Cookie "${e.cookie}" has ${e.bytes} bytes of name and value, and browsers drop it beyond 4096.`,
  wants: 'Name and value together have at most 4096 bytes.',
  remedy: 'Keep the state on the server and a short key in the cookie.',
})

const known = new Set([
  'expires',
  'max-age',
  'domain',
  'path',
  'secure',
  'httponly',
  'samesite',
  'partitioned',
  'priority',
])
const cookieValue = /^(?:[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*|"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*")$/

/** Set-Cookie: its own grammar, and one line a cookie (RFC 6265 section 4.1.1). Values are never shown. */
export const setCookie = check({
  id: 'http/set-cookie',
  rules: [unnamed, malformed, repeated, attributeRepeated, attributeUnknown, tooLarge],
  applies: ({ response }) => response.fields.has('set-cookie'),
  *run({ response }: Message) {
    const seen = new Map<string, number>()
    for (const cookie of cookiesOf(response.fields)) {
      if (cookie.name === '') {
        yield unnamed.at(place)
        continue
      }
      const name = excerpt(cookie.name)
      const where = `${place}.${name}`
      if (!isToken(cookie.name)) yield malformed.at(where, { cookie: name, part: 'name' })
      else if (!cookieValue.test(cookie.value)) yield malformed.at(where, { cookie: name, part: 'value' })
      const bytes = cookie.name.length + cookie.value.length
      if (bytes > 4096) yield tooLarge.at(where, { cookie: name, bytes })
      const identity = `${cookie.name};${cookie.get('domain')?.toLowerCase() ?? ''};${cookie.get('path') ?? ''}`
      const times = (seen.get(identity) ?? 0) + 1
      seen.set(identity, times)
      if (times === 2) yield repeated.at(where, { cookie: name })
      const attributes = cookie.attributes.map((each) => each.name)
      for (const attribute of new Set(attributes)) {
        const of = { cookie: name, attribute: excerpt(attribute) }
        if (!known.has(attribute)) yield attributeUnknown.at(where, of)
        else if (attributes.indexOf(attribute) !== attributes.lastIndexOf(attribute))
          yield attributeRepeated.at(where, of)
      }
    }
  },
  examples: [
    {
      title: 'a session',
      given: given({ fields: [['Set-Cookie', 'id=abc; Path=/; Secure; HttpOnly; SameSite=Lax']] }),
      yields: [],
    },
    {
      title: 'one name for two paths',
      given: given({
        fields: [
          ['Set-Cookie', 'a=1; Path=/a'],
          ['Set-Cookie', 'a=1; Path=/b'],
        ],
      }),
      yields: [],
    },
    { title: 'no name', given: given({ fields: [['Set-Cookie', '=abc']] }), yields: [unnamed] },
    { title: 'no equals sign', given: given({ fields: [['Set-Cookie', 'abc; Path=/']] }), yields: [unnamed] },
    { title: 'a space in the value', given: given({ fields: [['Set-Cookie', 'a=b c']] }), yields: [malformed] },
    { title: 'a bracket in the name', given: given({ fields: [['Set-Cookie', 'a[0]=b']] }), yields: [malformed] },
    {
      title: 'a cookie twice',
      given: given({
        fields: [
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'a=2'],
        ],
      }),
      yields: [repeated],
    },
    {
      title: 'Secure twice',
      given: given({ fields: [['Set-Cookie', 'a=1; Secure; secure']] }),
      yields: [attributeRepeated],
    },
    {
      title: 'a spelling mistake',
      given: given({ fields: [['Set-Cookie', 'a=1; HttpsOnly']] }),
      yields: [attributeUnknown],
    },
    {
      title: 'a very large one',
      given: given({ fields: [['Set-Cookie', `a=${'x'.repeat(4096)}`]] }),
      yields: [tooLarge],
    },
  ],
})
