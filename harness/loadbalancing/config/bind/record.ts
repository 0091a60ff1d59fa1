import { shown, type Tell } from '../problem.ts'
import type { Word } from '../source.ts'
import { ttlOf } from './ttl.ts'
import { zoneText, type ZoneWord } from './zone-lines.ts'

/** What a record says, by its type. Names are absolute, with the dot at their end; times are seconds. */
export type RecordData =
  | { readonly type: 'A' | 'AAAA'; readonly address: string }
  | { readonly type: 'CNAME' | 'NS' | 'PTR'; readonly target: string }
  | { readonly type: 'MX'; readonly preference: number; readonly exchange: string }
  | { readonly type: 'TXT'; readonly strings: readonly string[] }
  | {
      readonly type: 'SRV'
      readonly priority: number
      readonly weight: number
      readonly port: number
      readonly target: string
    }
  | Soa
  /** A type that is not taken apart: its words are those of the line. */
  | { readonly type: 'other'; readonly name: string }

export interface Soa {
  readonly type: 'SOA'
  readonly primary: string
  readonly mailbox: string
  readonly serial: number
  readonly refresh: number
  readonly retry: number
  readonly expire: number
  readonly minimum: number
}

/** Reads the words behind the type, or tells what is wrong with them. */
export function readData(type: Word, words: readonly ZoneWord[], origin: string, tell: Tell): RecordData | undefined {
  const kind = type.text.toUpperCase()
  let fine = true
  const wrong = (at: Word, wanted: string): void => {
    fine = false
    tell(at, shown(at.text), wanted)
  }
  const read = <T>(index: number, wanted: string, reader: (word: Word) => T | undefined, otherwise: T): T => {
    const word = words[index]
    const value = word === undefined ? undefined : reader(word)
    if (word === undefined) {
      fine = false
      tell(type, `${kind} with ${words.length} words behind it`, wanted)
    } else if (value === undefined) wrong(word, wanted)
    return value ?? otherwise
  }
  const name = (index: number, wanted: string): string =>
    read(index, wanted, (word) => absoluteName(word.text, origin), '')
  const number = (index: number, most: number, wanted: string): number =>
    read(index, wanted, ({ text }) => (/^\d+$/.test(text) && Number(text) <= most ? Number(text) : undefined), 0)
  const time = (index: number, wanted: string): number => read(index, wanted, ({ text }) => ttlOf(text), 0)

  const data = ((): RecordData => {
    switch (kind) {
      case 'A':
        return { type: 'A', address: read(0, 'an IPv4 address', ({ text }) => (isIp4(text) ? text : undefined), '') }
      case 'AAAA':
        return { type: 'AAAA', address: read(0, 'an IPv6 address', ({ text }) => (isIp6(text) ? text : undefined), '') }
      case 'CNAME':
      case 'NS':
      case 'PTR':
        return { type: kind, target: name(0, 'a name') }
      case 'MX':
        return {
          type: 'MX',
          preference: number(0, 65_535, 'a preference from 0 to 65535'),
          exchange: name(1, 'the name of a mail server'),
        }
      case 'TXT':
        if (words.length === 0) read(0, 'a text', () => '', '')
        for (const word of words)
          if (Buffer.byteLength(zoneText(word)) > 255) wrong(word, 'at most 255 bytes in one string')
        return { type: 'TXT', strings: words.map(zoneText) }
      case 'SRV':
        return {
          type: 'SRV',
          priority: number(0, 65_535, 'a priority from 0 to 65535'),
          weight: number(1, 65_535, 'a weight from 0 to 65535'),
          port: number(2, 65_535, 'a port from 0 to 65535'),
          target: name(3, 'the name of a server'),
        }
      case 'SOA':
        return {
          type: 'SOA',
          primary: name(0, 'the name of the primary server'),
          mailbox: name(1, 'a mailbox, as hostmaster.example.org.'),
          serial: number(2, 4_294_967_295, 'a serial number'),
          refresh: time(3, 'the time of refresh'),
          retry: time(4, 'the time of retry'),
          expire: time(5, 'the time of expiry'),
          minimum: time(6, 'the time of negative answers'),
        }
      default:
        return { type: 'other', name: kind }
    }
  })()
  const most = lengths[kind]
  const extra = most === undefined ? undefined : words[most]
  if (extra !== undefined) wrong(extra, 'the end of the record')
  return fine ? data : undefined
}

const lengths: Readonly<Record<string, number>> = { A: 1, AAAA: 1, CNAME: 1, NS: 1, PTR: 1, MX: 2, SRV: 4, SOA: 7 }

/** The name with its origin behind it, unless it ends with a dot of its own. Undefined when a label is empty or too long. */
export function absoluteName(text: string, origin: string): string | undefined {
  if (text === '@') return origin
  if (text === '.') return text
  const full = /(?<!\\)(?:\\\\)*\.$/.test(text) ? text : `${text}${origin === '.' ? '' : '.'}${origin}`
  const labels = full.slice(0, -1).match(/(?:\\\d{3}|\\[\s\S]|[^.\\]|\.)/g) ?? []
  let length = 0
  let whole = 1
  for (const part of labels) {
    if (part === '.' && length === 0) return undefined
    length = part === '.' ? 0 : length + 1
    whole++
    if (length > 63 || whole > 255) return undefined
  }
  return length === 0 ? undefined : full
}

const isIp4 = (text: string): boolean => /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text)

function isIp6(text: string): boolean {
  return URL.canParse(`http://[${text}]/`)
}
