import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { hostSource } from '../grammar/uri-syntax.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const preflightReference = document(
  'Fetch Standard, CORS-preflight fetch',
  'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
)

const preflight = note(
  'http/request-cors-preflight',
  'CORS_PREFLIGHT_REQUEST',
  preflightReference,
  () => 'This is a CORS preflight.',
)
const fault = (state: 'method-wrong' | 'origin-missing' | 'method-missing', redbot: string, what: string) =>
  rule({
    id: `http/request-cors-${state}`,
    level: 'warning',
    reference: preflightReference,
    says: () => `The request has fields of a CORS preflight, and ${what}.`,
    wants: 'A preflight is OPTIONS with Origin and Access-Control-Request-Method.',
    remedy: 'Leave preflights to the browser.',
    aka: { redbot },
  })
const methodWrong = fault('method-wrong', 'CORS_PREFLIGHT_REQ_METHOD_WRONG', 'its method is not OPTIONS')
const originMissing = fault('origin-missing', 'CORS_PREFLIGHT_REQ_NO_ORIGIN', 'no Origin')
const methodMissing = fault('method-missing', 'CORS_PREFLIGHT_REQ_NO_METHOD', 'no Access-Control-Request-Method')
const originBad = rule({
  id: 'http/request-cors-origin-malformed',
  level: 'warning',
  reference: rfc(6454, '7.1'),
  says: (e: { value: string }) => `Origin is "${e.value}", which is no origin.`,
  wants: 'Origin is scheme://host with a port, or null.',
  remedy: 'Leave Origin to the browser, or write scheme and host alone.',
  aka: { redbot: 'BAD_ORIGIN_SYNTAX' },
})
const several = rule({
  id: 'http/request-cors-origin-several',
  level: 'warning',
  reference: rfc(6454, '7.2'),
  says: (e: { value: string }) => `Origin is "${e.value}", with more than one origin.`,
  wants: 'Origin is one origin, or null.',
  remedy: 'Send one origin only.',
  aka: { redbot: 'ORIGIN_MULTIPLE_VALUES' },
})

const origin = new RegExp(`^[A-Za-z][A-Za-z0-9+.-]*://${hostSource}$`)

/** Origin and the fields of a preflight (Fetch Standard; RFC 6454 section 7). */
export const requestCors = check({
  id: 'http/request-cors',
  rules: [preflight, methodWrong, originMissing, methodMissing, originBad, several],
  *run({ request: { method, fields } }: Message) {
    const place = 'request.fields.access-control-request-method'
    const asksMethod = fields.has('access-control-request-method')
    if (asksMethod || fields.has('access-control-request-headers')) {
      if (method === 'OPTIONS' && asksMethod && fields.has('origin')) yield preflight.at('request.method')
      if (method !== 'OPTIONS') yield methodWrong.at(place)
      if (!fields.has('origin')) yield originMissing.at(place)
      if (!asksMethod) yield methodMissing.at(place)
    }
    const [value] = fields.all('origin')
    if (value === undefined || value === 'null') return
    const [first = ''] = value.split(' ')
    if (first !== value) yield several.at('request.fields.origin', { value: excerpt(value) })
    if (!origin.test(first)) yield originBad.at('request.fields.origin', { value: excerpt(value) })
  },
  examples: [
    { title: 'an origin', given: given({ requestFields: [['Origin', 'https://a.test:8443']] }), yields: [] },
    {
      title: 'a preflight',
      given: given({
        method: 'OPTIONS',
        requestFields: [
          ['Origin', 'https://a.test'],
          ['Access-Control-Request-Method', 'PUT'],
        ],
      }),
      yields: [preflight],
    },
    {
      title: 'half a preflight',
      given: given({ requestFields: [['Access-Control-Request-Headers', 'x-a']] }),
      yields: [methodWrong, originMissing, methodMissing],
    },
    { title: 'a path', given: given({ requestFields: [['Origin', 'https://a.test/']] }), yields: [originBad] },
    { title: 'two', given: given({ requestFields: [['Origin', 'https://a.test https://b.test']] }), yields: [several] },
  ],
})
