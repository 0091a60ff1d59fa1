import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { deprecatedFields } from '../grammar/deprecated-fields.ts'
import { responseOnlyFields } from '../grammar/field-sides.ts'
import { isToken } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

type Field = { readonly field: string }

const name = rule({
  id: 'http/request-field-lines-name',
  level: 'error',
  reference: rfc(9110, '5.1'),
  says: (e: Field) => `The field name "${e.field}" is no token.`,
  wants: 'Field names are tokens: letters, digits and a few signs.',
  remedy: 'Correct the name.',
  aka: { redbot: 'FIELD_NAME_BAD_SYNTAX' },
})
const nameNonAscii = rule({
  id: 'http/request-field-lines-name-non-ascii',
  level: 'error',
  reference: rfc(9110, '5.1'),
  says: (e: Field) => `The field name "${e.field}" has bytes beyond ASCII.`,
  wants: 'Field names are tokens: letters, digits and a few signs.',
  remedy: 'Correct the name.',
  aka: { redbot: 'FIELD_NAME_ENCODING' },
})
const nonAscii = rule({
  id: 'http/request-field-lines-non-ascii',
  level: 'warning',
  reference: rfc(9110, '5.5'),
  says: (e: Field) => `${e.field} has bytes beyond ASCII in its value.`,
  wants: 'Values are ASCII.',
  remedy: 'Encode the text.',
  aka: { redbot: 'FIELD_VALUE_ENCODING' },
})
const large = rule({
  id: 'http/request-field-lines-large',
  level: 'warning',
  reference: rfc(9110, '5.4'),
  says: (e: Field & { bytes: number }) => `${e.field} takes ${e.bytes} bytes; many servers refuse a line over 8192.`,
  wants: 'A field line has at most 8192 bytes.',
  remedy: 'Send less in it: usually cookies that grew.',
  aka: { redbot: 'FIELD_TOO_LARGE' },
})
const largeOther = rule({
  id: 'http/request-field-lines-large-other',
  level: 'warning',
  reference: rfc(9110, '5.4'),
  says: (e: Field & { bytes: number }) =>
    `${e.field} takes ${e.bytes} bytes, which many servers refuse, and is no field of requests.`,
  wants: 'A field line has at most 8192 bytes.',
  remedy: 'Drop the field.',
})
const sectionLarge = rule({
  id: 'http/request-field-lines-section-large',
  level: 'warning',
  reference: rfc(9110, '5.4'),
  says: (e: { bytes: number }) => `The fields of the request have ${e.bytes} bytes; many servers refuse that.`,
  wants: 'All fields together have at most 32768 bytes.',
  remedy: 'Find the fields that grew, often Cookie.',
  aka: { redbot: 'FIELD_SECTION_TOO_LARGE' },
})
const deprecated = rule({
  id: 'http/request-field-lines-deprecated',
  level: 'info',
  reference: document(
    'IANA HTTP Field Name Registry',
    'https://www.iana.org/assignments/http-fields/http-fields.xhtml',
  ),
  says: (e: Field) => `${e.field} is there, which is no longer in use.`,
  wants: 'Requests carry fields that are in use.',
  remedy: 'Drop the field.',
  aka: { redbot: 'FIELD_DEPRECATED' },
})
const idle = note(
  'http/request-field-lines-idle',
  'UNNECESSARY_HEADER',
  rfc(9110, '17.12'),
  (e: Field) => `${e.field} is there, which servers have no use for.`,
)
const responseOnly = rule({
  id: 'http/request-field-lines-response-only',
  level: 'warning',
  reference: rfc(9110, '10.2'),
  says: (e: Field) => `${e.field} is in the request, and only means something in a response.`,
  wants: 'Requests carry no response fields.',
  remedy: 'Drop the field.',
  aka: { redbot: 'RESPONSE_HDR_IN_REQUEST' },
})
const repeated = rule({
  id: 'http/request-field-lines-repeated',
  level: 'warning',
  reference: rfc(9110, '5.3'),
  says: (e: Field) => `${e.field} is there more than once, and is no list.`,
  wants: 'A field that is no list stands in one line.',
  remedy: 'Send it once.',
  aka: { redbot: 'SINGLE_HEADER_REPEAT' },
})

