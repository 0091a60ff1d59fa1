import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { cookieLifetime, cookiesOf } from '../grammar/set-cookie.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const bis = (section: string, title: string) =>
  document(
    `RFC 6265bis section ${section}, ${title}`,
    `https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-${section}`,
  )

const insecure = rule({
  id: 'http/set-cookie-protection-insecure',
  level: 'warning',
  reference: rfc(6265, '4.1.2.5'),
  says: (e: { cookie: string }) =>
    `Cookie "${e.cookie}" is set over https without Secure, so it also travels over plain http.`,
  wants: 'Cookies set over https have Secure.',
  remedy: 'Add Secure.',
})

const readable = rule({
  id: 'http/set-cookie-protection-readable',
  level: 'warning',
  reference: rfc(6265, '4.1.2.6'),
  says: (e: { cookie: string }) => `Cookie "${e.cookie}" has no HttpOnly, so an injected script can read it.`,
  wants: 'Cookies that no script needs have HttpOnly.',
  remedy: 'Add HttpOnly; accept this finding for cookies that scripts must read.',
})

const crossSite = rule({
  id: 'http/set-cookie-protection-cross-site',
  level: 'warning',
  reference: bis('4.1.2.7', 'The SameSite Attribute'),
  says: (e: { cookie: string }) => `Cookie "${e.cookie}" has no SameSite, and browsers differ in what they assume.`,
  wants: 'Cookies say SameSite=Lax, Strict or None.',
  remedy: 'Add SameSite=Lax, or Strict.',
})

const sameSiteUnknown = rule({
  id: 'http/set-cookie-protection-same-site-unknown',
  level: 'warning',
  reference: bis('4.1.2.7', 'The SameSite Attribute'),
  says: (e: { cookie: string; value: string }) =>
    `Cookie "${e.cookie}" has SameSite "${e.value}", which browsers do not know.`,
  wants: 'SameSite is Lax, Strict or None.',
  remedy: 'Correct the value.',
})

const noneInsecure = rule({
  id: 'http/set-cookie-protection-none-insecure',
  level: 'error',
  reference: bis('4.1.2.7', 'The SameSite Attribute'),
  says: (e: { cookie: string; attribute: string }) =>
    `Browsers refuse cookie "${e.cookie}": ${e.attribute} without Secure.`,
  wants: 'SameSite=None and Partitioned come with Secure.',
  remedy: 'Add Secure, and set the cookie over https.',
})

const hardened = rule({
  id: 'http/set-cookie-protection-hardened',
  level: 'good',
  reference: rfc(6265, '8'),
  says: (e: { cookie: string }) => `Cookie "${e.cookie}" is Secure, HttpOnly and SameSite.`,
  wants: 'Cookies are Secure, HttpOnly and SameSite.',
  remedy: 'Nothing to do.',
})

/** Secure, HttpOnly and SameSite. A cookie that is being deleted needs no protection. */
export const setCookieProtection = check({
  id: 'http/set-cookie-protection',
  rules: [insecure, readable, crossSite, sameSiteUnknown, noneInsecure, hardened],
  applies: ({ response }) => response.fields.has('set-cookie'),
  *run({ url, now, response }: Message) {
    for (const cookie of cookiesOf(response.fields)) {
      if (cookie.name === '' || (cookieLifetime(cookie, now) ?? 1) <= 0) continue
      const seen = { cookie: excerpt(cookie.name) }
      const where = `response.fields.set-cookie.${seen.cookie}`
      const sameSite = cookie.has('samesite') ? (cookie.get('samesite') ?? '').toLowerCase() : undefined
      const secure = cookie.has('secure')
      if (!secure && (sameSite === 'none' || cookie.has('partitioned'))) {
        yield noneInsecure.at(where, { ...seen, attribute: sameSite === 'none' ? 'SameSite=None' : 'Partitioned' })
      } else if (!secure && url.protocol === 'https:') yield insecure.at(where, seen)
      if (!cookie.has('httponly')) yield readable.at(where, seen)
      if (sameSite === undefined) yield crossSite.at(where, seen)
      else if (!['lax', 'strict', 'none'].includes(sameSite)) {
        yield sameSiteUnknown.at(where, { ...seen, value: excerpt(sameSite) })
      }
      if (secure && cookie.has('httponly') && (sameSite === 'lax' || sameSite === 'strict'))
        yield hardened.at(where, seen)
    }
  },
  examples: [
    {
      title: 'over http, as well as can be',
      given: given({ fields: [['Set-Cookie', 'a=b; HttpOnly; SameSite=Lax']] }),
      yields: [],
    },
    {
      title: 'over https, as well as can be',
      given: given({ url: 'https://origin.test/', fields: [['Set-Cookie', 'a=b; Secure; HttpOnly; SameSite=Strict']] }),
      yields: [hardened],
    },
    {
      title: 'a cookie that is deleted',
      given: given({
        url: 'https://origin.test/',
        fields: [['Set-Cookie', 'a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT']],
      }),
      yields: [],
    },
    {
      title: 'over https without Secure',
      given: given({ url: 'https://origin.test/', fields: [['Set-Cookie', 'a=b; HttpOnly; SameSite=Lax']] }),
      yields: [insecure],
    },
    { title: 'no HttpOnly', given: given({ fields: [['Set-Cookie', 'a=b; SameSite=Lax']] }), yields: [readable] },
    { title: 'no SameSite', given: given({ fields: [['Set-Cookie', 'a=b; HttpOnly']] }), yields: [crossSite] },
    {
      title: 'SameSite=Yes',
      given: given({ fields: [['Set-Cookie', 'a=b; HttpOnly; SameSite=Yes']] }),
      yields: [sameSiteUnknown],
    },
    {
      title: 'SameSite=None without Secure',
      given: given({ fields: [['Set-Cookie', 'a=b; HttpOnly; SameSite=None']] }),
      yields: [noneInsecure],
    },
    {
      title: 'Partitioned without Secure',
      given: given({
        url: 'https://origin.test/',
        fields: [['Set-Cookie', 'a=b; HttpOnly; SameSite=Lax; Partitioned']],
      }),
      yields: [noneInsecure],
    },
  ],
})
