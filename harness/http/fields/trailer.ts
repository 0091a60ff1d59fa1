import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { isToken } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const malformed = rule({
  id: 'http/trailer-malformed',
  level: 'error',
  reference: rfc(9110, '6.6.2'),
  says: (e: { value: string }) => `Trailer is "${e.value}", not a list of field names.`,
  wants: 'Trailer lists field names.',
  remedy: 'Name the fields, separated by commas.',
})

const forbidden = rule({
  id: 'http/trailer-forbidden',
  level: 'error',
  reference: rfc(9110, '6.5.1'),
  says: (e: { field: string }) => `${e.field} is in the trailer section, where it comes too late to be obeyed.`,
  wants: 'Trailers carry no field that frames, routes, authenticates or describes the content.',
  remedy: 'Send the field in the head.',
})

const undeclared = rule({
  id: 'http/trailer-undeclared',
  level: 'info',
  reference: rfc(9110, '6.6.2'),
  says: (e: { field: string }) => `${e.field} came as a trailer that Trailer did not announce.`,
  wants: 'Trailer announces the fields that follow the content.',
  remedy: 'Add the name to Trailer in the head.',
})

const tooLate = new Set([
  'transfer-encoding',
  'content-length',
  'content-encoding',
  'content-type',
  'content-range',
  'host',
  'trailer',
  'set-cookie',
  'cache-control',
  'expires',
  'date',
  'location',
  'retry-after',
  'vary',
  'age',
  'www-authenticate',
  'proxy-authenticate',
])

/** Trailer, and the trailers that came (RFC 9110 sections 6.5.1 and 6.6.2). */
export const trailer = check({
  id: 'http/trailer',
  rules: [malformed, forbidden, undeclared],
  *run({ response }: Message) {
    const value = response.fields.get('trailer')
    const declared = splitList(value?.toLowerCase() ?? '')
    if (value !== undefined && !declared.every(isToken)) {
      yield malformed.at('response.fields.trailer', { value: excerpt(value) })
    }
    for (const field of response.trailers.names()) {
      const seen = { field: excerpt(field) }
      if (tooLate.has(field)) yield forbidden.at(`response.trailers.${seen.field}`, seen)
      else if (!declared.includes(field)) yield undeclared.at(`response.trailers.${seen.field}`, seen)
    }
  },
  examples: [
    {
      title: 'announced and sent',
      given: given({ fields: [['Trailer', 'Server-Timing']], trailers: [['Server-Timing', 'a']] }),
      yields: [],
    },
    { title: 'announced and not sent', given: given({ fields: [['Trailer', 'Server-Timing']] }), yields: [] },
    { title: 'a sentence', given: given({ fields: [['Trailer', 'Server Timing']] }), yields: [malformed] },
    {
      title: 'a length at the end',
      given: given({ fields: [['Trailer', 'Content-Length']], trailers: [['Content-Length', '5']] }),
      yields: [forbidden],
    },
    { title: 'a surprise', given: given({ trailers: [['Server-Timing', 'a']] }), yields: [undeclared] },
  ],
})
