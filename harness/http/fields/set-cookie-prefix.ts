import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { cookiesOf } from '../grammar/set-cookie.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const bis = (section: string) =>
  document(
    `RFC 6265bis section ${section}, Cookie Name Prefixes`,
    `https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-${section}`,
  )

const insecure = rule({
  id: 'http/set-cookie-prefix-insecure',
  level: 'error',
  reference: bis('4.1.3.1'),
  says: (e: { cookie: string; why: string }) => `Browsers refuse cookie "${e.cookie}": ${e.why}.`,
  wants: 'Cookies named __Secure- or __Host- are set over https with Secure.',
  remedy: 'Add Secure, and set the cookie over https.',
})

const domain = rule({
  id: 'http/set-cookie-prefix-domain',
  level: 'error',
  reference: bis('4.1.3.2'),
  says: (e: { cookie: string }) => `Browsers refuse cookie "${e.cookie}": it has a Domain.`,
  wants: 'Cookies named __Host- have no Domain.',
  remedy: 'Drop Domain, or use __Secure-.',
})

const path = rule({
  id: 'http/set-cookie-prefix-path',
  level: 'error',
  reference: bis('4.1.3.2'),
  says: (e: { cookie: string; path: string }) => `Browsers refuse cookie "${e.cookie}": its Path is "${e.path}".`,
  wants: 'Cookies named __Host- have Path=/.',
  remedy: 'Send Path=/, or use __Secure-.',
})

/** What the prefixes __Secure- and __Host- promise; browsers read them without regard to case. */
export const setCookiePrefix = check({
  id: 'http/set-cookie-prefix',
  rules: [insecure, domain, path],
  applies: ({ response }) => response.fields.has('set-cookie'),
  *run({ url, response }: Message) {
    for (const cookie of cookiesOf(response.fields)) {
      const prefix = /^__(secure|host)-/i.exec(cookie.name)?.[1]?.toLowerCase()
      if (prefix === undefined) continue
      const seen = { cookie: excerpt(cookie.name) }
      const where = `response.fields.set-cookie.${seen.cookie}`
      if (!cookie.has('secure')) yield insecure.at(where, { ...seen, why: 'it has no Secure' })
      else if (url.protocol !== 'https:') yield insecure.at(where, { ...seen, why: 'it came over plain http' })
      if (prefix === 'secure') continue
      // An empty Domain is the same as none.
      if ((cookie.get('domain') ?? '') !== '') yield domain.at(where, seen)
      if (cookie.get('path') !== '/') yield path.at(where, { ...seen, path: excerpt(cookie.get('path') ?? '') })
    }
  },
  examples: [
    { title: 'no prefix', given: given({ fields: [['Set-Cookie', 'a=b']] }), yields: [] },
    {
      title: 'a host cookie as it should be',
      given: given({ url: 'https://origin.test/', fields: [['Set-Cookie', '__Host-a=b; Path=/; Secure']] }),
      yields: [],
    },
    {
      title: 'a secure cookie with a domain and a path',
      given: given({
        url: 'https://origin.test/',
        fields: [['Set-Cookie', '__Secure-a=b; Domain=origin.test; Path=/x; Secure']],
      }),
      yields: [],
    },
    {
      title: 'no Secure',
      given: given({ url: 'https://origin.test/', fields: [['Set-Cookie', '__Secure-a=b']] }),
      yields: [insecure],
    },
    { title: 'over http', given: given({ fields: [['Set-Cookie', '__Secure-a=b; Secure']] }), yields: [insecure] },
    {
      title: 'a domain',
      given: given({
        url: 'https://origin.test/',
        fields: [['Set-Cookie', '__Host-a=b; Domain=origin.test; Path=/; Secure']],
      }),
      yields: [domain],
    },
    {
      title: 'no path, in small letters',
      given: given({ url: 'https://origin.test/', fields: [['Set-Cookie', '__host-a=b; Secure']] }),
      yields: [path],
    },
  ],
})