const singletons = new Set(
  (
    'access-control access-control-request-method authorization content-base content-disposition ' +
    'connectiox content-md5 content-transfer-encoding content-length cteonnt-length content-location content-type ' +
    'date from host if-modified-since if-range if-unmodified-since max-forwards mime-version origin ' +
    'proxy-authorization range referer soapaction user-agent'
  ).split(' '),
)
const idleFields = new Set(
  (
    'x-aspnet-version x-aspnetmvc-version x-powered-by x-generator x-drupal-cache x-varnish x-mod-pagespeed ' +
    'x-pingback x-runtime x-rack-cache x-content-encoded-by x-backend-server'
  ).split(' '),
)

/** The field lines of the request, one by one (RFC 9110 section 5). Values may be secret and are not shown. */
export const requestFieldLines = check({
  id: 'http/request-field-lines',
  rules: [name, nameNonAscii, nonAscii, large, largeOther, sectionLarge, deprecated, idle, responseOnly, repeated],
  *run({ request: { fields } }: Message) {
    let bytes = 0
    for (const line of fields.lines) {
      const field = excerpt(line.name)
      const ascii = line.name.replace(/[\x80-\uffff]/g, '')
      if (ascii !== line.name) yield nameNonAscii.at('request.fields', { field })
      if (!isToken(ascii)) yield name.at('request.fields', { field })
      const place = `request.fields.${field.toLowerCase()}`
      if (/[\x80-\uffff]/.test(line.value)) yield nonAscii.at(place, { field })
      const size = line.name.length + line.value.length
      bytes += size
      if (size > 8192)
        yield (isToken(ascii) && !responseOnlyFields.has(ascii.toLowerCase()) ? large : largeOther).at(place, {
          field,
          bytes: size,
        })
    }
    if (bytes > 32_768) yield sectionLarge.at('request.fields', { bytes })
    for (const each of fields.names()) {
      const field = excerpt(each)
      const place = `request.fields.${field}`
      if (responseOnlyFields.has(each)) {
        yield responseOnly.at(place, { field })
        continue
      }
      if (deprecatedFields.has(each) || each === 'pragma') yield deprecated.at(place, { field })
      if (idleFields.has(each) && fields.all(each).some((value) => value !== '')) yield idle.at(place, { field })
      if (singletons.has(each) && fields.all(each).length > 1) yield repeated.at(place, { field })
    }
  },
  examples: [
    {
      title: 'a browser',
      given: sent([
        ['Accept', '*/*'],
        ['Cookie', 'a=b'],
        ['Host', 'a.test'],
      ]),
      yields: [],
    },
    { title: 'a space in a name', given: sent([['X A', 'a']]), yields: [name] },
    { title: 'UTF-8 in a name', given: sent([['X-\u00c3\u00a4', 'a']]), yields: [nameNonAscii] },
    { title: 'UTF-8 in a value', given: sent([['X-A', '\u00c3\u00a4']]), yields: [nonAscii] },
    { title: 'a long line', given: sent([['Cookie', 'a'.repeat(9000)]]), yields: [large] },
    {
      title: 'a long line of a field that only responses have',
      given: sent([['Set-Cookie', 'a'.repeat(9000)]]),
      yields: [largeOther, responseOnly],
    },
    {
      title: 'many lines',
      given: sent(Array.from({ length: 40 }, (_, i) => [`X-${i}`, 'a'.repeat(1000)] as const)),
      yields: [sectionLarge],
    },
    { title: 'no ASCII in a name', given: sent([['\u00c3\u00a4', 'a']]), yields: [name, nameNonAscii] },
    { title: 'a privacy policy, which only responses have', given: sent([['P3P', 'a']]), yields: [responseOnly] },
    { title: 'Cookie2', given: sent([['Cookie2', '1']]), yields: [deprecated] },
    { title: 'X-Powered-By', given: sent([['X-Powered-By', 'a']]), yields: [idle] },
    { title: 'X-Powered-By that tells nothing', given: sent([['X-Powered-By', '']]), yields: [] },
    { title: 'Set-Cookie', given: sent([['Set-Cookie', 'a=b']]), yields: [responseOnly] },
    {
      title: 'two hosts',
      given: sent([
        ['Host', 'a.test'],
        ['Host', 'b.test'],
      ]),
      yields: [repeated],
    },
  ],
})

function sent(requestFields: readonly (readonly [string, string])[]): Message {
  return given({ requestFields })
}
