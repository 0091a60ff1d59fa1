import { z } from 'zod'
import { rfc, SeatrialError } from '../../kernel/index.ts'
import { lists } from '../active/support/page.ts'
import { given } from '../message.ts'
import type { Message } from '../message.ts'
import { mediaTypeOf } from '../page.ts'
import { answerAt, expectation } from './expectation.ts'
import { fieldSeen, missing, unless } from './seen.ts'

const typed = (value: string): Message => given({ fields: [['Content-Type', value]], body: 'hello' })
const saying = (body: string): Message => given({ body })

/** The content as text, after content decoding. @throws SeatrialError when it did not arrive whole */
function textOf({ response }: Message): string {
  const { decoded } = response
  if (!response.complete || decoded.state !== 'decoded') {
    throw new SeatrialError('SEATRIAL_CONTENT_UNREADABLE', 'the content did not arrive whole, or cannot be decoded', {
      mend: 'Look at what the other checks say of the content.',
      because: 'prerequisite',
    })
  }
  return Buffer.from(decoded.body).toString('utf8')
}

const type = expectation({
  id: 'content-type',
  value: z
    .string()
    .regex(/^[^/]+\/[^/]+$/, { error: 'a media type such as text/html' })
    .meta({ description: 'Media type, without parameters' }),
  reference: rfc(9110, '8.3'),
  wanted: (value) => `content of type ${value}`,
  look: (value, page) =>
    unless(mediaTypeOf(page)?.essence === value.toLowerCase(), () => fieldSeen(page, 'Content-Type')),
  examples: [
    { title: 'with a parameter', value: 'text/html', page: typed('Text/HTML; charset=utf-8'), met: true },
    { title: 'another', value: 'text/html', page: typed('text/plain'), met: false },
    { title: 'none', value: 'text/html', page: given(), met: false },
  ],
})

const charset = expectation({
  id: 'content-charset',
  value: z.string().min(1).meta({ description: 'The charset that Content-Type says' }),
  reference: rfc(9110, '8.3.2'),
  wanted: (value) => `charset ${value}`,
  look: (value, page) => {
    const said = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(page.response.fields.get('content-type') ?? '')?.[1]
    return unless(said?.toLowerCase() === value.toLowerCase(), () => fieldSeen(page, 'Content-Type'))
  },
  examples: [
    { title: 'said', value: 'UTF-8', page: typed('text/html;charset="utf-8"'), met: true },
    { title: 'not said', value: 'utf-8', page: typed('text/html'), met: false },
  ],
})

const language = expectation({
  id: 'content-language',
  value: z.string().min(2).meta({ description: 'A language that Content-Language names' }),
  reference: rfc(9110, '8.5'),
  wanted: (value) => `Content-Language ${value}`,
  look: (value, page) =>
    unless(lists(page.response.fields.get('content-language'), value), () => fieldSeen(page, 'Content-Language')),
  examples: [
    { title: 'said', value: 'de', page: given({ fields: [['Content-Language', 'en, de']] }), met: true },
    { title: 'another', value: 'de', page: given({ fields: [['Content-Language', 'en']] }), met: false },
  ],
})

const contains = expectation({
  id: 'content-contains',
  value: z.array(z.string().min(1)).min(1).meta({ description: 'Texts that stand in the content' }),
  reference: rfc(9110, '6.4'),
  wanted: (value) => `content with ${value.map((text) => JSON.stringify(text)).join(', ')}`,
  look: (value, page) => {
    const text = textOf(page)
    return missing(value, (part) => text.includes(part), 'content without')
  },
  examples: [
    { title: 'there', value: ['ell'], page: saying('hello'), met: true },
    { title: 'one of two', value: ['ell', 'b'], page: saying('hello'), met: false },
  ],
})

const lacks = expectation({
  id: 'content-lacks',
  value: z.array(z.string().min(1)).min(1).meta({ description: 'Texts that do not stand in the content' }),
  reference: rfc(9110, '6.4'),
  wanted: (value) => `content without ${value.map((text) => JSON.stringify(text)).join(', ')}`,
  look: (value, page) => {
    const text = textOf(page)
    return missing(value, (part) => !text.includes(part), 'content with')
  },
  examples: [
    { title: 'not there', value: ['Exception'], page: saying('hello'), met: true },
    { title: 'there', value: ['Exception'], page: saying('Exception in main'), met: false },
  ],
})

const bytesAtLeast = expectation({
  id: 'content-bytes-at-least',
  value: z.int().min(1).meta({ description: 'Bytes of content on the wire, at least' }),
  reference: rfc(9110, '8.6'),
  wanted: (value) => `at least ${value} bytes of content`,
  look: (value, { response }) => unless(response.bodyBytes >= value, () => `${response.bodyBytes} bytes`),
  examples: [
    { title: 'enough', value: 5, page: saying('hello'), met: true },
    { title: 'too few', value: 6, page: saying('hello'), met: false },
  ],
})

const bytesAtMost = expectation({
  id: 'content-bytes-at-most',
  value: z.int().min(0).meta({ description: 'Bytes of content on the wire, at most' }),
  reference: rfc(9110, '8.6'),
  wanted: (value) => `at most ${value} bytes of content`,
  look: (value, { response }) => unless(response.bodyBytes <= value, () => `${response.bodyBytes} bytes`),
  examples: [
    { title: 'few enough', value: 5, page: saying('hello'), met: true },
    { title: 'too many', value: 4, page: saying('hello'), met: false },
  ],
})

const codings = expectation({
  id: 'content-codings',
  value: z
    .array(z.enum(['gzip', 'br', 'zstd', 'deflate']))
    .min(1)
    .meta({ description: 'Codings that the page comes in when asked' }),
  reference: rfc(9110, '12.5.3'),
  wanted: (value) => `the page in ${value.join(', ')} when asked for it`,
  asks: (value) => value.map((coding) => ({ fields: [['Accept-Encoding', coding]] })),
  look: (value, _, answers) =>
    missing(
      value,
      (coding) =>
        lists(
          answerAt(
            answers,
            value.findIndex((one) => one === coding),
          ).response.fields.get('content-encoding'),
          coding,
        ),
      'no',
    ),
  examples: [
    {
      title: 'as asked',
      value: ['br'],
      page: given(),
      answers: [given({ fields: [['Content-Encoding', 'br']] })],
      met: true,
    },
    { title: 'plain', value: ['br'], page: given(), answers: [given()], met: false },
  ],
})

export const content = { type, charset, language, contains, lacks, bytesAtLeast, bytesAtMost, codings }
