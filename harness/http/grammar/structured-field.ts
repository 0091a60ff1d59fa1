import type * as sf from 'structured-headers'
import {
  DisplayString,
  parseDictionary as dictionary,
  parseItem as item,
  parseList as list,
  Token,
} from 'structured-headers'
import { trimOws } from './list.ts'

/** A bare item of a Structured Field (RFC 9651 section 3.3), with the type that it was written in. */
export type BareItem =
  | { readonly type: 'token' | 'string' | 'binary' | 'display-string'; readonly text: string }
  /** A date's text is its seconds since the epoch. */
  | { readonly type: 'integer' | 'decimal' | 'date'; readonly text: string }
  | { readonly type: 'boolean'; readonly text: '0' | '1' }

export type ParameterMap = ReadonlyMap<string, BareItem>

export interface Item {
  readonly item: BareItem
  readonly parameters: ParameterMap
}

export interface InnerList {
  readonly items: readonly Item[]
  readonly parameters: ParameterMap
}

export type Member = Item | InnerList

/** A Dictionary (RFC 9651 section 3.2): of a repeated key the last value counts. */
export interface Dictionary {
  readonly members: ReadonlyMap<string, Member>
  readonly repeated: readonly string[]
}

export const isInnerList = (member: Member): member is InnerList => 'items' in member

/** An Item (RFC 9651 section 4.2.3), or undefined where the text is none. */
export function parseItem(text: string): Item | undefined {
  return attempt(() => itemOf(item(trimOws(text))))
}

/** A List (RFC 9651 section 4.2.1), or undefined where the text is none. */
export function parseList(text: string): readonly Member[] | undefined {
  return attempt(() => list(trimOws(text)).map(memberOf))
}

/** A Dictionary (RFC 9651 section 4.2.2), or undefined where the text is none. */
export function parseDictionary(text: string): Dictionary | undefined {
  const members = attempt(() => dictionary(trimOws(text)))
  if (members === undefined) return undefined
  const read = new Map<string, Member>()
  for (const [name, member] of members) read.set(name, memberOf(member))
  let repeated: readonly string[] | undefined
  return {
    members: read,
    get repeated() {
      repeated ??= repeatedKeys(text, 'dictionary')
      return repeated
    },
  }
}

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch {
    return undefined
  }
}

function memberOf(member: sf.Item | sf.InnerList): Member {
  const [value, parameters] = member
  return Array.isArray(value)
    ? { items: value.map(itemOf), parameters: parametersOf(parameters) }
    : // What is no array of items is a bare item.
      itemOf(member as sf.Item)
}

function itemOf([value, parameters]: sf.Item): Item {
  return { item: bareItemOf(value), parameters: parametersOf(parameters) }
}

const without: ParameterMap = new Map()

function parametersOf(parameters: sf.Parameters): ParameterMap {
  if (parameters.size === 0) return without
  return new Map([...parameters].map(([name, value]) => [name, bareItemOf(value)]))
}

function bareItemOf(value: sf.BareItem): BareItem {
  if (typeof value === 'string') return { type: 'string', text: value }
  if (typeof value === 'boolean') return { type: 'boolean', text: value ? '1' : '0' }
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'decimal', text: String(value) }
  if (value instanceof Token) return { type: 'token', text: value.toString() }
  if (value instanceof DisplayString) return { type: 'display-string', text: value.toString() }
  if (value instanceof Date) return { type: 'date', text: String(value.getTime() / 1000) }
  return { type: 'binary', text: '' }
}

// Most fields are without parameters and have few members: then a look at their names is enough.
function mayRepeat(text: string, kind: 'dictionary' | 'list' | 'item'): boolean {
  if (text.includes(';')) return true
  if (kind !== 'dictionary') return false
  const seen = new Set<string>()
  for (const member of text.split(',')) {
    const written = trimOws(member)
    const equals = written.indexOf('=')
    const key = equals < 0 ? written : written.slice(0, equals)
    if (seen.has(key)) return true
    seen.add(key)
  }
  return false
}

const piece = /%?"(?:[^"\\]|\\.)*"|:[A-Za-z0-9+/=]*:|[A-Za-z*][!#$%&'*+\-.^_`|~0-9A-Za-z:/]*|[^]/g
const keyStart = /^[a-z*][a-z0-9_\-.*]*/

/** Keys that a Structured Field gives again, of its Dictionary and of parameters; the library keeps the last ones only. */
export function repeatedKeys(text: string, kind: 'dictionary' | 'list' | 'item'): readonly string[] {
  if (!mayRepeat(text, kind)) return []
  const members = new Set<string>()
  let parameters = new Set<string>()
  const repeated: string[] = []
  let expects: 'member' | 'parameter' | undefined = kind === 'dictionary' ? 'member' : undefined
  let depth = 0
  for (const [part] of text.matchAll(piece)) {
    if (part === ' ' || part === '\t') continue
    const key = expects === undefined ? undefined : keyStart.exec(part)?.[0]
    if (key !== undefined) {
      const known = expects === 'member' ? members : parameters
      if (known.has(key)) repeated.push(key)
      known.add(key)
      expects = undefined
    } else if (part === ';') expects = 'parameter'
    else if (part === '(') {
      depth++
      parameters = new Set()
    } else if (part === ')') {
      depth--
      parameters = new Set()
    } else if (part === ',' && depth === 0) {
      expects = kind === 'dictionary' ? 'member' : undefined
      parameters = new Set()
    } else expects = undefined
  }
  return repeated
}
