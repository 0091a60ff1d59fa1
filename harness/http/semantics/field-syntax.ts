import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { isToken } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const name = rule({
  id: 'http/field-syntax-name',
  level: 'error',
  reference: rfc(9110, '5.1'),
  says: (e: { name: string }) => `The field name "${e.name}" is no token.`,
  wants: 'Field names are tokens: letters, digits and a few signs.',
  remedy: 'Correct the name; parsers on the way drop it or refuse the message.',
  aka: { redbot: 'FIELD_NAME_BAD_SYNTAX' },
})

const nameNonAscii = rule({
  id: 'http/field-syntax-name-non-ascii',
  level: 'error',
  reference: rfc(9110, '5.1'),
  says: (e: { name: string }) => `The field name "${e.name}" has bytes beyond ASCII.`,
  wants: 'Field names are tokens: letters, digits and a few signs.',
  remedy: 'Correct the name; parsers on the way drop it or refuse the message.',
  aka: { redbot: 'FIELD_NAME_ENCODING' },
})

const control = rule({
  id: 'http/field-syntax-control',
  level: 'error',
  reference: rfc(9110, '5.5'),
  says: (e: { field: string; value: string }) => `${e.field} has control characters in its value: "${e.value}".`,
  wants: 'Values are visible characters, spaces and tabs.',
  remedy: 'Look for text from outside that goes into a field unchecked.',
})

const nonAscii = rule({
  id: 'http/field-syntax-non-ascii',
  level: 'warning',
  reference: rfc(9110, '5.5'),
  says: (e: { field: string; value: string }) => `${e.field} has bytes beyond ASCII in its value: "${e.value}".`,
  wants: 'Values are ASCII.',
  remedy: 'Encode the text: percent signs in addresses, the form of RFC 8187 in parameters.',
  aka: { redbot: 'FIELD_VALUE_ENCODING' },
})

/** Names and values of all fields (RFC 9110 sections 5.1 and 5.5). Values of cookies are not shown. */
export const fieldSyntax = check({
  id: 'http/field-syntax',
  rules: [name, nameNonAscii, control, nonAscii],
  *run({ response, exchange }: Message) {
    const plain = /^[\t\x20-\x7e]*$/
    const emptyTold = exchange.response?.problems.some(({ code }) => code === 'field-name-empty') === true
    const { fields, trailers } = response
    const lines = trailers.lines.length === 0 ? fields.lines : [...fields.lines, ...trailers.lines]
    for (const line of lines) {
      if (!isToken(line.name)) {
        const ascii = line.name.replace(/[\x80-\xff]/g, '')
        if (ascii !== line.name) yield nameNonAscii.at('response.fields', { name: excerpt(line.name) })
        // An empty name on the wire is told by the reader of the head.
        const told = line.name === '' && emptyTold
        if (!isToken(ascii) && !told) yield name.at('response.fields', { name: excerpt(line.name) })
      }
      if (plain.test(line.value)) continue
      const field = excerpt(line.name)
      const value = field.toLowerCase() === 'set-cookie' ? '(not shown)' : excerpt(line.value)
      const where = `response.fields.${field.toLowerCase()}`
      if (/[\x00-\x08\x0a-\x1f\x7f]/.test(line.value)) yield control.at(where, { field, value })
      if (/[\x80-\uffff]/.test(line.value)) yield nonAscii.at(where, { field, value })
    }
  },
  examples: [
    {
      title: 'usual fields',
      given: given({
        fields: [
          ['X-Thing', 'a\tb'],
          ['x_y.z', ''],
        ],
      }),
      yields: [],
    },
    { title: 'a space in a name', given: given({ fields: [['X Thing', 'a']] }), yields: [name] },
    { title: 'UTF-8 in a name', given: given({ fields: [['X-\u00c3\u00a4', 'a']] }), yields: [nameNonAscii] },
    { title: 'UTF-8 for a name', given: given({ fields: [['\u00c3\u00a4', 'a']] }), yields: [name, nameNonAscii] },
    { title: 'no name, in a recording', given: given({ fields: [['', 'a']] }), yields: [name] },
    {
      title: 'no name, which the reader of the head tells',
      given: given({
        fields: [['', 'a']],
        response: { problems: [{ code: 'field-name-empty', offset: 17, excerpt: ': a' }] },
      }),
      yields: [],
    },
    { title: 'an escape sequence', given: given({ fields: [['X-Thing', 'a\u001b[31m']] }), yields: [control] },
    { title: 'UTF-8 in a value', given: given({ fields: [['X-Thing', '\u00c3\u00a4']] }), yields: [nonAscii] },
  ],
})
