import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { parseParameters } from '../grammar/parameters.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

type Seen = { readonly field: string; readonly parameter: string }

const repeated = rule({
  id: 'http/parameters-repeated',
  level: 'warning',
  reference: rfc(9110, '5.6.6'),
  says: (e: Seen) => `${e.field} gives the parameter ${e.parameter} more than once, and readers pick different ones.`,
  wants: 'Each parameter is given once.',
  remedy: 'Drop one of them.',
})

const singleQuoted = rule({
  id: 'http/parameters-single-quoted',
  level: 'warning',
  reference: rfc(9110, '5.6.6'),
  says: (e: Seen & { value: string }) => `${e.field} gives ${e.parameter} the value ${e.value}, apostrophes included.`,
  wants: 'Values are quoted by double quotes, or not at all.',
  remedy: 'Use double quotes.',
})

const extendedQuoted = rule({
  id: 'http/parameters-extended-quoted',
  level: 'error',
  reference: rfc(8187, '3.2.1'),
  says: (e: Seen) =>
    `${e.field} puts the extended parameter ${e.parameter} in quotes, so it is read as plain text or not at all.`,
  wants: "Extended values stand without quotes: name*=UTF-8''...",
  remedy: 'Drop the quotes.',
})

const extendedMalformed = rule({
  id: 'http/parameters-extended-malformed',
  level: 'error',
  reference: rfc(8187, '3.2.1'),
  says: (e: Seen & { value: string }) =>
    `${e.field} gives ${e.parameter} the value "${e.value}", not charset'language'text.`,
  wants: "Extended values are UTF-8'language'text, with percent escapes.",
  remedy: "Write UTF-8'' before the escaped text.",
})

const extendedCharset = rule({
  id: 'http/parameters-extended-charset',
  level: 'warning',
  reference: rfc(8187, '3.2.1'),
  says: (e: Seen & { charset: string }) =>
    `${e.field} gives ${e.parameter} in ${e.charset}; readers need only know UTF-8.`,
  wants: 'Extended values are in UTF-8.',
  remedy: 'Encode the text in UTF-8.',
})

const extended = /^([A-Za-z0-9!#$%&+^_`{}~-]+)'([A-Za-z0-9-]*)'(?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-Fa-f]{2})*$/

/** Parameters of Content-Type and Content-Disposition (RFC 9110 section 5.6.6; RFC 8187 section 3.2). */
export const parameters = check({
  id: 'http/parameters',
  rules: [repeated, singleQuoted, extendedQuoted, extendedMalformed, extendedCharset],
  applies: ({ response: { fields } }) => fields.has('content-type') || fields.has('content-disposition'),
  *run({ response }: Message) {
    for (const field of ['content-type', 'content-disposition']) {
      const place = `response.fields.${field}`
      for (const line of response.fields.all(field)) {
        const { all } = parseParameters(splitList(line, ';').slice(1), 'loose')
        const names = all.map(({ name }) => name)
        for (const { name, value = '', quoted } of all) {
          const seen = { field, parameter: excerpt(name) }
          if (names.indexOf(name) !== names.lastIndexOf(name)) yield repeated.at(place, seen)
          if (!quoted && /^'.*'$/.test(value)) yield singleQuoted.at(place, { ...seen, value: excerpt(value) })
          if (!name.endsWith('*')) continue
          const encoding = extended.exec(value)?.[1]
          if (quoted) yield extendedQuoted.at(place, seen)
          else if (encoding === undefined) yield extendedMalformed.at(place, { ...seen, value: excerpt(value) })
          else if (encoding.toLowerCase() !== 'utf-8')
            yield extendedCharset.at(place, { ...seen, charset: excerpt(encoding) })
        }
      }
    }
  },
  examples: [
    {
      title: 'quoted and extended',
      given: given({
        fields: [['Content-Disposition', 'attachment; filename="a.pdf"; filename*=UTF-8\'en\'%e2%82%ac.pdf']],
      }),
      yields: [],
    },
    {
      title: 'a charset twice',
      given: given({ fields: [['Content-Type', 'text/html; charset=utf-8; Charset=latin1']] }),
      yields: [repeated],
    },
    {
      title: 'apostrophes',
      given: given({ fields: [['Content-Type', "text/html; charset='utf-8'"]] }),
      yields: [singleQuoted],
    },
    {
      title: 'an extended value in quotes',
      given: given({ fields: [['Content-Disposition', 'attachment; filename*="UTF-8\'\'a.pdf"']] }),
      yields: [extendedQuoted],
    },
    {
      title: 'an extended value without a charset',
      given: given({ fields: [['Content-Disposition', 'attachment; filename*=a.pdf']] }),
      yields: [extendedMalformed],
    },
    {
      title: 'an extended value in Latin-1',
      given: given({ fields: [['Content-Disposition', "attachment; filename*=iso-8859-1''%e4.pdf"]] }),
      yields: [extendedCharset],
    },
  ],
})
