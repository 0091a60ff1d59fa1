import type { BareItem, Member } from './structured-field.ts'

type Type = BareItem['type']

/** The types that each known parameter may have, or the tokens that it may be. */
export type KnownParameters = Readonly<Record<string, readonly Type[] | ReadonlySet<string>>>

export interface OddParameter {
  readonly parameter: string
  /** The value that a known parameter may not have; undefined where the parameter is not known. */
  readonly value: string | undefined
}

/** Parameters of a List's members that are unknown, or known with a value that they may not have. */
export function* oddParameters(members: readonly Member[], known: KnownParameters): Iterable<OddParameter> {
  for (const { parameters } of members) {
    for (const [parameter, { type, text }] of parameters) {
      const allowed = Object.hasOwn(known, parameter) ? known[parameter] : undefined
      if (allowed === undefined) yield { parameter, value: undefined }
      else if (allowed instanceof Set ? type !== 'token' || !allowed.has(text) : !includes(allowed, type))
        yield { parameter, value: text }
    }
  }
}

// Array.isArray does not narrow a readonly array away from a set.
const includes = (allowed: KnownParameters[string], type: Type): boolean =>
  Array.isArray(allowed) && allowed.includes(type)
