import { gzipSync } from 'node:zlib'
import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { isToken } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.content-encoding'

const malformed = rule({
  id: 'http/content-encoding-malformed',
  level: 'error',
  reference: rfc(9110, '8.4'),
  says: (e: { value: string }) => `Content-Encoding is "${e.value}", not a list of codings.`,
  wants: 'Content-Encoding lists codings, which are tokens.',
  remedy: 'Name the codings that were applied, separated by commas, or drop the field.',
})

const unknown = rule({
  id: 'http/content-encoding-unknown',
  level: 'error',
  reference: rfc(9110, '8.4.1'),
  says: (e: { coding: string }) => `Content-Encoding names "${e.coding}", a coding that nobody has registered.`,
  wants: 'Codings are registered ones, such as gzip, br, zstd.',
  remedy: 'Correct the name, or drop it: character sets and transfer encodings do not belong here.',
})

const identity = rule({
  id: 'http/content-encoding-identity',
  level: 'warning',
  reference: rfc(9110, '12.5.3'),
  says: () => 'Content-Encoding names identity, which means no coding and is kept for Accept-Encoding.',
  wants: 'Content without a coding has no Content-Encoding.',
  remedy: 'Drop the field.',
})

const repeated = rule({
  id: 'http/content-encoding-repeated',
  level: 'warning',
  reference: rfc(9110, '8.4'),
  says: (e: { coding: string }) =>
    `Content-Encoding names ${e.coding} more than once: the content is compressed twice, or said to be.`,
  wants: 'Each coding is applied once.',
  remedy: 'Let either the application or the server in front of it compress, not both.',
})

const unwanted = rule({
  id: 'http/content-encoding-unwanted',
  level: 'warning',
  reference: rfc(9110, '12.5.3'),
  says: (e: { coding: string; accepted: string }) =>
    `The content is coded with ${e.coding}; the request accepts "${e.accepted}".`,
  wants: 'Content is coded only in ways that the request accepts.',
  remedy: 'Choose by Accept-Encoding, and keep one stored variant for each (Vary).',
  aka: { redbot: 'ENCODING_UNWANTED' },
})

const registered = new Set([
  'aes128gcm',
  'br',
  'compress',
  'dcb',
  'dcz',
  'deflate',
  'exi',
  'gzip',
  'identity',
  'pack200-gzip',
  'x-compress',
  'x-gzip',
  'zstd',
])

const accepts = (accepted: string, coding: string): boolean => {
  const members = splitList(accepted.toLowerCase()).map((member) => splitList(member, ';'))
  const named =
    members.find(([name]) => name === coding || `x-${name}` === coding) ?? members.find(([name]) => name === '*')
  return named !== undefined && !named.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))
}

/** Content-Encoding: `#content-coding` (RFC 9110 section 8.4). */
export const contentEncoding = check({
  id: 'http/content-encoding',
  rules: [malformed, unknown, identity, repeated, unwanted],
  applies: ({ response }) => response.fields.has('content-encoding'),
  *run(message: Message) {
    const { request, response } = message
    const value = response.fields.get('content-encoding')
    if (value === undefined) return
    const codings = splitList(value).map((coding) => coding.toLowerCase())
    if (codings.length === 0 || !codings.every(isToken)) yield malformed.at(place, { value: excerpt(value) })
    // Without Accept-Encoding any coding is acceptable (RFC 9110 section 12.5.3).
    const accepted = request.fields.get('accept-encoding')
    for (const coding of new Set(codings)) {
      if (isToken(coding) && !registered.has(coding)) yield unknown.at(place, { coding: excerpt(coding) })
      if (coding === 'identity') yield identity.at(place)
      else if (accepted !== undefined && !accepts(accepted, coding)) {
        yield unwanted.at(place, { coding: excerpt(coding), accepted: excerpt(accepted) })
      }
    }
    const twice = codings.find((coding, index) => codings.indexOf(coding) !== index)
    if (twice !== undefined) yield repeated.at(place, { coding: excerpt(twice) })
  },
  examples: [
    { title: 'gzip', given: given({ fields: [['Content-Encoding', 'gzip']], body: gzipSync('hello') }), yields: [] },
    {
      title: 'what a wildcard accepts',
      given: given({
        requestFields: [['Accept-Encoding', 'br;q=0, *']],
        fields: [['Content-Encoding', 'gzip']],
        body: gzipSync('a'),
      }),
      yields: [],
    },
    { title: 'an empty list', given: given({ fields: [['Content-Encoding', ',']] }), yields: [malformed] },
    { title: 'a character set', given: given({ fields: [['Content-Encoding', 'utf-8']] }), yields: [unknown] },
    {
      title: 'a coding that nobody knows nor asked for',
      given: given({ requestFields: [['Accept-Encoding', 'gzip']], fields: [['Content-Encoding', 'foo']] }),
      yields: [unknown, unwanted],
    },
    {
      title: 'no comma between two that are accepted',
      given: given({ requestFields: [['Accept-Encoding', 'gzip, br']], fields: [['Content-Encoding', 'gzip br']] }),
      yields: [malformed, unwanted],
    },
    { title: 'identity', given: given({ fields: [['Content-Encoding', 'identity']] }), yields: [identity] },
    {
      title: 'compressed twice on the way',
      given: given({
        fields: [
          ['Content-Encoding', 'gzip'],
          ['Content-Encoding', 'gzip'],
        ],
        body: gzipSync(gzipSync('a')),
      }),
      yields: [repeated],
    },
    {
      title: 'gzip to a client that wants none',
      given: given({
        requestFields: [['Accept-Encoding', 'identity']],
        fields: [['Content-Encoding', 'gzip']],
        body: gzipSync('a'),
      }),
      yields: [unwanted],
    },
  ],
})
