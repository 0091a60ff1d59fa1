import type { Reference } from '../kernel/index.ts'
import { check, rule } from '../kernel/index.ts'
import { excerpt } from './excerpt.ts'
import type { KnownParameters } from './grammar/known-parameters.ts'
import { oddParameters } from './grammar/known-parameters.ts'
import { parseList } from './grammar/structured-field.ts'
import type { Message } from './message.ts'
import { given } from './message.ts'
import { note } from './note.ts'

export interface StatusListDefinition<Name extends string> {
  /** The field's name in lower case; the check is called so. */
  readonly name: Name
  /** The field's name as people write it. */
  readonly field: string
  /** How REDbot's identifiers begin. */
  readonly redbot: string
  readonly reference: Reference
  /** Who adds a member: `caches`. */
  readonly who: string
  readonly known: KnownParameters
  /** A value with what is defined, and one with a value that may not be, for the examples. */
  readonly right: string
  readonly wrong: string
}

/** A check of a field in which all that a message passed leave a member with parameters. */
export function statusList<const Name extends string>(definition: StatusListDefinition<Name>) {
  const { name, field, redbot, reference, who, known, right, wrong } = definition
  const place = `response.fields.${name}`
  const present = note(
    `http/${name}-present`,
    redbot,
    reference,
    (e: { value: string }) => `The ${who} on the way tell what they did: ${e.value}.`,
  )
  const unknown = note(
    `http/${name}-unknown`,
    `${redbot}_UNKNOWN_PARAM`,
    reference,
    (e: { parameter: string }) => `${field} has the parameter ${e.parameter}, which is not registered.`,
  )
  const valueBad = rule({
    id: `http/${name}-value-bad`,
    level: 'warning',
    reference,
    says: (e: { parameter: string; value: string }) =>
      `${field} gives ${e.parameter} as "${e.value}", which it may not be.`,
    wants: 'Each parameter has the type and the values that are defined for it.',
    remedy: 'Look the parameter up and write it as defined.',
    aka: { redbot: `${redbot}_BAD_PARAM_VAL` },
  })
  const said = (value: string): Message => given({ fields: [[field, value]] })

  return check({
    id: `http/${name}`,
    rules: [present, unknown, valueBad],
    applies: ({ response }) => response.fields.has(name),
    *run({ response }: Message) {
      const value = response.fields.get(name)
      const members = value === undefined ? [] : (parseList(value) ?? [])
      if (value === undefined || members.length === 0) return
      yield present.at(place, { value: excerpt(value) })
      for (const { parameter, value: odd } of oddParameters(members, known)) {
        const seen = { parameter: excerpt(parameter) }
        yield odd === undefined ? unknown.at(place, seen) : valueBad.at(place, { ...seen, value: excerpt(odd) })
      }
    },
    examples: [
      { title: 'nothing', given: given(), yields: [] },
      { title: 'what is defined', given: said(right), yields: [present] },
      { title: 'one of its own', given: said('a; own'), yields: [present, unknown] },
      { title: 'a wrong value', given: said(wrong), yields: [present, valueBad] },
    ],
  })
}
