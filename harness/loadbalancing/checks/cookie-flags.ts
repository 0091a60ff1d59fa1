import { document, rfc, rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { newcomers } from '../bench/newcomers.ts'

export const cookieFlagsMissing = rule({
  id: 'loadbalancing/cookie-flags-missing',
  level: 'error',
  reference: rfc(6265, '5.2'),
  says: ({ cookie, missing, line }: { cookie: string; missing: readonly string[]; line: string }) =>
    `The cookie ${cookie} is set without ${missing.join(' and ')}: Set-Cookie: ${line}.`,
  wants: 'The cookie has every flag that is expected of it.',
  remedy: 'Add them where the balancer sets it: httponly, secure, attr SameSite=Lax.',
})

export const cookieFlagsRefused = rule({
  id: 'loadbalancing/cookie-flags-refused',
  level: 'error',
  reference: document(
    'RFC 6265bis section 5.7',
    'https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.7',
  ),
  says: ({ cookie, line }: { cookie: string; line: string }) =>
    `Browsers do not take the cookie ${cookie}: SameSite=None without Secure in Set-Cookie: ${line}.`,
  wants: 'A cookie that is sent from other sites is sent over TLS alone.',
  remedy: 'Add secure, or give it SameSite=Lax.',
})

export interface CookieFlagsSeen {
  readonly cookie: string
  readonly wanted: readonly string[]
  /** The different lines `Set-Cookie` of new visitors. */
  readonly lines: readonly string[]
}

/** The balancer's cookie is out of reach of scripts, of plain connections, of other sites, as far as that is expected. */
export const cookieFlags = balancerProbe({
  id: 'loadbalancing/cookie-flags',
  rules: [cookieFlagsMissing, cookieFlagsRefused],
  expects: ({ expect: { sticky } }) =>
    sticky === undefined ? notAsked('no stickiness is expected (expect.sticky)') : { sticky },
  async gather(bench, { sticky }) {
    const lines = (await newcomers(bench, sticky.cookie)).map(({ line }) => line)
    return { cookie: sticky.cookie, wanted: sticky.flags, lines: [...new Set(lines)].toSorted() }
  },
  *run({ cookie, wanted, lines }: CookieFlagsSeen) {
    const place = 'answer.fields.set-cookie'
    for (const line of lines) {
      const attributes = new Map(line.split(';').slice(1).map(attribute))
      const missing = wanted.filter((flag) => !attributes.has(flag.toLowerCase()))
      if (missing.length > 0) yield cookieFlagsMissing.at(place, { cookie, missing, line })
      if (attributes.get('samesite') === 'none' && !attributes.has('secure'))
        yield cookieFlagsRefused.at(place, { cookie, line })
    }
  },
  examples: [
    {
      title: 'all that are expected',
      given: {
        cookie: 'SERVERID',
        wanted: ['HttpOnly', 'SameSite'],
        lines: ['SERVERID=a; path=/; httponly; SameSite=Lax'],
      },
      yields: [],
    },
    {
      title: 'for other sites, over TLS',
      given: { cookie: 'SERVERID', wanted: ['Secure'], lines: ['SERVERID=a; Secure; SameSite=None'] },
      yields: [],
    },
    {
      title: 'a value that looks like a flag',
      given: { cookie: 'SERVERID', wanted: ['HttpOnly'], lines: ['SERVERID=httponly; path=/'] },
      yields: [cookieFlagsMissing],
    },
    {
      title: 'for other sites, over anything',
      given: { cookie: 'SERVERID', wanted: ['SameSite'], lines: ['SERVERID=a; SameSite=None'] },
      yields: [cookieFlagsRefused],
    },
  ],
})

function attribute(text: string): [name: string, value: string] {
  const [name = '', value = ''] = text.split('=').map((part) => part.trim().toLowerCase())
  return [name, value]
}
