import { literalRedactor, mark } from './secret-literals.ts'
import type { NameMeaning } from './secret-names.ts'
import { meaningOf } from './secret-names.ts'
import { hidePairs, hideShapes } from './secret-shapes.ts'

export interface RedactorOptions {
  /** Values to hide wherever they stand, such as those of secret environment variables. */
  readonly secrets: readonly string[]
}

/**
 * Returns the value with every secret in it replaced by `[redacted]`: plain data in, the same
 * shape out. `about` is the place that the value tells of; one of cookies hides what any pair holds.
 */
export type Redactor = <T>(value: T, about?: string) => T

/** Deeper than any observation of ours; what lies below is hidden unseen, so that hostile nesting costs nothing. */
const deepest = 200

/**
 * Hides the given secrets, whatever looks like a credential, and the values of fields whose
 * names say that they are secret: `authorization`, `cookie` and `set-cookie` (the cookie's name
 * and attributes stay), `x-api-key`, and everything called token, secret or password. It looks
 * into strings, keys, lists of `{ name, value }` or `[name, value]`, and JSON inside strings.
 *
 * @throws UsageError for a secret of fewer than 4 characters
 */
export function createRedactor({ secrets }: RedactorOptions): Redactor {
  const hideLiterals = literalRedactor(secrets)
  const numbers = new Set(secrets.filter((secret) => /^\d{6,}$/.test(secret)))

  const plain = (text: string): string => hideLiterals(hideShapes(hideLiterals(text)))

  const inText = (text: string, depth: number): string => {
    const parsed = /^\s*[[{]/.test(text) ? parseJson(text) : undefined
    if (parsed === undefined) return plain(text)
    const clean = JSON.stringify(walk(parsed.value, 'plain', depth + 1))
    // JSON that held no secret keeps its layout. One that parsing made shorter, by a key that stands twice, does not.
    return hideLiterals(clean === compact(text) ? text : clean)
  }

  const inString = (text: string, meaning: NameMeaning, depth: number): string => {
    if (meaning === 'secret') return text === '' ? text : mark
    if (meaning === 'plain') return inText(text, depth)
    return plain(meaning === 'cookie' ? hideCookie(text) : hideSetCookie(text))
  }

  const inPair = (name: unknown, value: unknown, meaning: NameMeaning, depth: number): unknown =>
    walk(value, meaning === 'plain' && typeof name === 'string' ? meaningOf(name) : meaning, depth)

  const walk = (value: unknown, meaning: NameMeaning, depth: number): unknown => {
    if (typeof value === 'string') return inString(value, meaning, depth)
    if (typeof value === 'number') return meaning === 'secret' || numbers.has(String(value)) ? mark : value
    if (typeof value !== 'object' || value === null) return value
    if (depth > deepest) return mark
    if (Array.isArray(value)) {
      const items: readonly unknown[] = value
      if (items.length > 0 && items.every(isPair)) {
        return items.map(([name, content]) => [plain(name), inPair(name, content, meaning, depth + 2)])
      }
      return items.map((item) => walk(item, meaning, depth + 1))
    }
    return walkObject(value, meaning, depth)
  }

  const walkObject = (value: object, meaning: NameMeaning, depth: number): object => {
    const aboutCookies = 'place' in value && isAboutCookies(value.place)
    const field = 'name' in value && 'value' in value ? value.name : undefined
    const entries = Object.entries(value).map(([key, content]): [string, unknown] => {
      if (key === 'value' && field !== undefined) return [key, inPair(field, content, meaning, depth + 1)]
      const inside = inPair(key, content, meaning, depth + 1)
      return [plain(key), aboutCookies && key !== 'replay' ? hideInProse(inside) : inside]
    })
    return Object.fromEntries(entries)
  }

  // A walk keeps the shape of plain data; only what stands in strings changes.
  return <T>(value: T, about = ''): T => {
    const clean = walk(value, 'plain', 0)
    return (isAboutCookies(about) ? hideInProse(clean) : clean) as T
  }
}

function isPair(value: unknown): value is [name: string, content: string] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string')
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return { value }
  } catch {
    return undefined
  }
}

/** JSON without the white space between its tokens. */
function compact(json: string): string {
  return json.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1')
}

/** `Cookie` (RFC 6265 section 5.4): pairs. A word alone is the name of a cookie that evidence speaks of. */
function hideCookie(text: string): string {
  if (text.includes('=')) return hidePairs(text)
  return /^(?:[A-Za-z_][\w.-]{0,39})?$/.test(text) ? text : mark
}

/** `Set-Cookie` (RFC 6265 section 4.1): the first pair is the cookie, the rest are attributes. */
function hideSetCookie(text: string): string {
  const [pair = '', ...attributes] = text.split(';')
  return [pair.includes('=') ? hidePairs(pair) : mark, ...attributes].join(';')
}

function isAboutCookies(place: unknown): boolean {
  return typeof place === 'string' && /cookie/i.test(place)
}

const attributes = new Set(['path', 'domain', 'max-age', 'expires', 'samesite', 'version', 'priority', 'secure'])

/** Pairs inside the sentence and evidence of a finding about cookies; attributes stay. */
function hideInProse(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(
      /(?<![!#$%&*+.^_|~A-Za-z0-9-])([!#$%&*+.^_|~A-Za-z0-9-]{1,256})=([^\s;,"'`<>]+)/g,
      (all, name: string) => (attributes.has(name.toLowerCase()) ? all : `${name}=${mark}`),
    )
  }
  if (Array.isArray(value)) return value.map(hideInProse)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, hideInProse(inside)]))
}
