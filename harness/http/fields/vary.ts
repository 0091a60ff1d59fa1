import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { isToken } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.vary'

const malformed = rule({
  id: 'http/vary-malformed',
  level: 'error',
  reference: rfc(9110, '12.5.5'),
  says: (e: { value: string }) => `Vary is "${e.value}", not a list of field names.`,
  wants: 'Vary lists request fields, or is *.',
  remedy: 'Name the fields, separated by commas.',
})

const asterisk = rule({
  id: 'http/vary-asterisk',
  level: 'warning',
  reference: rfc(9110, '12.5.5'),
  says: () => 'Vary is *, so no cache can ever answer from this response.',
  wants: 'Vary names what the response depends on.',
  remedy: 'Name the request fields; use Cache-Control: no-store where none would do.',
  aka: { redbot: 'VARY_ASTERISK' },
})

const fragmenting = rule({
  id: 'http/vary-fragmenting',
  level: 'warning',
  reference: rfc(9110, '12.5.5'),
  says: (e: { field: string }) =>
    `Vary names ${e.field}, which differs between nearly all clients: caches keep a copy for each.`,
  wants: 'Vary names fields with few values.',
  remedy: 'Decide on a smaller field that the proxy derives, or mark the response private.',
  aka: { redbot: 'VARY_USER_AGENT' },
})

const host = rule({
  id: 'http/vary-host',
  level: 'warning',
  reference: rfc(9110, '12.5.5'),
  says: () => 'Vary names Host, which is part of the address already.',
  wants: 'Vary names fields other than Host.',
  remedy: 'Drop Host from Vary.',
  aka: { redbot: 'VARY_HOST' },
})

const repeated = rule({
  id: 'http/vary-repeated',
  level: 'info',
  reference: rfc(9110, '12.5.5'),
  says: (e: { field: string }) => `Vary names ${e.field} more than once.`,
  wants: 'Vary names each field once.',
  remedy: 'Usually the application and the proxy both add it: let one do it.',
  aka: { redbot: 'VARY_DUPLICATE' },
})

const complex = rule({
  id: 'http/vary-complex',
  level: 'warning',
  reference: rfc(9110, '12.5.5'),
  says: (e: { fields: number }) => `Vary names ${e.fields} fields, so a stored copy will hardly ever fit.`,
  wants: 'Vary names few fields.',
  remedy: 'Name only what the response depends on.',
  aka: { redbot: 'VARY_COMPLEX' },
})

const refererNamed = rule({
  id: 'http/vary-referer',
  level: 'warning',
  reference: rfc(9110, '12.5.5'),
  says: () => 'Vary names Referer, so caches keep a copy for each page that leads here.',
  wants: 'Vary names fields with few values.',
  remedy: 'Do not vary by Referer.',
})

const negotiate = note(
  'http/vary-negotiate',
  'VARY_NEGOTIATE',
  rfc(2295, '8.4'),
  () => 'Vary names Negotiate, of an experiment that browsers never took up.',
)

const many = note(
  'http/vary-many',
  'VARY_COMPLEX',
  rfc(9110, '12.5.5'),
  (e: { fields: number }) => `Vary names ${e.fields} fields.`,
)

/** Vary: `#( "*" / field-name )` (RFC 9110 section 12.5.5). */
export const vary = check({
  id: 'http/vary',
  rules: [malformed, asterisk, fragmenting, host, repeated, complex, refererNamed, negotiate, many],
  applies: ({ response }) => response.fields.has('vary'),
  *run({ response }: Message) {
    const value = response.fields.get('vary')
    if (value === undefined) return
    const names = splitList(value.toLowerCase())
    const distinct = new Set(names)
    if (!names.every(isToken)) yield malformed.at(place, { value: excerpt(value) })
    if (distinct.has('*')) {
      yield asterisk.at(place)
      return
    }
    if (distinct.has('user-agent')) yield fragmenting.at(place, { field: 'user-agent' })
    if (distinct.has('referer')) yield refererNamed.at(place)
    if (distinct.has('negotiate')) yield negotiate.at(place)
    if (distinct.has('host')) yield host.at(place)
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    if (twice !== undefined) yield repeated.at(place, { field: excerpt(twice) })
    if (distinct.size > 4) yield complex.at(place, { fields: distinct.size })
    else if (distinct.size > 3) yield many.at(place, { fields: distinct.size })
  },
  examples: [
    { title: 'two fields', given: given({ fields: [['Vary', 'Accept-Encoding, Origin']] }), yields: [] },
    { title: 'nothing, which is allowed', given: given({ fields: [['Vary', '']] }), yields: [] },
    { title: 'spaces for commas', given: given({ fields: [['Vary', 'Accept Accept-Encoding']] }), yields: [malformed] },
    { title: 'a star among names', given: given({ fields: [['Vary', 'Accept, *']] }), yields: [asterisk] },
    { title: 'User-Agent', given: given({ fields: [['Vary', 'User-Agent']] }), yields: [fragmenting] },
    { title: 'Host', given: given({ fields: [['Vary', 'Host']] }), yields: [host] },
    {
      title: 'one field on two lines',
      given: given({
        fields: [
          ['Vary', 'Accept-Encoding'],
          ['Vary', 'accept-encoding'],
        ],
      }),
      yields: [repeated],
    },
    { title: 'Referer', given: given({ fields: [['Vary', 'Referer']] }), yields: [refererNamed] },
    { title: 'Negotiate', given: given({ fields: [['Vary', 'Negotiate']] }), yields: [negotiate] },
    { title: 'four fields', given: given({ fields: [['Vary', 'A, B, C, D']] }), yields: [many] },
    { title: 'five fields', given: given({ fields: [['Vary', 'A, B, C, D, E']] }), yields: [complex] },
  ],
})
