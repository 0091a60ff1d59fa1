import { check, rfc, rule } from '../../kernel/index.ts'
import type { WireProblemCode } from '../../wire/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.content'

const chunkSize = rule({
  id: 'http/framing-chunk-size',
  level: 'error',
  reference: rfc(9112, '7.1'),
  says: (e: { offset: number; excerpt: string }) =>
    `At byte ${e.offset} stands "${e.excerpt}" where the size of a chunk belongs.`,
  wants: 'A chunk begins with its size in hexadecimal digits.',
  remedy: 'Let a library write the chunks; drop Transfer-Encoding in an application behind a proxy that does.',
  aka: { redbot: 'BAD_CHUNK' },
})

const chunkDelimiter = rule({
  id: 'http/framing-chunk-delimiter',
  level: 'error',
  reference: rfc(9112, '7.1'),
  says: (e: { offset: number; excerpt: string }) =>
    `At byte ${e.offset} stands "${e.excerpt}" where the line end after a chunk belongs.`,
  wants: 'A chunk ends in CR LF after as many bytes as it announced.',
  remedy: 'Count bytes, not characters, for the size of a chunk.',
  aka: { redbot: 'BAD_CHUNK' },
})

const short = rule({
  id: 'http/framing-body-short',
  level: 'error',
  reference: rfc(9112, '8'),
  says: (e: { bytes: number }) => `The content is incomplete: it ended after ${e.bytes} bytes.`,
  wants: 'The content arrives whole.',
  remedy: 'Look in the server log for a crash, a time limit or a worker that was killed in the middle of a response.',
})

const extra = rule({
  id: 'http/framing-extra-bytes',
  level: 'error',
  reference: rfc(9112, '6.3'),
  says: (e: { offset: number; excerpt: string }) =>
    `After the end of the response, at byte ${e.offset}, comes more: "${e.excerpt}".`,
  wants: 'Nothing follows a response until the next request.',
  remedy: 'Correct the length; the next response on the connection begins with these bytes.',
  aka: { redbot: 'EXTRA_DATA' },
})

const withProblem = (code: WireProblemCode): Message =>
  given({ response: { problems: [{ code, offset: 90, excerpt: 'zz' }] } })

/** Where the content ends, and whether it did (RFC 9112 sections 6.3, 7.1 and 8). */
export const framing = check({
  id: 'http/framing',
  rules: [chunkSize, chunkDelimiter, short, extra],
  *run({ request, response, exchange }: Message) {
    const problems = exchange.response?.problems ?? []
    const problem = (code: WireProblemCode) => problems.find((each) => each.code === code)
    const size = problem('chunk-size-malformed')
    const delimiter = problem('chunk-delimiter-malformed')
    const more = problem('extra-bytes')
    if (size !== undefined) yield chunkSize.at(place, { offset: size.offset, excerpt: excerpt(size.excerpt) })
    if (delimiter !== undefined)
      yield chunkDelimiter.at(place, { offset: delimiter.offset, excerpt: excerpt(delimiter.excerpt) })
    if (more !== undefined) yield extra.at(place, { offset: more.offset, excerpt: excerpt(more.excerpt) })
    const cutOff = exchange.response?.cutOff === true
    // A length that does not come true, chunks that do not parse and an exchange that broke are told elsewhere.
    const told = size !== undefined || delimiter !== undefined || saysLength(response.fields.all('content-length'))
    if (told || exchange.trouble !== undefined) return
    const unfinished = !response.complete && !cutOff && request.method !== 'HEAD'
    if (unfinished || problem('body-short') !== undefined) yield short.at(place, { bytes: response.bodyBytes })
  },
  examples: [
    { title: 'whole', given: given({ body: 'hello', response: { framing: 'chunked' } }), yields: [] },
    {
      title: 'longer than we wanted to read',
      given: given({ body: 'hello', response: { complete: false, cutOff: true } }),
      yields: [],
    },
    { title: 'a bad chunk size', given: withProblem('chunk-size-malformed'), yields: [chunkSize] },
    { title: 'a bad end of a chunk', given: withProblem('chunk-delimiter-malformed'), yields: [chunkDelimiter] },
    { title: 'chunks that stop', given: withProblem('body-short'), yields: [short] },
    {
      title: 'the connection ends in the middle',
      given: given({ body: 'hel', response: { complete: false } }),
      yields: [short],
    },
    {
      title: 'a length that does not come true, which is told at Content-Length',
      given: given({ body: 'hel', fields: [['Content-Length', '5']], response: { complete: false } }),
      yields: [],
    },
    { title: 'bytes after the end', given: withProblem('extra-bytes'), yields: [extra] },
  ],
})

function saysLength(values: readonly string[]): boolean {
  return values.length === 1 && /^\d+$/.test(values[0] ?? '')
}
