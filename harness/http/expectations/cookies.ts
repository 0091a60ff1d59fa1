import { z } from 'zod'
import { document } from '../../kernel/index.ts'
import type { SetCookie } from '../grammar/set-cookie.ts'
import { cookieLifetime, cookiesOf } from '../grammar/set-cookie.ts'
import { given } from '../message.ts'
import type { Message } from '../message.ts'
import { expectation } from './expectation.ts'

const cookieRfc = document('RFC 6265 section 4.1.2', 'https://www.rfc-editor.org/rfc/rfc6265#section-4.1.2')
const setting = (value: string): Message => given({ fields: [['Set-Cookie', value]] })

/** The names of the cookies that are not as wanted; their values may be secret. */
function bad(page: Message, isBad: (cookie: SetCookie) => boolean): string | undefined {
  const names = cookiesOf(page.response.fields)
    .filter(isBad)
    .map(({ name }) => name)
  return names.length === 0 ? undefined : `cookie ${names.join(', ')} is not`
}

const none = expectation({
  id: 'cookies-none',
  value: z.literal(true).meta({ description: 'The page sets no cookie' }),
  reference: cookieRfc,
  wanted: () => 'no cookie',
  look: (_, page) => {
    const names = cookiesOf(page.response.fields).map(({ name }) => name)
    return names.length === 0 ? undefined : `cookie ${names.join(', ')}`
  },
  examples: [
    { title: 'no cookie', value: true, page: given(), met: true },
    { title: 'a cookie', value: true, page: setting('a=b'), met: false },
  ],
})

const secure = expectation({
  id: 'cookies-secure',
  value: z.literal(true).meta({ description: 'Every cookie is Secure' }),
  reference: cookieRfc,
  wanted: () => 'every cookie to be Secure',
  look: (_, page) => bad(page, (cookie) => !cookie.has('secure')),
  examples: [
    { title: 'Secure', value: true, page: setting('a=b; Secure'), met: true },
    { title: 'not Secure', value: true, page: setting('a=b; HttpOnly'), met: false },
  ],
})

const httpOnly = expectation({
  id: 'cookies-http-only',
  value: z.literal(true).meta({ description: 'Every cookie is HttpOnly' }),
  reference: cookieRfc,
  wanted: () => 'every cookie to be HttpOnly',
  look: (_, page) => bad(page, (cookie) => !cookie.has('httponly')),
  examples: [
    { title: 'HttpOnly', value: true, page: setting('a=b; HttpOnly'), met: true },
    { title: 'not HttpOnly', value: true, page: setting('a=b; Secure'), met: false },
  ],
})

const sameSite = expectation({
  id: 'cookies-same-site',
  value: z.enum(['strict', 'lax']).meta({ description: 'Every cookie says SameSite, at least as strict as this' }),
  reference: cookieRfc,
  wanted: (value) => `every cookie to be SameSite=${value} or stricter`,
  look: (value, page) =>
    bad(page, (cookie) => {
      const said = cookie.get('samesite')?.toLowerCase()
      return said !== 'strict' && said !== value
    }),
  examples: [
    { title: 'stricter', value: 'lax', page: setting('a=b; SameSite=Strict'), met: true },
    { title: 'laxer', value: 'strict', page: setting('a=b; SameSite=Lax'), met: false },
    { title: 'not said', value: 'lax', page: setting('a=b'), met: false },
  ],
})

const atMostSeconds = expectation({
  id: 'cookies-at-most',
  value: z.int().min(0).meta({ description: 'No cookie stays longer, seconds; one of the session does not' }),
  reference: cookieRfc,
  wanted: (value) => `no cookie to stay longer than ${value} s`,
  look: (value, page) => bad(page, (cookie) => (cookieLifetime(cookie, page.now) ?? 0) > value),
  examples: [
    { title: 'of the session', value: 0, page: setting('a=b'), met: true },
    { title: 'an hour', value: 60, page: setting('a=b; Max-Age=3600'), met: false },
  ],
})

export const cookies = { none, secure, httpOnly, sameSite, atMostSeconds }
