import type { Reference } from '../kernel/index.ts'
import { check, rule } from '../kernel/index.ts'
import { excerpt } from './excerpt.ts'
import { endpointsOf } from './grammar/endpoints.ts'
import { parseItem } from './grammar/structured-field.ts'
import type { Message } from './message.ts'
import { given } from './message.ts'
import { note } from './note.ts'

export interface CrossOriginPolicyDefinition<Name extends string> {
  /** The field's name in lower case, without `-report-only`. */
  readonly name: Name
  /** The field's name as people write it. */
  readonly field: string
  /** How REDbot's identifiers begin: `COEP`. */
  readonly redbot: string
  readonly reference: Reference
  /** The two words that part the page from others. */
  readonly apart: readonly [string, string]
  /** A word that is right, and of which nothing is said. */
  readonly silent?: string
}

const shouted = (word: string): string => word.toUpperCase().replaceAll('-', '_')

/** A check of a policy between origins, enforced and report-only: which word, and where reports go. */
export function crossOriginPolicy<const Name extends string>(definition: CrossOriginPolicyDefinition<Name>) {
  const { name, field, redbot, reference, apart, silent } = definition
  const id = `http/${name}-detail` as const
  const reported = `${name}-report-only`
  const good = (word: string) =>
    note(`${id}-${word}`, `${redbot}_${shouted(word)}`, reference, () => `The policy is ${word}.`, 'good')
  const first = good(apart[0])
  const second = good(apart[1])
  const unsafe = note(
    `${id}-unsafe-none`,
    `${redbot}_UNSAFE_NONE`,
    reference,
    () => 'The policy is unsafe-none, which is none.',
  )
  const unknown = note(
    `${id}-unknown`,
    `${shouted(name)}_BAD_VALUE`,
    reference,
    (e: { value: string }) => `The policy is "${e.value}", which browsers do not know.`,
  )
  const endpointMissing = rule({
    id: `${id}-endpoint-missing`,
    level: 'warning',
    reference,
    says: (e: { endpoint: string }) => `report-to names "${e.endpoint}", which Reporting-Endpoints does not.`,
    wants: 'Reports go to an endpoint that is there.',
    remedy: 'Add the endpoint to Reporting-Endpoints.',
    aka: { redbot: `${redbot}_REPORT_TO_MISSING` },
  })
  const both = note(
    `${id}-both`,
    `${redbot}_REPORT_ONLY_DUPLICATE`,
    reference,
    () => `${field} is there both enforced and report-only.`,
  )
  const known = new Map<string, typeof first | typeof unsafe>([
    [apart[0], first],
    [apart[1], second],
    ['unsafe-none', unsafe],
  ])
  const said = (policy: string, report?: string): Message =>
    given({ fields: [[field, policy], ...(report === undefined ? [] : [[`${field}-Report-Only`, report] as const])] })

  return check({
    id,
    rules: [first, second, unsafe, unknown, endpointMissing, both],
    applies: ({ response: { fields } }) => fields.has(name) || fields.has(reported),
    *run({ response: { fields } }: Message) {
      for (const there of [name, reported]) {
        const value = fields.get(there)
        const parsed = value === undefined ? undefined : parseItem(value)
        if (value === undefined || parsed === undefined) continue
        const place = `response.fields.${there}`
        const { type, text } = parsed.item
        const found = type === 'token' ? known.get(text) : undefined
        if (found !== undefined) yield found.at(place)
        else if (type !== 'token' || text !== silent) yield unknown.at(place, { value: excerpt(value) })
        const endpoint = parsed.parameters.get('report-to')?.text
        if (endpoint !== undefined && endpoint !== '' && !endpointsOf(fields).has(endpoint))
          yield endpointMissing.at(place, { endpoint: excerpt(endpoint) })
      }
      // A field that does not parse is not there (RFC 9651 section 4.2).
      if (fields.has(name) && parseItem(fields.get(reported) ?? '') !== undefined)
        yield both.at(`response.fields.${reported}`)
    },
    examples: [
      { title: 'none', given: given(), yields: [] },
      { title: apart[0], given: said(apart[0]), yields: [first] },
      { title: apart[1], given: said(apart[1]), yields: [second] },
      ...(silent === undefined ? [] : [{ title: silent, given: said(silent), yields: [] }]),
      { title: 'the one that reports does not parse', given: said('unsafe-none', 'a b'), yields: [unsafe] },
      {
        title: 'both, and reports to nowhere',
        given: said('unsafe-none', 'own; report-to="a"'),
        yields: [unsafe, unknown, endpointMissing, both],
      },
    ],
  })
}
