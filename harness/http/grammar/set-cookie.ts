import { parseCookieDate } from './cookie-date.ts'
import { trimOws } from './list.ts'
import { oncePerSection } from './once.ts'

export interface CookieAttribute {
  /** Lower-case. */
  readonly name: string
  readonly value: string | undefined
}

export interface SetCookie {
  readonly name: string
  readonly value: string
  /** The first segment held a `=`. */
  readonly named: boolean
  readonly attributes: readonly CookieAttribute[]
  /** Something between semicolons has no name; a semicolon at the end is nothing. */
  readonly nameless: boolean
  readonly has: (attribute: string) => boolean
  /** The value of the last attribute of that name, which is the one that counts. */
  readonly get: (attribute: string) => string | undefined
}

/** Every cookie that a response sets. */
export const cookiesOf = oncePerSection((fields) => fields.all('set-cookie').map(parseSetCookie))

/** Reads one Set-Cookie line as browsers do (RFC 6265 section 5.2). */
export function parseSetCookie(line: string): SetCookie {
  const [pair = '', ...rest] = line.split(';')
  const [name, value, named] = cut(pair)
  const attributes = rest.map((segment) => {
    const [attribute, argument, hasArgument] = cut(segment)
    return hasArgument
      ? { name: attribute.toLowerCase(), value: argument }
      : { name: argument.toLowerCase(), value: undefined }
  })
  return {
    name,
    value,
    named,
    attributes: attributes.filter((attribute) => attribute.name !== ''),
    nameless: attributes.some(({ name: each }, at) => each === '' && (at < rest.length - 1 || rest[at] !== '')),
    has: (attribute) => attributes.some((each) => each.name === attribute),
    get: (attribute) => attributes.findLast((each) => each.name === attribute)?.value,
  }
}

/** Splits at the first `=`; without one all of it is the value. */
function cut(text: string): [name: string, value: string, named: boolean] {
  const at = text.indexOf('=')
  if (at === -1) return ['', trimOws(text), false]
  return [trimOws(text.slice(0, at)), trimOws(text.slice(at + 1)), true]
}

/**
 * Seconds that a browser would keep the cookie, by Max-Age before Expires; undefined for a
 * session cookie. `now` is in milliseconds since the epoch.
 */
export function cookieLifetime(cookie: SetCookie, now: number): number | undefined {
  const maxAge = cookie.get('max-age')
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return Number(maxAge)
  const expires = cookie.get('expires')
  const at = expires === undefined ? undefined : parseCookieDate(expires)
  return at === undefined ? undefined : (at - now) / 1000
}
