import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { isToken } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const malformed = rule({
  id: 'http/allow-malformed',
  level: 'error',
  reference: rfc(9110, '10.2.1'),
  says: (e: { value: string }) => `Allow is "${e.value}", not a list of methods.`,
  wants: 'Allow lists methods, separated by commas.',
  remedy: 'Write the methods with commas between them: "Allow: GET, HEAD".',
})

const lowerCase = rule({
  id: 'http/allow-lower-case',
  level: 'warning',
  reference: rfc(9110, '9.1'),
  says: (e: { method: string }) => `Allow names the method "${e.method}"; methods are compared with their case.`,
  wants: 'Allow names methods as they are sent: GET, not get.',
  remedy: 'Write standard methods in capitals.',
})

const standard = new Set(['get', 'head', 'post', 'put', 'delete', 'connect', 'options', 'trace', 'patch'])

/** Allow: `#method`, possibly empty (RFC 9110 section 10.2.1). */
export const allow = check({
  id: 'http/allow',
  rules: [malformed, lowerCase],
  applies: ({ response }) => response.fields.has('allow'),
  *run({ response }: Message) {
    const value = response.fields.get('allow')
    if (value === undefined) return
    const methods = splitList(value)
    if (!methods.every(isToken)) yield malformed.at('response.fields.allow', { value: excerpt(value) })
    const odd = methods.find((method) => standard.has(method.toLowerCase()) && method !== method.toUpperCase())
    if (odd !== undefined) yield lowerCase.at('response.fields.allow', { method: odd })
  },
  examples: [
    { title: 'two methods and one of our own', given: given({ fields: [['Allow', 'GET, HEAD, x-sync']] }), yields: [] },
    { title: 'no method at all', given: given({ fields: [['Allow', '']] }), yields: [] },
    { title: 'spaces for commas', given: given({ fields: [['Allow', 'GET HEAD']] }), yields: [malformed] },
    { title: 'lower case', given: given({ fields: [['Allow', 'get, head']] }), yields: [lowerCase] },
  ],
})
