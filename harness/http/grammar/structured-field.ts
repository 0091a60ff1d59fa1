import { trimOws } from './list.ts'

/** A bare item of a Structured Field (RFC 9651 section 3.3), with the type that it was written in. */
export type BareItem =
  | { readonly type: 'token' | 'string' | 'binary' | 'date' | 'display-string'; readonly text: string }
  | { readonly type: 'integer' | 'decimal'; readonly text: string }
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

const key = /[a-z*][a-z0-9_\-.*]*/y
// Order matters: a decimal begins like an integer.
const bareItems = [
  ['decimal', /-?\d{1,12}\.\d{1,3}(?!\d)/y],
  ['integer', /-?\d{1,15}(?![\d.])/y],
  ['string', /"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"/y],
  ['token', /[A-Za-z*][!#$%&'*+\-.^_`|~0-9A-Za-z:/]*/y],
  ['binary', /:[A-Za-z0-9+/=]*:/y],
  ['boolean', /\?[01]/y],
  ['date', /@-?\d{1,15}(?![\d.])/y],
  ['display-string', /%"(?:[\x20\x21\x23\x24\x26-\x7e]|%[0-9a-f]{2})*"/y],
] as const

/** Walks the text; every reader returns undefined where the text does not fit. */
class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = trimOws(text)
  }

  get done(): boolean {
    return this.#at >= this.#text.length
  }

  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    this.#at += found?.length ?? 0
    return found
  }

  bareItem(): BareItem | undefined {
    for (const [type, pattern] of bareItems) {
      const found = this.take(pattern)
      if (found === undefined) continue
      if (type === 'string') return { type, text: found.slice(1, -1).replace(/\\(.)/g, '$1') }
      if (type === 'boolean') return { type, text: found === '?1' ? '1' : '0' }
      return { type, text: found }
    }
    return undefined
  }

  parameters(): ParameterMap | undefined {
    const parameters = new Map<string, BareItem>()
    while (this.take(/;/y) !== undefined) {
      this.take(/ */y)
      const name = this.take(key)
      const value = this.take(/=/y) === undefined ? ({ type: 'boolean', text: '1' } as const) : this.bareItem()
      if (name === undefined || value === undefined) return undefined
      parameters.set(name, value)
    }
    return parameters
  }

  item(): Item | undefined {
    const item = this.bareItem()
    const parameters = item === undefined ? undefined : this.parameters()
    return item === undefined || parameters === undefined ? undefined : { item, parameters }
  }

  innerList(): InnerList | undefined {
    const items: Item[] = []
    for (;;) {
      const spaces = this.take(/ */y)
      if (this.take(/\)/y) !== undefined) break
      if (items.length > 0 && spaces === '') return undefined
      const item = this.item()
      if (item === undefined) return undefined
      items.push(item)
    }
    const parameters = this.parameters()
    return parameters === undefined ? undefined : { items, parameters }
  }

  member(): Member | undefined {
    return this.take(/\(/y) === undefined ? this.item() : this.innerList()
  }
}

/** An Item (RFC 9651 section 4.2.3), or undefined where the text is none. */
export function parseItem(text: string): Item | undefined {
  const reader = new Reader(text)
  const item = reader.item()
  return reader.done ? item : undefined
}

/** A Dictionary (RFC 9651 section 4.2.2), or undefined where the text is none. */
export function parseDictionary(text: string): Dictionary | undefined {
  const reader = new Reader(text)
  const members = new Map<string, Member>()
  const repeated: string[] = []
  while (!reader.done) {
    const name = reader.take(key)
    if (name === undefined) return undefined
    const member = reader.take(/=/y) === undefined ? flag(reader) : reader.member()
    if (member === undefined) return undefined
    if (members.has(name)) repeated.push(name)
    members.set(name, member)
    if (!reader.done && (reader.take(/[ \t]*,[ \t]*/y) === undefined || reader.done)) return undefined
  }
  return { members, repeated }
}

function flag(reader: Reader): Item | undefined {
  const parameters = reader.parameters()
  return parameters === undefined ? undefined : { item: { type: 'boolean', text: '1' }, parameters }
}
