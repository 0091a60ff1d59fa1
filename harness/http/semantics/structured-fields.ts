import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { structuredFaults } from '../grammar/structured-fields.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const malformed = rule({
  id: 'http/structured-fields-malformed',
  level: 'warning',
  reference: rfc(9651, '4.2'),
  says: (e: { field: string; value: string }) => `${e.field} is "${e.value}", which does not parse, so it is ignored.`,
  wants: 'A Structured Field is an item, a list or a dictionary, as its definition says.',
  remedy: 'Quote text, write names in small letters, and separate members by commas.',
  aka: { redbot: 'STRUCTURED_FIELD_PARSE_ERROR' },
})

const repeated = rule({
  id: 'http/structured-fields-repeated',
  level: 'warning',
  reference: rfc(9651, '4.2.2'),
  says: (e: { field: string; key: string }) => `${e.field} gives ${e.key} more than once; the last one counts.`,
  wants: 'Each key is given once.',
  remedy: 'Keep one of them.',
  aka: { redbot: 'DUPLICATE_KEY' },
})

/** Structured Fields: whether they parse at all (RFC 9651). */
export const structuredFields = check({
  id: 'http/structured-fields',
  rules: [malformed, repeated],
  *run({ response }: Message) {
    for (const fault of structuredFaults(response.fields, 'response')) {
      const place = `response.fields.${fault.field}`
      if ('key' in fault) yield repeated.at(place, { field: fault.field, key: excerpt(fault.key) })
      else yield malformed.at(place, { field: fault.field, value: excerpt(fault.value) })
    }
  },
  examples: [
    {
      title: 'a list whose members have the same parameters',
      given: given({ fields: [['Cache-Status', 'a; hit; ttl=1, b; hit; ttl=2']] }),
      yields: [],
    },
    {
      title: 'a list with nothing after a comma',
      given: given({ fields: [['Accept-CH', 'a,']] }),
      yields: [malformed],
    },
    {
      title: 'a feature twice',
      given: given({ fields: [['Permissions-Policy', 'camera=(), camera=(self)']] }),
      yields: [repeated],
    },
    { title: 'a parameter twice', given: given({ fields: [['Cache-Status', 'a; hit; hit']] }), yields: [repeated] },
  ],
})
