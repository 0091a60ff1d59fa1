import { discover } from '../../discover.ts'
import type { Answer, RawFields } from '../exchange.ts'
import { byName, fieldOf } from '../exchange.ts'
import { wildcard } from '../wildcard.ts'
import type { BodyComparer, CompareRules } from './body-comparer.ts'
import { isBodyComparer } from './body-comparer.ts'
import type { Content } from './open-content.ts'
import { openContent } from './open-content.ts'
import type { Difference } from './difference.ts'
import { differ } from './difference.ts'

/** Tells in which places two answers to one request are not the same; nothing when they are. */
export type Comparer = (primary: Answer, candidate: Answer) => readonly Difference[]

/** Fields that say nothing about the answer: when it was made, and how its content was framed. */
const never = new Set(['date', 'content-length'])

/** @throws never: what cannot be read as its type is compared as bytes */
export async function openComparer(rules: CompareRules): Promise<Comparer> {
  const found = await discover(new URL('./bodies/', import.meta.url), isBodyComparer)
  const bodies = found.map(({ thing }) => thing)
  const patterns = rules.ignore.map(wildcard)
  const isIgnored = (place: string): boolean => patterns.some((pattern) => pattern.test(place))
  return (primary, candidate) => {
    if (isSame(primary, candidate)) return []
    const all = [
      ...(primary.status === candidate.status ? [] : [differ('status', primary.status, candidate.status)]),
      ...ofFields('field', primary.fields, candidate.fields),
      ...ofFields('trailer', primary.trailers, candidate.trailers),
      ...ofBodies(primary, candidate, { bodies, rules }),
    ]
    return patterns.length === 0 ? all : all.filter(({ place }) => !isIgnored(place))
  }
}

/** The usual case, without looking into anything: everything is the same but the date. */
function isSame(a: Answer, b: Answer): boolean {
  if (a.status !== b.status || a.fields.length !== b.fields.length || a.trailers.length !== b.trailers.length)
    return false
  for (let at = 0; at < a.fields.length; at += 2) {
    if (a.fields[at] !== b.fields[at]) return false
    if (a.fields[at + 1] !== b.fields[at + 1] && a.fields[at]?.toLowerCase() !== 'date') return false
  }
  return a.trailers.every((text, at) => text === b.trailers[at]) && isEqual(a.body, b.body)
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0
}

function* ofFields(what: string, a: RawFields, b: RawFields): Generator<Difference> {
  const [own, its] = [byName(a), byName(b)]
  for (const name of new Set([...own.keys(), ...its.keys()])) {
    const [here, there] = [own.get(name), its.get(name)]
    // Two lines of one name are the same as one with a comma, for all but a few fields (RFC 9110 section 5.3).
    if (!never.has(name) && here?.join(', ') !== there?.join(', ')) {
      yield differ(`${what} ${name}`, here?.join(', '), there?.join(', '))
    }
  }
}

function ofBodies(
  a: Answer,
  b: Answer,
  { bodies, rules }: { readonly bodies: readonly BodyComparer[]; readonly rules: CompareRules },
): readonly Difference[] {
  if (isEqual(a.body, b.body)) return []
  const [own, its] = [openContent(a), openContent(b)]
  if (own.why !== undefined || its.why !== undefined) return [ofBytes(own, its)]
  if (isEqual(own.bytes, its.bytes)) return []
  const [type, other] = [typeOf(a), typeOf(b)]
  const comparer = type === other ? bodies.find((each) => each.takes(type)) : undefined
  return comparer?.compare(own.bytes, its.bytes, rules) ?? [ofBytes(own, its)]
}

function typeOf({ fields }: Answer): string {
  return fieldOf(fields, 'content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
}

function ofBytes(a: Content, b: Content): Difference {
  let at = 0
  while (at < a.bytes.length && a.bytes[at] === b.bytes[at]) at++
  const around = ({ bytes, why }: Content): string =>
    `${bytes.length} bytes; from ${at}: ${Buffer.from(bytes.subarray(at, at + 16)).toString('hex')}${why === undefined ? '' : ` (${why})`}`
  return {
    place: 'bytes',
    kind: a.bytes.length === b.bytes.length ? 'changed' : 'length',
    primary: around(a),
    candidate: around(b),
  }
}
