import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.content-length'

const malformed = rule({
  id: 'http/content-length-malformed',
  level: 'error',
  reference: rfc(9110, '8.6'),
  says: (e: { value: string }) => `Content-Length is "${e.value}", not a whole number of bytes.`,
  wants: 'Content-Length is one whole number, in digits.',
  remedy: 'Send the length in bytes, or use chunked transfer coding.',
  aka: { redbot: 'CL_BAD_SYNTAX' },
})

const conflicting = rule({
  id: 'http/content-length-conflicting',
  level: 'error',
  reference: rfc(9112, '6.3'),
  says: (e: { values: readonly string[] }) =>
    `Content-Length is given with different values${e.values.length === 0 ? '' : `: ${e.values.join(', ')}`}.`,
  wants: 'Content-Length is given once.',
  remedy: 'Find the two places that set it; two readers that pick different ones let responses be smuggled.',
  aka: { redbot: 'SINGLE_HEADER_REPEAT' },
})

const repeated = rule({
  id: 'http/content-length-repeated',
  level: 'error',
  reference: rfc(9110, '8.6'),
  says: () => 'Content-Length is there more than once with one value; some readers refuse that, others do not.',
  wants: 'Content-Length is given once.',
  remedy: 'Find the two places that set it.',
  aka: { redbot: 'SINGLE_HEADER_REPEAT' },
})

const withTransferEncoding = rule({
  id: 'http/content-length-with-transfer-encoding',
  level: 'error',
  reference: rfc(9112, '6.2'),
  says: () => 'Content-Length and Transfer-Encoding are both there, and readers disagree which one counts.',
  wants: 'A message has one or the other.',
  remedy: 'Remove Content-Length where a transfer coding is applied.',
  aka: { redbot: 'CL_AND_TE_PRESENT' },
})

const forbidden = rule({
  id: 'http/content-length-forbidden',
  level: 'error',
  reference: rfc(9110, '8.6'),
  says: (e: { status: number; value: string }) => `A ${e.status} response has Content-Length: ${e.value}.`,
  wants: 'A 204 or 1xx response, and a 2xx response to CONNECT, has no Content-Length.',
  remedy: 'Drop Content-Length there, also when it is 0.',
})

const incorrect = rule({
  id: 'http/content-length-incorrect',
  level: 'error',
  reference: rfc(9110, '8.6'),
  says: (e: { said: number; came: number }) => `Content-Length says ${e.said} bytes, and ${e.came} came.`,
  wants: 'Content-Length is the number of bytes that follow the head.',
  remedy: 'Count bytes, not characters, after compression; and do not pass on the length of something else.',
  aka: { redbot: 'CL_INCORRECT' },
})

const untold = note(
  'http/content-length-untold',
  'CL_INCORRECT',
  rfc(9110, '8.6'),
  (e: { came: number }) => `${e.came} bytes came, and Content-Length, which is no number, does not say so.`,
)

const tooLarge = rule({
  id: 'http/content-length-too-large',
  level: 'warning',
  reference: rfc(9110, '8.6'),
  says: (e: { value: string }) => `Content-Length is ${e.value}, more than readers can count.`,
  wants: 'Content-Length fits in 63 bits.',
  remedy: 'Send the length of what is sent, in bytes.',
  aka: { redbot: 'CL_TOO_LARGE' },
})

const correct = rule({
  id: 'http/content-length-correct',
  level: 'good',
  reference: rfc(9110, '8.6'),
  says: (e: { bytes: number }) => `Content-Length is right: ${e.bytes} bytes.`,
  wants: 'Content-Length is the number of bytes that follow the head.',
  remedy: 'Nothing to do.',
  aka: { redbot: 'CL_CORRECT' },
})

