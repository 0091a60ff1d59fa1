import type { Reference } from '../../kernel/index.ts'
import { check, document, rfc } from '../../kernel/index.ts'
import { splitList } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const resumable = document(
  'Resumable Uploads for HTTP',
  'https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload',
)

/** Status, our name, REDbot's without `STATUS_`, where it is written, what it tells. */
const table = [
  [103, 'early-hints', 'EARLY_HINTS', rfc(8297, '2'), 'hints come before the response'],
  [104, 'upload-resumption', 'UPLOAD_RESUMPTION_SUPPORTED', resumable, 'the upload can be resumed'],
  [208, 'already-reported', 'ALREADY_REPORTED', rfc(5842, '7.1'), 'a member was listed before'],
  [400, 'bad-request', 'BAD_REQUEST', rfc(9110, '15.5.1'), 'the request was not understood'],
  [403, 'forbidden', 'FORBIDDEN', rfc(9110, '15.5.4'), 'access is refused'],
  [404, 'not-found', 'NOT_FOUND', rfc(9110, '15.5.5'), 'nothing is there'],
  [405, 'method-not-allowed', 'METHOD_NOT_ALLOWED', rfc(9110, '15.5.6'), 'the resource does not know the method'],
  [406, 'not-acceptable', 'NOT_ACCEPTABLE', rfc(9110, '15.5.7'), 'there is no form that the request accepts'],
  [409, 'conflict', 'CONFLICT', rfc(9110, '15.5.10'), 'the request conflicts with the state of the resource'],
  [410, 'gone', 'GONE', rfc(9110, '15.5.11'), 'the resource is gone for good'],
  [412, 'precondition-failed', 'PRECONDITION_FAILED', rfc(9110, '15.5.13'), 'a condition of the request is false'],
  [413, 'content-too-large', 'REQUEST_ENTITY_TOO_LARGE', rfc(9110, '15.5.14'), 'the request is too large'],
  [414, 'uri-too-long', 'URI_TOO_LONG', rfc(9110, '15.5.15'), 'the address is too long'],
  [415, 'media-type', 'UNSUPPORTED_MEDIA_TYPE', rfc(9110, '15.5.16'), 'the type of the request is not taken'],
  [417, 'expectation-failed', 'EXPECTATION_FAILED', rfc(9110, '15.5.18'), 'what Expect asks for cannot be done'],
  [418, 'teapot', 'IM_A_TEAPOT', rfc(9110, '15.5.19'), 'this was a joke once and is reserved now'],
  [421, 'misdirected', 'MISDIRECTED_REQUEST', rfc(9110, '15.5.20'), 'this server does not speak for the origin'],
  [425, 'too-early', 'TOO_EARLY', rfc(8470, '5.2'), 'the request came in early data'],
  [428, 'precondition-required', 'PRECONDITION_REQUIRED', rfc(6585, '3'), 'the request has to be conditional'],
  [429, 'too-many', 'TOO_MANY_REQUESTS', rfc(6585, '4'), 'too many requests came'],
  [
    431,
    'fields-too-large',
    'REQUEST_HEADER_FIELDS_TOO_LARGE',
    rfc(6585, '5'),
    'the fields of the request are too large',
  ],
  [451, 'legal', 'UNAVAILABLE_FOR_LEGAL_REASONS', rfc(7725, '3'), 'the law forbids it'],
  [500, 'internal', 'INTERNAL_SERVICE_ERROR', rfc(9110, '15.6.1'), 'the server failed'],
  [501, 'not-implemented', 'NOT_IMPLEMENTED', rfc(9110, '15.6.2'), 'the server does not know how'],
  [502, 'bad-gateway', 'BAD_GATEWAY', rfc(9110, '15.6.3'), 'the server behind answered badly'],
  [503, 'unavailable', 'SERVICE_UNAVAILABLE', rfc(9110, '15.6.4'), 'the server cannot answer now'],
  [504, 'gateway-timeout', 'GATEWAY_TIMEOUT', rfc(9110, '15.6.5'), 'the server behind did not answer in time'],
  [505, 'version', 'VERSION_NOT_SUPPORTED', rfc(9110, '15.6.6'), 'the version of HTTP is not spoken'],
  [508, 'loop', 'LOOP_DETECTED', rfc(5842, '7.2'), 'the request would never end'],
  [511, 'network-authentication', 'NETWORK_AUTHENTICATION_REQUIRED', rfc(6585, '6'), 'the network wants a login'],
] as const satisfies readonly (readonly [number, string, string, Reference, string])[]

const byStatus = new Map(
  table.map(
    ([status, state, redbot, reference, why]) =>
      [
        status as number,
        note(`http/status-note-${state}`, `STATUS_${redbot}`, reference, () => `${status}: ${why}.`),
      ] as const,
  ),
)

const continueRefused = note(
  'http/status-note-continue-refused',
  'STATUS_417_WITH_100_CONTINUE',
  rfc(9110, '15.5.18'),
  () => '417: the server does not do Expect: 100-continue.',
)

/** Request fields without which the status says something else, told by `not-requested`. */
const asks: Readonly<Record<number, readonly string[]>> = {
  406: ['accept', 'accept-charset', 'accept-encoding', 'accept-language'],
  412: ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'if-range'],
  417: ['expect'],
}

/** What a status tells, in one line (RFC 9110 section 15 and the registry). */
export const statusNote = check({
  id: 'http/status-note',
  rules: [...byStatus.values(), continueRefused],
  *run({ request, response: { status, fields } }: Message) {
    const found = byStatus.get(status)
    if (found === undefined) return
    if (asks[status]?.some((name) => request.fields.has(name)) === false) return
    if (status === 405 && splitList(fields.get('allow') ?? '').includes(request.method)) return
    const expectations = splitList(request.fields.get('expect')?.toLowerCase() ?? '')
    if (status === 417 && expectations.includes('100-continue')) yield continueRefused.at('response.status')
    else yield found.at('response.status')
  },
  examples: [
    { title: '200', given: given(), yields: [] },
    { title: '412 without a condition, which is told elsewhere', given: given({ status: 412 }), yields: [] },
    {
      title: '405 to a method that Allow names',
      given: given({ status: 405, fields: [['Allow', 'GET']] }),
      yields: [],
    },
    {
      title: '417 to Expect: 100-continue',
      given: given({ status: 417, requestFields: [['Expect', '100-continue']] }),
      yields: [continueRefused],
    },
    ...[...byStatus].map(([status, rule]) => ({
      title: `${status}`,
      given: given({ status, requestFields: (asks[status] ?? []).map((name) => [name, 'a'] as const) }),
      yields: [rule],
    })),
  ],
})
