import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { parseCookieDate } from '../grammar/cookie-date.ts'
import type { SetCookie } from '../grammar/set-cookie.ts'
import { cookiesOf } from '../grammar/set-cookie.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const bis = (title: string) =>
  document(`RFC 6265bis, ${title}`, 'https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis')
type Seen = { readonly cookie: string }
type State =
  | 'unnamed'
  | 'max-age-empty'
  | 'max-age-zero'
  | 'max-age-words'
  | 'domain-empty'
  | 'none-insecure'
  | 'attribute-unknown'
  | 'priority'
  | 'version'
  | 'value-unknown'
  | 'partitioned'
  | 'large'
  | 'lifetime'
  | 'prefix-insecure'
  | 'prefix-domain'
  | 'prefix-path'
  | 'attribute-twice'
  | 'name-twice'
  | 'value-large'
const told = (state: State, redbot: string, what: string, reference = bis('the Set-Cookie header field')) =>
  note(`http/set-cookie-detail-${state}`, redbot, reference, (e: Seen) => `The cookie ${e.cookie} ${what}.`)

const unnamed = told('unnamed', 'SET_COOKIE_NO_NAME', 'has neither name nor value', rfc(6265, '5.2'))
const ageEmpty = told('max-age-empty', 'SET_COOKIE_EMPTY_MAX_AGE', 'has an empty Max-Age', rfc(6265, '5.2.2'))
const ageZero = told(
  'max-age-zero',
  'SET_COOKIE_LEADING_ZERO_MAX_AGE',
  'has a Max-Age that begins with 0',
  rfc(6265, '4.1.1'),
)
const ageWords = told(
  'max-age-words',
  'SET_COOKIE_NON_DIGIT_MAX_AGE',
  'has a Max-Age that is not all digits',
  rfc(6265, '5.2.2'),
)
const domainEmpty = told('domain-empty', 'SET_COOKIE_EMPTY_DOMAIN', 'has an empty Domain', rfc(6265, '5.2.3'))
const noneInsecure = told('none-insecure', 'SET_COOKIE_NOT_SECURE', 'has SameSite=None without Secure')
const attributeUnknown = told(
  'attribute-unknown',
  'SET_COOKIE_UNKNOWN_ATTRIBUTE',
  'has an attribute that is not defined',
  rfc(6265, '5.2'),
)
const priority = told('priority', 'SET_COOKIE_PRIORITY', 'has Priority, which one browser knows')
const version = told('version', 'SET_COOKIE_VERSION', 'has Version, of cookies long gone', rfc(6265, '5.2'))
const valueUnknown = told('value-unknown', 'SET_COOKIE_UNKNOWN_ATTRIBUTE_VALUE', 'has a SameSite that is not defined')
const partitioned = told(
  'partitioned',
  'SET_COOKIE_PARTITIONED_NO_SECURE',
  'has Partitioned without Secure',
  document(
    'Cookies Having Independent Partitioned State',
    'https://datatracker.ietf.org/doc/html/draft-cutler-httpbis-partitioned-cookies',
  ),
)
const large = told('large', 'SET_COOKIE_TOO_LARGE', 'has more than 4096 bytes')
const valueLarge = told(
  'value-large',
  'SET_COOKIE_VALUE_TOO_LARGE',
  'has a value of more than 128 bytes, sent with each request',
)
const lifetime = told('lifetime', 'SET_COOKIE_LIFETIME_TOO_LONG', 'asks for more than the 400 days that browsers give')
const prefixInsecure = told('prefix-insecure', 'SET_COOKIE_PREFIX_SECURE_MISSING', 'has a prefix that asks for Secure')
const prefixDomain = told('prefix-domain', 'SET_COOKIE_PREFIX_HOST_BAD_DOMAIN', 'has a prefix that forbids Domain')
const prefixPath = told('prefix-path', 'SET_COOKIE_PREFIX_HOST_BAD_PATH', 'has a prefix that asks for Path=/')
const attributeTwice = told('attribute-twice', 'SET_COOKIE_ATTRIBUTE_DUP', 'has an attribute twice')
const nameTwice = told('name-twice', 'SET_COOKIE_NAME_DUP', 'is set twice', rfc(6265, '4.1.1'))
const hardened = note(
  'http/set-cookie-detail-hardened',
  'SET_COOKIE_HARDENED',
  bis('security'),
  (e: Seen) => `The cookie ${e.cookie} has Secure, HttpOnly and SameSite.`,
  'good',
)
const dateBad = rule({
  id: 'http/set-cookie-detail-date-bad',
  level: 'info',
  reference: rfc(6265, '5.1.1'),
  says: (e: Seen) => `The cookie ${e.cookie} has an Expires that browsers cannot read.`,
  wants: 'Expires is a date.',
  remedy: 'Use Max-Age.',
  aka: { redbot: 'SET_COOKIE_BAD_DATE' },
})

const known = new Set('expires max-age domain path secure httponly samesite partitioned priority version'.split(' '))
const longest = 34_560_000

function* ages(cookie: SetCookie, now: number) {
  const seconds: number[] = []
  for (const { name, value = '' } of cookie.attributes) {
    if (name === 'max-age') {
      if (value === '') yield ageEmpty
      else if (value.startsWith('0')) yield ageZero
      if (value !== '' && !/^\d+$/.test(value)) yield ageWords
      else seconds.push(Number(value))
    } else if (name === 'expires') {
      const at = parseCookieDate(value)
      if (at === undefined) yield dateBad
      else seconds.push((at - now) / 1000)
    } else if (name === 'domain' && value === '') yield domainEmpty
  }
  if (seconds.some((each) => each > longest)) yield lifetime
}

