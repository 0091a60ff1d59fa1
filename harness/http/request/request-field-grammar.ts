import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { grammarFaults } from '../grammar/field-grammar.ts'
import { parseHttpDate } from '../grammar/http-date.ts'
import { structuredFaults } from '../grammar/structured-fields.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

type Field = { readonly field: string }
const wants = 'A field holds what its definition says.'
const remedy = 'Look the field up and write it as defined.'

const mismatch = rule({
  id: 'http/request-field-grammar-mismatch',
  level: 'warning',
  reference: rfc(9110, '5.5'),
  says: (e: Field) => `${e.field} has a value that its grammar does not allow.`,
  wants,
  remedy,
  aka: { redbot: 'BAD_SYNTAX' },
})
const broken = rule({
  id: 'http/request-field-grammar-broken',
  level: 'warning',
  reference: rfc(9110, '5.5'),
  says: (e: Field & { fits: number }) => `${e.field} has a member of which its grammar allows ${e.fits} characters.`,
  wants,
  remedy,
  aka: { redbot: 'BAD_SYNTAX_DETAILED' },
})
const date = rule({
  id: 'http/request-field-grammar-date',
  level: 'warning',
  reference: rfc(9110, '5.6.7'),
  says: (e: { value: string }) => `Date is "${e.value}", which is no HTTP-date.`,
  wants: 'Dates have the form Thu, 01 Jan 2026 00:00:00 GMT.',
  remedy: 'Let a library format the date.',
  aka: { redbot: 'BAD_DATE_SYNTAX' },
})
const dateObsolete = rule({
  id: 'http/request-field-grammar-date-obsolete',
  level: 'warning',
  reference: rfc(9110, '5.6.7'),
  says: (e: { value: string }) => `Date is "${e.value}", in an obsolete form.`,
  wants: 'Dates have the form Thu, 01 Jan 2026 00:00:00 GMT.',
  remedy: 'Let a library format the date.',
  aka: { redbot: 'DATE_OBSOLETE' },
})
const structured = rule({
  id: 'http/request-field-grammar-structured',
  level: 'warning',
  reference: rfc(9651, '4.2'),
  says: (e: Field) => `${e.field} is no Structured Field, so it is ignored.`,
  wants,
  remedy,
  aka: { redbot: 'STRUCTURED_FIELD_PARSE_ERROR' },
})
const repeated = rule({
  id: 'http/request-field-grammar-repeated',
  level: 'warning',
  reference: rfc(9651, '4.2.3.2'),
  says: (e: Field & { key: string }) => `${e.field} gives ${e.key} more than once; the last one counts.`,
  wants: 'Each key is given once.',
  remedy: 'Keep one of them.',
  aka: { redbot: 'DUPLICATE_KEY' },
})

/** Every request field with a grammar against it (RFC 9110 section 5.5). Values may be secret and are not shown. */
export const requestFieldGrammar = check({
  id: 'http/request-field-grammar',
  rules: [mismatch, broken, date, dateObsolete, structured, repeated],
  *run({ now, request: { fields } }: Message) {
    for (const { field, fits } of grammarFaults(fields, 'request', now)) {
      const place = `request.fields.${field}`
      yield fits === undefined ? mismatch.at(place, { field }) : broken.at(place, { field, fits })
    }
    const [made] = fields.all('date')
    if (made !== undefined) {
      const parsed = parseHttpDate(made, now)
      const seen = { value: excerpt(made) }
      if (parsed === undefined) yield date.at('request.fields.date', seen)
      else if (parsed.form !== 'imf-fixdate') yield dateObsolete.at('request.fields.date', seen)
    }
    for (const fault of structuredFaults(fields, 'request')) {
      const place = `request.fields.${fault.field}`
      if ('key' in fault) yield repeated.at(place, { field: fault.field, key: excerpt(fault.key) })
      else yield structured.at(place, { field: fault.field })
    }
  },
  examples: [
    { title: 'fields in order', given: sent('Accept-Language', 'de-CH, en;q=0.8, *;q=0'), yields: [] },
    { title: 'an entity tag without quotes', given: sent('If-None-Match', 'abc'), yields: [broken] },
    { title: 'any entity tag', given: sent('If-Match', '*'), yields: [] },
    { title: 'a word for a number', given: sent('Max-Forwards', 'few'), yields: [mismatch] },
    { title: 'two words', given: sent('Accept-Encoding', 'gzip br'), yields: [broken] },
    { title: 'no date', given: sent('Date', 'now'), yields: [date] },
    { title: 'an old date', given: sent('Date', 'Thu Jan  1 00:00:00 2026'), yields: [dateObsolete] },
    { title: 'no item', given: sent('Available-Dictionary', ':a'), yields: [structured] },
    { title: 'a key twice', given: sent('Available-Dictionary', ':aGk=:;a;a'), yields: [repeated] },
  ],
})

function sent(name: string, value: string): Message {
  return given({ requestFields: [[name, value]] })
}
