import { z } from 'zod'
import { rfc } from '../../kernel/index.ts'
import { given, messageOfExchange } from '../message.ts'
import type { Message } from '../message.ts'
import { answerAt, expectation } from './expectation.ts'
import { fieldSeen, missing, unless } from './seen.ts'

const http2 = expectation({
  id: 'protocol-http2',
  value: z.literal(true).meta({ description: 'The page comes over HTTP/2, too' }),
  reference: rfc(9113, '3'),
  wanted: () => 'an answer over HTTP/2',
  asks: () => [{ version: '2' }],
  look: (_, __, answers) => {
    const exchange = answers[0]
    // A server that does not speak it refuses, or answers in another tongue: that is the answer.
    const other =
      exchange?.trouble?.kind === 'tls' ||
      exchange?.trouble?.kind === 'protocol' ||
      exchange?.trouble?.kind === 'not-http'
    if (other) return exchange.trouble?.message ?? 'another protocol'
    return unless(answerAt(answers, 0).exchange.response?.framing === 'http2', () => 'an answer of HTTP/1')
  },
  examples: [
    { title: 'spoken', value: true, page: given(), answers: [given({ response: { framing: 'http2' } })], met: true },
    { title: 'not spoken', value: true, page: given(), answers: [given()], met: false },
  ],
})

const tlsAtLeast = expectation({
  id: 'protocol-tls',
  value: z
    .enum(['TLSv1.2', 'TLSv1.3'])
    .meta({ description: 'The version of TLS that server and client agree on, at least' }),
  reference: rfc(9325, '3.1.1'),
  wanted: (value) => `${value} or later`,
  look: (value, { exchange }) => {
    const spoken = exchange.connection?.tls?.protocol ?? 'no TLS'
    return unless(spoken.startsWith('TLSv') && spoken >= value, () => spoken)
  },
  examples: [
    { title: 'later', value: 'TLSv1.2', page: over('TLSv1.3'), met: true },
    { title: 'earlier', value: 'TLSv1.3', page: over('TLSv1.2'), met: false },
    { title: 'plain http', value: 'TLSv1.2', page: given(), met: false },
  ],
})

const head = expectation({
  id: 'protocol-head',
  value: z.literal(true).meta({ description: 'HEAD is answered as GET is' }),
  reference: rfc(9110, '9.3.2'),
  wanted: () => 'the same status to HEAD as to GET',
  asks: () => [{ method: 'HEAD' }],
  look: (_, page, answers) => {
    const { status } = answerAt(answers, 0).response
    return unless(status === page.response.status, () => `${status} to HEAD, ${page.response.status} to GET`)
  },
  examples: [
    { title: 'the same', value: true, page: given(), answers: [given({ method: 'HEAD' })], met: true },
    { title: 'refused', value: true, page: given(), answers: [given({ method: 'HEAD', status: 405 })], met: false },
  ],
})

const ranges = expectation({
  id: 'protocol-ranges',
  value: z.literal(true).meta({ description: 'A range of the page can be had' }),
  reference: rfc(9110, '14.2'),
  wanted: () => '206 to a range',
  asks: () => [{ fields: [['Range', 'bytes=0-0']] }],
  look: (_, __, answers) => {
    const { status } = answerAt(answers, 0).response
    return unless(status === 206, () => `status ${status}`)
  },
  examples: [
    { title: 'given', value: true, page: given(), answers: [given({ status: 206 })], met: true },
    { title: 'ignored', value: true, page: given(), answers: [given()], met: false },
  ],
})

const notModified = expectation({
  id: 'protocol-not-modified',
  value: z.literal(true).meta({ description: 'A page that has not changed is answered 304' }),
  reference: rfc(9110, '13.1.2'),
  wanted: () => '304 to the validators of the page',
  asks: (_, { response }) => {
    const etag = response.fields.all('etag')[0]
    const modified = response.fields.all('last-modified')[0]
    if (etag !== undefined) return [{ fields: [['If-None-Match', etag]] }]
    return modified === undefined ? [] : [{ fields: [['If-Modified-Since', modified]] }]
  },
  look: (_, page, answers) => {
    if (!page.response.fields.has('etag') && !page.response.fields.has('last-modified')) return 'no validator'
    const { status } = answerAt(answers, 0).response
    return unless(status === 304, () => `status ${status}`)
  },
  examples: [
    {
      title: '304',
      value: true,
      page: given({ fields: [['ETag', '"a"']] }),
      answers: [given({ status: 304 })],
      met: true,
    },
    {
      title: 'the whole page',
      value: true,
      page: given({ fields: [['ETag', '"a"']] }),
      answers: [given()],
      met: false,
    },
    { title: 'no validator', value: true, page: given(), met: false },
  ],
})

const etag = expectation({
  id: 'protocol-etag',
  value: z.enum(['strong', 'weak', 'none']).meta({ description: 'The kind of entity tag' }),
  reference: rfc(9110, '8.8.3'),
  wanted: (value) => (value === 'none' ? 'no ETag' : `a ${value} ETag`),
  look: (value, page) => {
    const tag = page.response.fields.get('etag')
    const kind = tag === undefined ? 'none' : tag.startsWith('W/') ? 'weak' : 'strong'
    return unless(kind === value, () => fieldSeen(page, 'ETag'))
  },
  examples: [
    { title: 'strong', value: 'strong', page: given({ fields: [['ETag', '"a"']] }), met: true },
    { title: 'weak', value: 'strong', page: given({ fields: [['ETag', 'W/"a"']] }), met: false },
    { title: 'there', value: 'none', page: given({ fields: [['ETag', '"a"']] }), met: false },
  ],
})