/** Content-Length: digits, one value, and true (RFC 9110 section 8.6; RFC 9112 sections 6.2 and 6.3). */
export const contentLength = check({
  id: 'http/content-length',
  rules: [malformed, conflicting, repeated, withTransferEncoding, forbidden, incorrect, untold, tooLarge, correct],
  *run({ request, response, exchange }: Message) {
    const problems = new Set(exchange.response?.problems.map(({ code }) => code))
    const lines = response.fields.all('content-length')
    // A list on one line is no length either, whatever is in it: the field is one number.
    const bad = lines.find((line) => !/^\d+$/.test(line))
    const values = [...new Set(lines.map((line) => line.replace(/^0+(?=\d)/, '')))]
    const both = lines.length > 0 && response.fields.has('transfer-encoding')
    if (bad !== undefined || problems.has('content-length-invalid'))
      yield malformed.at(place, { value: excerpt(bad ?? values.join(', ')) })
    const seen = { values: values.slice(0, 5).map(excerpt) }
    if (values.length > 1 || problems.has('content-length-conflict')) yield conflicting.at(place, seen)
    else if (lines.length > 1 || problems.has('content-length-repeated')) yield repeated.at(place)
    if (both || problems.has('content-length-with-transfer-encoding')) yield withTransferEncoding.at(place)
    const connected = request.method === 'CONNECT' && response.status >= 200 && response.status < 300
    const bodiless = response.status < 200 || response.status === 204 || connected
    const [value] = values
    // To HEAD and in a 304 the length is that of the content that is not sent; with chunks it counts nothing.
    // Time that ran out and a reset say nothing of the length.
    const elsewhere = request.method === 'HEAD' || response.status === 304 || exchange.response?.cutOff === true
    const unknown = elsewhere || (exchange.trouble !== undefined && exchange.trouble.kind !== 'closed-early')
    if (bad !== undefined && bad === lines[0] && !unknown) yield untold.at(place, { came: response.bodyBytes })
    if (value === undefined || bad !== undefined) return
    // Exact: 2^63 - 1 fits, and is not to be told from 2^63 as a double.
    if (value.length > 18 && BigInt(value) >= 2n ** 63n) yield tooLarge.at(place, { value: excerpt(value) })
    if (bodiless && !both) yield forbidden.at(place, { status: response.status, value: excerpt(value) })
    if (unknown) return
    const said = Number(value)
    if (said !== response.bodyBytes) yield incorrect.at(place, { said, came: response.bodyBytes })
    else if (values.length === 1) yield correct.at(place, { bytes: said })
  },
  examples: [
    { title: 'none', given: given({ body: 'hello' }), yields: [] },
    { title: 'the right one', given: given({ fields: [['Content-Length', '5']], body: 'hello' }), yields: [correct] },
    {
      title: 'the length of what HEAD does not send',
      given: given({ method: 'HEAD', fields: [['Content-Length', '5']] }),
      yields: [],
    },
    {
      title: 'the length of what a 304 does not send',
      given: given({ status: 304, fields: [['Content-Length', '5']] }),
      yields: [],
    },
    {
      title: 'a word',
      given: given({ fields: [['Content-Length', 'five']], body: 'hello' }),
      yields: [malformed, untold],
    },
    {
      title: 'more bytes than there are',
      given: given({ method: 'HEAD', fields: [['Content-Length', '9'.repeat(20)]] }),
      yields: [tooLarge],
    },
    {
      title: 'a sign',
      given: given({ fields: [['Content-Length', '+5']], body: 'hello' }),
      yields: [malformed, untold],
    },
    {
      title: 'two that differ',
      given: given({
        fields: [
          ['Content-Length', '5'],
          ['Content-Length', '6'],
        ],
        body: 'hello',
      }),
      yields: [conflicting],
    },
    {
      title: 'two that agree, in two lines',
      given: given({
        fields: [
          ['Content-Length', '5'],
          ['Content-Length', '5'],
        ],
        body: 'hello',
      }),
      yields: [repeated, correct],
    },
    {
      title: 'beside chunked, whichever comes first',
      given: given({
        fields: [
          ['Content-Length', '5'],
          ['Transfer-Encoding', 'chunked'],
        ],
        body: 'hello',
      }),
      yields: [withTransferEncoding, correct],
    },
    {
      title: 'on a 204',
      given: given({ status: 204, fields: [['Content-Length', '0']] }),
      yields: [forbidden, correct],
    },
    { title: 'too many', given: given({ fields: [['Content-Length', '9']], body: 'hello' }), yields: [incorrect] },
    { title: 'too few', given: given({ fields: [['Content-Length', '3']], body: 'hello' }), yields: [incorrect] },
    {
      title: 'more than we kept, because we stopped reading',
      given: given({ fields: [['Content-Length', '900']], body: 'hello', response: { cutOff: true, complete: false } }),
      yields: [],
    },
  ],
})