function* faults(cookie: SetCookie, url: URL) {
  const names = cookie.attributes.map(({ name }) => name)
  if (cookie.nameless || names.some((name) => !known.has(name))) yield attributeUnknown
  if (new Set(names).size < names.length) yield attributeTwice
  if (cookie.has('priority')) yield priority
  if (cookie.has('version')) yield version
  const site = cookie.has('samesite') ? (cookie.get('samesite') ?? '').toLowerCase() : undefined
  // An empty SameSite is read as Lax by some and as absent by others.
  if (site !== undefined && !['strict', 'lax', 'none', ''].includes(site)) yield valueUnknown
  const secure = cookie.has('secure')
  if (site === 'none' && !secure) yield noneInsecure
  if (cookie.has('partitioned') && !secure) yield partitioned
  if (secure && cookie.has('httponly') && (site === 'lax' || site === 'strict')) yield hardened
  if (cookie.name.length + cookie.value.length > 4096) yield large
  if (cookie.value.length > 128) yield valueLarge
  const prefix = /^__(secure|host)-/i.exec(cookie.name)?.[1]?.toLowerCase()
  if (prefix === undefined) return
  if (!secure) yield prefixInsecure
  if (prefix === 'secure') return
  if ((cookie.get('domain') ?? '') !== '') yield prefixDomain
  const path = cookie.get('path') ?? ''
  if (path !== '/' && !(cookie.has('path') && !path.startsWith('/') && defaultPath(url) === '/')) yield prefixPath
}

// What a Path counts as that does not begin with a slash (RFC 6265 section 5.1.4).
function defaultPath({ pathname }: URL): string {
  return pathname.slice(0, pathname.lastIndexOf('/')) || '/'
}

/** Set-Cookie, attribute by attribute (RFC 6265 sections 4.1.1 and 5.2; RFC 6265bis). Values are never shown. */
export const setCookieDetail = check({
  id: 'http/set-cookie-detail',
  rules: [
    unnamed,
    ageEmpty,
    ageZero,
    ageWords,
    domainEmpty,
    noneInsecure,
    attributeUnknown,
    priority,
    version,
    valueUnknown,
    partitioned,
    large,
    valueLarge,
    lifetime,
    prefixInsecure,
    prefixDomain,
    prefixPath,
    attributeTwice,
    nameTwice,
    hardened,
    dateBad,
  ],
  applies: ({ response }) => response.fields.has('set-cookie'),
  *run({ now, url, response }: Message) {
    const seen = new Set<string>()
    for (const cookie of cookiesOf(response.fields)) {
      const name = excerpt(cookie.name)
      const place = `response.fields.set-cookie.${name}`
      if (cookie.name === '' && cookie.value === '') {
        yield unnamed.at(place, { cookie: 'without a name' })
        continue
      }
      for (const each of ages(cookie, now)) yield each.at(place, { cookie: name })
      for (const each of faults(cookie, url)) yield each.at(place, { cookie: name })
      if (seen.has(cookie.name)) yield nameTwice.at(place, { cookie: name })
      seen.add(cookie.name)
    }
  },
  examples: [
    { title: 'a plain cookie', given: set('a=b; Path=/; Domain=a.test; HttpOnly; Secure'), yields: [] },
    { title: 'a hardened one', given: set('__Host-a=b; Path=/; HttpOnly; Secure; SameSite=Lax'), yields: [hardened] },
    { title: 'nothing', given: set('; Path=/'), yields: [unnamed] },
    { title: 'an empty Max-Age', given: set('a=b; Max-Age='), yields: [ageEmpty] },
    { title: 'Max-Age=0', given: set('a=b; Max-Age=0'), yields: [ageZero] },
    { title: 'a negative Max-Age', given: set('a=b; Max-Age=-1'), yields: [ageWords] },
    { title: 'ten years', given: set('a=b; Max-Age=315360000'), yields: [lifetime] },
    { title: 'no date', given: set('a=b; Expires=never'), yields: [dateBad] },
    { title: 'an empty Domain', given: set('a=b; Domain='), yields: [domainEmpty] },
    {
      title: 'everywhere in clear',
      given: set('a=b; SameSite=None; Partitioned'),
      yields: [noneInsecure, partitioned],
    },
    { title: 'what is not defined', given: set('a=b; SameSite=Some; Own'), yields: [valueUnknown, attributeUnknown] },
    { title: 'what was defined once', given: set('a=b; Priority=High; Version=1'), yields: [priority, version] },
    { title: 'a large one', given: set(`a=${'b'.repeat(5000)}`), yields: [large, valueLarge] },
    {
      title: 'a prefix without its terms',
      given: set('__Host-a=b; Domain=a.test'),
      yields: [prefixInsecure, prefixDomain, prefixPath],
    },
    { title: 'an empty Path, where it means the root', given: set('__Host-a=b; Secure; Path='), yields: [] },
    {
      title: 'an empty Path, where it means a folder',
      given: given({ url: 'https://origin.test/a/b', fields: [['Set-Cookie', '__Host-a=b; Secure; Path=']] }),
      yields: [prefixPath],
    },
    { title: 'a semicolon at the end', given: set('a=b; Secure;'), yields: [] },
    { title: 'two semicolons', given: set('a=b;; Secure'), yields: [attributeUnknown] },
    { title: 'an attribute twice', given: set('a=b; Path=/a; Path=/b'), yields: [attributeTwice] },
    {
      title: 'a name twice',
      given: given({
        fields: [
          ['Set-Cookie', 'a=b'],
          ['Set-Cookie', 'a=c; Path=/c'],
        ],
      }),
      yields: [nameTwice],
    },
  ],
})

function set(value: string): Message {
  return given({ fields: [['Set-Cookie', value]] })
}
