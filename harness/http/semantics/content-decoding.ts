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
  aka: { redbot: 'BAD_GZIP' },
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

/** Whether the content is coded as Content-Encoding says (RFC 9110 section 8.4). */
export const contentDecoding = check({
  id: 'http/content-decoding',
  rules: [corrupt, tooLarge],
  *run(message: Message) {
    const { response } = message
    // A part of the content decodes to nothing whole, so nothing is said of it.
    if (!response.fields.has('content-encoding') || !isWhole(message) || response.status === 206) return
    const { decoded } = response
    if (decoded.state === 'corrupt') yield corrupt.at(place, { coding: decoded.coding, why: excerpt(decoded.why) })
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
  ],
})

function coded(coding: string, body: string | Uint8Array): Message {
  return given({ fields: [['Content-Encoding', coding]], body })
}
