import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { parseCookieDate } from '../grammar/cookie-date.ts'
import { cookieLifetime, cookiesOf } from '../grammar/set-cookie.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const maxAgeMalformed = rule({
  id: 'http/set-cookie-lifetime-max-age-malformed',
  level: 'error',
  reference: rfc(6265, '5.2.2'),
  says: (e: { cookie: string; value: string }) =>
    `Cookie "${e.cookie}" has Max-Age "${e.value}", which browsers ignore.`,
  wants: 'Max-Age is a whole number of seconds.',
  remedy: 'Send whole seconds: Max-Age=3600.',
})

const expiresMalformed = rule({
  id: 'http/set-cookie-lifetime-expires-malformed',
  level: 'error',
  reference: rfc(6265, '5.1.1'),
  says: (e: { cookie: string; value: string }) =>
    `Cookie "${e.cookie}" has Expires "${e.value}", which browsers ignore.`,
  wants: 'Expires is a date such as Thu, 01 Jan 2026 00:00:00 GMT.',
  remedy: 'Send an HTTP-date, or Max-Age.',
  aka: { redbot: 'SET_COOKIE_BAD_DATE' },
})

const tooLong = rule({
  id: 'http/set-cookie-lifetime-too-long',
  level: 'info',
  reference: document(
    'RFC 6265bis section 5.5, Cookie Lifetime Limits',
    'https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.5',
  ),
  says: (e: { cookie: string; days: number }) =>
    `Cookie "${e.cookie}" asks for ${e.days} days; browsers keep it 400 at most.`,
  wants: 'A cookie asks for at most 400 days.',
  remedy: 'Ask for less, and renew it.',
})

/** How long cookies live: Max-Age and Expires (RFC 6265 sections 5.2.1 and 5.2.2). */
export const setCookieLifetime = check({
  id: 'http/set-cookie-lifetime',
  rules: [maxAgeMalformed, expiresMalformed, tooLong],
  applies: ({ response }) => response.fields.has('set-cookie'),
  *run({ now, response }: Message) {
    for (const cookie of cookiesOf(response.fields)) {
      const name = excerpt(cookie.name)
      const where = `response.fields.set-cookie.${name}`
      const maxAge = cookie.has('max-age') ? (cookie.get('max-age') ?? '') : undefined
      if (maxAge !== undefined && !/^-?\d+$/.test(maxAge)) {
        yield maxAgeMalformed.at(where, { cookie: name, value: excerpt(maxAge) })
      }
      const expires = cookie.has('expires') ? (cookie.get('expires') ?? '') : undefined
      if (expires !== undefined && parseCookieDate(expires) === undefined) {
        yield expiresMalformed.at(where, { cookie: name, value: excerpt(expires) })
      }
      const days = Math.round((cookieLifetime(cookie, now) ?? 0) / 86_400)
      if (days > 400) yield tooLong.at(where, { cookie: name, days })
    }
  },
  examples: [
    { title: 'an hour', given: given({ fields: [['Set-Cookie', 'a=b; Max-Age=3600']] }), yields: [] },
    {
      title: 'deleted, in both ways',
      given: given({ fields: [['Set-Cookie', 'a=; Max-Age=-1; Expires=Thu, 01-Jan-1970 00:00:00 GMT']] }),
      yields: [],
    },
    { title: 'a unit', given: given({ fields: [['Set-Cookie', 'a=b; Max-Age=1h']] }), yields: [maxAgeMalformed] },
    {
      title: 'an empty Max-Age',
      given: given({ fields: [['Set-Cookie', 'a=b; Max-Age=']] }),
      yields: [maxAgeMalformed],
    },
    {
      title: 'an ISO date',
      given: given({ fields: [['Set-Cookie', 'a=b; Expires=2026-02-01T00:00:00Z']] }),
      yields: [expiresMalformed],
    },
    { title: 'two years', given: given({ fields: [['Set-Cookie', 'a=b; Max-Age=63072000']] }), yields: [tooLong] },
    {
      title: 'a date of ten years ahead that Max-Age cuts short',
      given: given({ fields: [['Set-Cookie', 'a=b; Max-Age=60; Expires=Fri, 01 Jan 2036 00:00:00 GMT']] }),
      yields: [],
    },
  ],
})
