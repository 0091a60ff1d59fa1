import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { isToken } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const names = ['access-control-allow-methods', 'access-control-allow-headers', 'access-control-expose-headers'] as const

const malformed = rule({
  id: 'http/access-control-allow-methods-malformed',
  level: 'error',
  reference: document('Fetch Standard, CORS protocol', 'https://fetch.spec.whatwg.org/#http-new-header-syntax'),
  says: (e: { field: string; value: string }) =>
    `${e.field} is "${e.value}", not a list of names, so the preflight fails.`,
  wants: 'The lists of CORS hold tokens, separated by commas.',
  remedy: 'Separate the names by commas.',
})

const literal = rule({
  id: 'http/access-control-allow-methods-literal',
  level: 'warning',
  reference: document(
    'Fetch Standard, CORS and credentials',
    'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
  ),
  says: (e: { field: string }) =>
    `${e.field} is * beside Access-Control-Allow-Credentials, where * is a name like any other.`,
  wants: 'With credentials, names are listed.',
  remedy: 'List the names.',
})

/** The lists of the CORS protocol: methods, request fields, exposed fields (Fetch Standard). */
export const accessControlAllowMethods = check({
  id: 'http/access-control-allow-methods',
  rules: [malformed, literal],
  applies: ({ response: { fields } }) => names.some((field) => fields.has(field)),
  *run({ response }: Message) {
    for (const field of names) {
      const value = response.fields.get(field)
      if (value === undefined) continue
      const members = splitList(value)
      if (!members.every(isToken)) yield malformed.at(`response.fields.${field}`, { field, value: excerpt(value) })
      const withCredentials = response.fields.get('access-control-allow-credentials') === 'true'
      if (members.includes('*') && withCredentials) yield literal.at(`response.fields.${field}`, { field })
    }
  },
  examples: [
    {
      title: 'lists',
      given: given({
        fields: [
          ['Access-Control-Allow-Methods', 'GET, PUT'],
          ['Access-Control-Expose-Headers', '*'],
        ],
      }),
      yields: [],
    },
    {
      title: 'spaces for commas',
      given: given({ fields: [['Access-Control-Allow-Headers', 'X-One X-Two']] }),
      yields: [malformed],
    },
    {
      title: 'a star with credentials',
      given: given({
        fields: [
          ['Access-Control-Allow-Credentials', 'true'],
          ['Access-Control-Allow-Methods', '*'],
        ],
      }),
      yields: [literal],
    },
  ],
})
