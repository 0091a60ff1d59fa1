import { filesOf, folderOf, refusal, type IncludedFile, type Reader, type Reading } from '../include.ts'
import { hasOverlongLine, problemsByFile, shown, type Problem, type Tell } from '../problem.ts'
import type { Word } from '../source.ts'
import { absoluteName, readData, type RecordData } from './record.ts'
import { ttlOf } from './ttl.ts'
import { zoneEntries, type ZoneEntry, type ZoneWord } from './zone-lines.ts'

/** A record of a zone, with its place. */
export interface ZoneRecord {
  /** Absolute, with the dot at its end, in the case in which it is written. */
  readonly name: string
  readonly ttlSeconds: number
  readonly class: string
  /** `A`, `MX`, `TYPE65` ..., in capitals. */
  readonly type: string
  readonly data: RecordData
  /** The words behind the type: those that an edit replaces. */
  readonly words: readonly ZoneWord[]
  readonly line: number
  readonly file: string
}

export interface Zone {
  readonly kind: 'zone'
  readonly file: string
  readonly text: string
  readonly records: readonly ZoneRecord[]
  /** Every file that was read, the first one too, by name. */
  readonly files: ReadonlyMap<string, string>
  readonly problems: readonly Problem[]
}

export interface ZoneOptions {
  /** The name of the zone, which named.conf gives; without it the file must say $ORIGIN before it names anything relative. */
  readonly origin?: string
  /** Where the files of $INCLUDE come from. */
  readonly read?: Reader
}

const classes: readonly string[] = ['IN', 'CH', 'HS', 'CS']
const types: ReadonlySet<string> = new Set(
  `A AAAA AFSDB APL CAA CDNSKEY CDS CERT CNAME CSYNC DHCID DLV DNAME DNSKEY DS EUI48 EUI64 HINFO HIP HTTPS IPSECKEY ISDN KEY KX L32
  L64 LOC LP MB MD MF MG MINFO MR MX NAPTR NID NS NSAP NSEC NSEC3 NSEC3PARAM NULL OPENPGPKEY PTR PX RKEY RP RRSIG RT SIG SMIMEA SOA
  SPF SRV SSHFP SVCB TA TLSA TXT URI WKS X25 ZONEMD`.split(/\s+/),
)

/** What holds while a file is read; an included file has its own origin and name, and gives its times back. */
interface State {
  origin: string | undefined
  owner: string | undefined
}

/** A zone file in master format (RFC 1035 section 5, RFC 2308 section 4, times as BIND writes them). It never throws. */
export function parseZone(text: string, file: string, { origin, read }: ZoneOptions = {}): Zone {
  const reading: Reading = { files: new Map([[file, text]]), count: 0 }
  const { tellIn, all } = problemsByFile()
  const records: ZoneRecord[] = []
  const times: { byDefault?: number; last?: number; minimum?: number } = {}

  const parse = (input: IncludedFile, inside: readonly string[], state: State): void => {
    const tell = tellIn(input.file)
    if (hasOverlongLine(input.text, tell)) return
    for (const entry of zoneEntries(input.text, tell)) {
      const [first, second, third] = entry.words
      if (first === undefined) continue
      const control = first.quoted || entry.ownerless ? '' : first.text.toUpperCase()
      if (control === '$ORIGIN') {
        const name = second === undefined ? undefined : absoluteName(second.text, state.origin ?? '.')
        if (name === undefined) tell(second ?? first, shown(second?.text ?? first.text), 'a name behind $ORIGIN')
        else state.origin = name
      } else if (control === '$TTL') {
        const seconds = second === undefined ? undefined : ttlOf(second.text)
        if (seconds === undefined) tell(second ?? first, shown(second?.text ?? first.text), 'a time behind $TTL')
        else times.byDefault = seconds
      } else if (control === '$INCLUDE') include(first, second, third, inside, state, tell)
      else if (control.startsWith('$'))
        tell(first, shown(first.text), 'a record: this line is not looked at', 'doubtful')
      else record(entry, input.file, state, tell)
    }
  }

  const include = (
    at: Word,
    name: Word | undefined,
    given: Word | undefined,
    inside: readonly string[],
    state: State,
    tell: Tell,
  ): void => {
    if (name === undefined) return tell(at, '$INCLUDE without a name', 'the name of a file')
    if (read === undefined)
      return tell(
        name,
        shown(name.text),
        'the included files beside this one: without them they are not looked at',
        'doubtful',
      )
    const inner = given === undefined ? state.origin : absoluteName(given.text, state.origin ?? '.')
    const found = filesOf(read, name.text, folderOf(file))
    if (found.length === 0) tell(name, `${shown(name.text)}, which is not there`, 'the name of a file')
    for (const each of found) {
      const refused = refusal(reading, each.file, inside)
      if (refused !== undefined) return tell(name, shown(name.text), refused)
      reading.files.set(each.file, each.text)
      parse(each, [...inside, each.file], { origin: inner, owner: state.owner })
    }
  }

  const record = ({ words, ownerless }: ZoneEntry, name: string, state: State, tell: Tell): void => {
    const [first] = words
    if (first === undefined) return
    if (!ownerless) {
      const relative = !first.text.endsWith('.')
      if (relative && state.origin === undefined)
        return tell(first, shown(first.text), '$ORIGIN before a relative name')
      state.owner = absoluteName(first.text, state.origin ?? '.')
      if (state.owner === undefined) return tell(first, shown(first.text), 'a name of labels with 1 to 63 characters')
    }
    const { owner } = state
    if (owner === undefined)
      return tell(first, 'a record without a name', 'a name at the beginning of the first record')
    const head = headOf(ownerless ? words : words.slice(1))
    const { type, rest } = head
    if (type === undefined) return tell(first, 'a record without a type', 'a type, as A or MX')
    const kind = type.text.toUpperCase()
    if (!types.has(kind) && !/^TYPE\d{1,5}$/.test(kind)) return tell(type, shown(type.text), 'a type, as A or MX')
    const data = readData(type, rest, state.origin ?? '.', tell)
    if (data === undefined) return
    if (data.type === 'SOA') times.minimum = data.minimum
    if (head.ttl !== undefined) times.last = head.ttl
    const ttlSeconds = head.ttl ?? times.byDefault ?? times.last ?? times.minimum
    if (ttlSeconds === undefined) return tell(type, 'a record without a time', '$TTL before the first record')
    records.push({
      name: owner,
      ttlSeconds,
      class: head.class ?? 'IN',
      type: kind,
      data,
      words: rest,
      line: first.line,
      file: name,
    })
  }

  const start = origin === undefined ? undefined : absoluteName(origin, '.')
  parse({ file, text }, [file], { origin: start, owner: undefined })
  return { kind: 'zone', file, text, records, files: reading.files, problems: all() }
}

/** Time and class come in either order, or not at all, before the type. */
function headOf(words: readonly ZoneWord[]): {
  ttl?: number
  class?: string
  type: ZoneWord | undefined
  rest: readonly ZoneWord[]
} {
  const head: { ttl?: number; class?: string } = {}
  let at = 0
  for (; at < Math.min(words.length, 2); at++) {
    const text = words[at]?.text ?? ''
    const seconds = ttlOf(text)
    if (head.class === undefined && classes.includes(text.toUpperCase())) head.class = text.toUpperCase()
    else if (head.ttl === undefined && seconds !== undefined) head.ttl = seconds
    else break
  }
  return { ...head, type: words[at], rest: words.slice(at + 1) }
}