const lastModified = expectation({
  id: 'protocol-last-modified',
  value: z.literal(true).meta({ description: 'The page says when it last changed' }),
  reference: rfc(9110, '8.8.2'),
  wanted: () => 'Last-Modified',
  look: (_, page) => unless(page.response.fields.has('last-modified'), () => fieldSeen(page, 'Last-Modified')),
  examples: [
    {
      title: 'there',
      value: true,
      page: given({ fields: [['Last-Modified', 'Thu, 01 Jan 2026 00:00:00 GMT']] }),
      met: true,
    },
    { title: 'not there', value: true, page: given(), met: false },
  ],
})

const methods = expectation({
  id: 'protocol-methods',
  value: z.array(z.string().min(1)).min(1).meta({ description: 'Methods that OPTIONS says are allowed, all of them' }),
  reference: rfc(9110, '10.2.1'),
  wanted: (value) => `Allow: ${value.join(', ')}`,
  asks: () => [{ method: 'OPTIONS' }],
  look: (value, _, answers) => {
    const answer = answerAt(answers, 0)
    const allowed = (answer.response.fields.get('allow') ?? '').split(',').map((one) => one.trim())
    const same = allowed.length === value.length && value.every((method) => allowed.includes(method))
    return unless(same, () => fieldSeen(answer, 'Allow'))
  },
  examples: [
    {
      title: 'these',
      value: ['GET', 'HEAD'],
      page: given(),
      answers: [given({ fields: [['Allow', 'HEAD, GET']] })],
      met: true,
    },
    { title: 'more', value: ['GET'], page: given(), answers: [given({ fields: [['Allow', 'GET, PUT']] })], met: false },
    { title: 'not said', value: ['GET'], page: given(), answers: [given()], met: false },
  ],
})

const corsFor = expectation({
  id: 'protocol-cors',
  value: z.array(z.url()).min(1).meta({ description: 'Origins whose scripts may read the page' }),
  reference: rfc(6454, '7'),
  wanted: (value) => `scripts of ${value.join(', ')} to be allowed to read the page`,
  asks: (value) => value.map((origin) => ({ fields: [['Origin', new URL(origin).origin]] })),
  look: (value, _, answers) => {
    const allowed = (origin: string): boolean => {
      const said = answerAt(answers, value.indexOf(origin)).response.fields.get('access-control-allow-origin')
      return said === '*' || said === new URL(origin).origin
    }
    return missing(value, allowed, 'not allowed:')
  },
  examples: [
    {
      title: 'named',
      value: ['https://b.test'],
      page: given(),
      answers: [given({ fields: [['Access-Control-Allow-Origin', 'https://b.test']] })],
      met: true,
    },
    {
      title: 'another',
      value: ['https://b.test'],
      page: given(),
      answers: [given({ fields: [['Access-Control-Allow-Origin', 'https://c.test']] })],
      met: false,
    },
  ],
})

const corsRefused = expectation({
  id: 'protocol-cors-refused',
  value: z.array(z.url()).min(1).meta({ description: 'Origins whose scripts may not read the page' }),
  reference: rfc(6454, '7'),
  wanted: (value) => `scripts of ${value.join(', ')} not to be allowed to read the page`,
  asks: (value) => value.map((origin) => ({ fields: [['Origin', new URL(origin).origin]] })),
  look: (value, _, answers) => {
    const refused = (origin: string): boolean => {
      const said = answerAt(answers, value.indexOf(origin)).response.fields.get('access-control-allow-origin')
      return said !== '*' && said !== new URL(origin).origin
    }
    return missing(value, refused, 'allowed:')
  },
  examples: [
    { title: 'not said', value: ['https://b.test'], page: given(), answers: [given()], met: true },
    {
      title: 'everybody',
      value: ['https://b.test'],
      page: given(),
      answers: [given({ fields: [['Access-Control-Allow-Origin', '*']] })],
      met: false,
    },
  ],
})

const missingPage = expectation({
  id: 'protocol-missing-page',
  value: z
    .strictObject({ status: z.int().min(400).max(499).default(404), fields: z.array(z.string().min(1)).default([]) })
    .meta({ description: 'The error page of a path that does not exist, beside the page: its status and fields' }),
  reference: rfc(9110, '15.5.5'),
  wanted: ({ status, fields }) => `${[`status ${status}`, ...fields].join(', ')} where there is no page`,
  asks: (_, { url }) => [{ url: new URL('./seatrial-expects-nothing-here', url).href }],
  look: ({ status, fields }, _, answers) => {
    const answer = answerAt(answers, 0)
    if (answer.response.status !== status) return `status ${answer.response.status}`
    return missing(fields, (name) => answer.response.fields.has(name), 'no')
  },
  examples: [
    {
      title: '404',
      value: { status: 404, fields: ['date'] },
      page: given(),
      answers: [given({ status: 404, fields: [['Date', '']] })],
      met: true,
    },
    { title: '200', value: { status: 404, fields: [] }, page: given(), answers: [given()], met: false },
    {
      title: 'a field less',
      value: { status: 404, fields: ['date'] },
      page: given(),
      answers: [given({ status: 404 })],
      met: false,
    },
  ],
})

function over(protocol: string): Message {
  const { exchange } = given()
  const tls = { protocol, cipher: '', alpn: undefined, untrusted: undefined, subject: '', validTo: '' }
  const connection = { id: 1, carried: 0, remote: '', tls, peerClosed: false }
  // The exchange has a response: given() made it.
  return messageOfExchange({ ...exchange, connection }) as Message
}

export const protocol = {
  http2,
  tlsAtLeast,
  head,
  ranges,
  notModified,
  etag,
  lastModified,
  methods,
  corsFor,
  corsRefused,
  missingPage,
}
