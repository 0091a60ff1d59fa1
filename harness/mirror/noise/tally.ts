import type { Difference } from '../compare/difference.ts'
import { pointOf, shapeOf } from './shape.ts'

/** In what a place may be another than the primary's, though it is another one at each answer. */
export type Facet = 'value' | 'shape' | 'repeated' | 'far'

/** Counts of pairs for one place and one facet. */
export interface PlaceCount {
  readonly place: string
  readonly facet: Facet
  /** Pairs in which the candidate was another than the primary, and the second primary was not. */
  readonly candidateOnly: number
  /** The other way round: what chance does by itself. */
  readonly secondaryOnly: number
  /** Pairs in which both were. */
  readonly both: number
  /** Of the candidate, by kind. */
  readonly kinds: Readonly<Record<string, number>>
  /** Requests that show it, the smallest first. */
  readonly examples: readonly Example[]
}

export interface Example {
  readonly request: RequestLine
  readonly primary: string
  readonly candidate: string
}

export interface RequestLine {
  readonly method: string
  readonly target: string
  readonly fields: readonly string[]
  /** Bytes of its content. */
  readonly bytes: number
}

export interface Tally {
  /** @param noise what was different between the primary and a second primary; left out where there is none */
  readonly add: (request: RequestLine, found: readonly Difference[], noise: readonly Difference[] | undefined) => void
  readonly places: () => readonly PlaceCount[]
}

/** Examples that are shown of a place. */
const examplesKept = 3
/** Values that are remembered of a place, to see whether one comes again. */
const valuesKept = 1_000
/** A point that is so many times farther away than noise is far. */
const farTimes = 1_000

interface Entry {
  candidateOnly: number
  secondaryOnly: number
  both: number
  readonly kinds: Record<string, number>
  examples: Example[]
}

export function openTally(): Tally {
  const entries = new Map<string, Entry>()
  const values = new Map<string, Set<string>>()

  /** Whether a value came before at this place, from this server. */
  const isRepeated = (key: string, value: string): boolean => {
    const known = values.get(key) ?? new Set()
    values.set(key, known)
    if (known.has(value)) return true
    if (known.size < valuesKept) known.add(value)
    return false
  }
  const count = (
    place: string,
    facet: Facet,
    {
      its,
      other,
      request,
    }: { readonly its: Difference | undefined; readonly other: boolean; readonly request: RequestLine },
  ): void => {
    if (its === undefined && !other) return
    const key = `${facet} ${place}`
    const entry = entries.get(key) ?? { candidateOnly: 0, secondaryOnly: 0, both: 0, kinds: {}, examples: [] }
    entries.set(key, entry)
    if (its !== undefined && other) entry.both++
    else if (its === undefined) entry.secondaryOnly++
    else {
      entry.candidateOnly++
      entry.kinds[its.kind] = (entry.kinds[its.kind] ?? 0) + 1
      entry.examples = [...entry.examples, { request, primary: its.primary, candidate: its.candidate }]
        .toSorted((a, b) => sizeOf(a.request) - sizeOf(b.request))
        .slice(0, examplesKept)
    }
  }
  return {
    add(request, found, noise) {
      const [its, others] = [byPlace(found), byPlace(noise ?? [])]
      for (const place of new Set([...its.keys(), ...others.keys()])) {
        const [own, other] = [its.get(place), others.get(place)]
        count(place, 'value', { its: own, other: other !== undefined, request })
        if (noise === undefined) continue
        const odd = (difference: Difference | undefined, is: (each: Difference) => boolean): Difference | undefined =>
          difference !== undefined && is(difference) ? difference : undefined
        const both = (facet: Facet, is: (each: Difference, from: 'candidate' | 'secondary') => boolean): void =>
          count(place, facet, {
            its: odd(own, (each) => is(each, 'candidate')),
            other: odd(other, (each) => is(each, 'secondary')) !== undefined,
            request,
          })
        both('shape', ({ kind, primary, candidate }) => kind !== 'changed' || shapeOf(primary) !== shapeOf(candidate))
        both('repeated', ({ candidate }, from) => isRepeated(`${from} ${place}`, candidate))
        if (own !== undefined && other !== undefined) {
          const [near, far] = [distance(other), distance(own)]
          both('far', (_each, from) =>
            from === 'candidate' ? far > farTimes * Math.max(1, near) : near > farTimes * Math.max(1, far),
          )
        }
      }
    },
    places: () =>
      [...entries].map(([key, entry]) => {
        const facet = key.slice(0, key.indexOf(' '))
        return { place: key.slice(facet.length + 1), facet: facet as Facet, ...entry }
      }),
  }
}

/** The first difference of each place; one answer counts once for it, however many elements of a list it is in. */
function byPlace(differences: readonly Difference[]): ReadonlyMap<string, Difference> {
  return new Map(differences.toReversed().map((each) => [each.place, each]))
}

function distance({ primary, candidate }: Difference): number {
  const [a, b] = [pointOf(primary), pointOf(candidate)]
  return a === undefined || b === undefined ? 0 : Math.abs(a - b)
}

function sizeOf({ target, fields, bytes }: RequestLine): number {
  return target.length + fields.join('').length + bytes
}
