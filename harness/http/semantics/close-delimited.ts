import { check, rfc, rule } from '../../kernel/index.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const unbounded = rule({
  id: 'http/close-delimited-unbounded',
  level: 'info',
  reference: rfc(9112, '6.3'),
  says: (e: { bytes: number }) =>
    `The ${e.bytes} bytes of content end where the connection does: nobody can tell whether they are all.`,
  wants: 'HTTP/1.1 content has a length or is chunked.',
  remedy: 'Send Content-Length, or chunked where the length is not known; connections can then be kept, too.',
})

/** Content that only the end of the connection ends (RFC 9112 section 6.3, case 8). */
export const closeDelimited = check({
  id: 'http/close-delimited',
  rules: [unbounded],
  *run({ request, response, exchange }: Message) {
    if (exchange.response?.framing !== 'close' || request.version === '1.0' || response.bodyBytes === 0) return
    yield unbounded.at('response.content', { bytes: response.bodyBytes })
  },
  examples: [
    { title: 'chunked', given: given({ body: 'hello', response: { framing: 'chunked' } }), yields: [] },
    { title: 'until the end', given: given({ body: 'hello', response: { framing: 'close' } }), yields: [unbounded] },
  ],
})
