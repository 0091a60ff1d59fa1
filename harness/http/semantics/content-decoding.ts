import { gzipSync } from 'node:zlib'
import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { isWhole } from '../page.ts'

const place = 'response.content'

const corrupt = rule({
  id: 'http/content-decoding-corrupt',
  level: 'error',
  reference: rfc(9110, '8.4.1'),
  says: (e: { coding: string; why: string }) => `The content does not decode as ${e.coding}: ${e.why}.`,
  wants: 'The content is coded as Content-Encoding says.',
  remedy: 'Look for a second compressor, or a field that was copied from another response.',
})

const tooLarge = rule({
  id: 'http/content-decoding-too-large',
  level: 'error',
  reference: rfc(9110, '17.5'),
  says: (e: { coding: string; bytes: number; limitBytes: number }) =>
    `${e.bytes} bytes of ${e.coding} decode to more than ${e.limitBytes}: a bomb to whoever reads it.`,
  wants: 'Decoded content stays in proportion to what was sent.',
  remedy: 'Find out who produces this content; serve large files without a coding, in ranges.',
  aka: { redbot: 'DECOMPRESSION_LIMIT' },
})

const broken = (state: 'no-gzip' | 'deflate' | 'brotli', redbot: string, what: string) =>
  rule({
    id: `http/content-decoding-${state}`,
    level: 'error',
    reference: rfc(9110, '8.4.1'),
    says: () => `The content does not decode: ${what}.`,
    wants: 'The content is coded as Content-Encoding says.',
    remedy: 'Code the content once, by one part of the server, and say so in Content-Encoding.',
    aka: { redbot },
  })
const noGzip = broken('no-gzip', 'BAD_GZIP', 'it does not begin as gzip does')
const deflate = broken('deflate', 'BAD_ZLIB', 'what is inside gzip is corrupt')
const brotli = broken('brotli', 'BAD_BROTLI', 'it is no Brotli')

/** What exactly is wrong, where more can be said than that something is: what ends early or sums up wrong is not. */
function exactly(coding: string, why: string, body: Uint8Array): ReturnType<typeof broken> | undefined {
  if (/unexpected end|incorrect (?:data|length) check/.test(why)) return undefined
  if (coding === 'br') return brotli
  if (coding !== 'gzip' && coding !== 'x-gzip') return undefined
  const gzip = body[0] === 0x1f && body[1] === 0x8b && body[2] === 8
  return gzip ? deflate : body.length < 10 ? undefined : noGzip
}

/** Whether the content is coded as Content-Encoding says (RFC 9110 section 8.4). */
export const contentDecoding = check({
  id: 'http/content-decoding',
  rules: [corrupt, tooLarge, noGzip, deflate, brotli],
  applies: ({ response }) => response.fields.has('content-encoding'),
  *run(message: Message) {
    const { response } = message
    // A part of the content decodes to nothing whole, so nothing is said of it.
    if (!response.fields.has('content-encoding') || !isWhole(message) || response.status === 206) return
    const { decoded } = response
    if (decoded.state === 'corrupt') {
      const found = exactly(decoded.coding, decoded.why, response.body)
      if (found !== undefined) yield found.at(place)
      else yield corrupt.at(place, { coding: decoded.coding, why: excerpt(decoded.why) })
    }
    if (decoded.state === 'too-large') {
      yield tooLarge.at(place, {
        coding: decoded.coding,
        bytes: response.bodyBytes,
        limitBytes: decoded.limitBytes,
      })
    }
  },
  examples: [
    { title: 'gzip', given: coded('gzip', gzipSync('hello')), yields: [] },
    {
      title: 'an answer to HEAD',
      given: given({ method: 'HEAD', fields: [['Content-Encoding', 'gzip']] }),
      yields: [],
    },
    {
      title: 'a part of something coded',
      given: given({ status: 206, fields: [['Content-Encoding', 'gzip']], body: 'middle' }),
      yields: [],
    },
    { title: 'plain text under gzip', given: coded('gzip', 'hello'), yields: [corrupt] },
    { title: 'a broken brotli stream', given: coded('br', 'hello'), yields: [corrupt] },
    { title: 'half of a gzip stream', given: coded('gzip', gzipSync('hello').subarray(0, 15)), yields: [corrupt] },
    {
      title: 'a bomb: 33 MiB of zeros',
      given: coded('br', Buffer.from('z///f/gnAOKxQCD3/p/////wTwDEYQGA7v1//f8//gmAOCwC0L1/AA==', 'base64')),
      yields: [tooLarge],
    },
    {
      title: 'gzip, and text inside',
      given: coded('gzip', Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff)),
      yields: [deflate],
    },
    { title: 'text said to be Brotli', given: coded('br', 'hello hello hello'), yields: [brotli] },
    { title: 'text said to be gzip', given: coded('gzip', 'hello hello hello'), yields: [noGzip] },
    { title: 'too short to tell', given: coded('gzip', 'a'), yields: [corrupt] },
  ],
})

function coded(coding: string, body: string | Uint8Array): Message {
  return given({ fields: [['Content-Encoding', coding]], body })
}
