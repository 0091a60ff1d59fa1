import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import fc from 'fast-check'
import { Agent, fetch, H2CClient } from 'undici'
import { describe, expect, test } from 'vitest'
import { contentOf, sumOf } from '../testing/content.ts'
import type { Http2Answer } from '../testing/http2-asking.ts'
import { answerOf, http2Asking } from '../testing/http2-asking.ts'
import { mirrored } from '../testing/mirrored.ts'
import { httpServer, tcpServer } from '../testing/servers.ts'

const [noError, protocolError, internalError] = [0, 1, 2]
const everything = { share: 1, by: { kind: 'address' }, allow: ['POST /*'] } as const

/** Through a tee, what an HTTP/2 client gets of a primary that sends this, and what the primary heard. */
async function through(answer: string, fields = {}): Promise<Http2Answer & { heard: string }> {
  let heard = ''
  await using primary = await tcpServer((socket, bytes) => {
    heard = bytes
    socket.end(answer, 'latin1')
  })
  await using candidate = await httpServer((_request, response) => response.end())
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url })
  await using client = http2Asking(mirror.url)
  const seen = await client.ask({ ':path': '/x?y=%20', ':authority': 'a.test', ...fields })
  expect((await mirror.close()).counts).toMatchObject({ requests: 1, open: 0 })
  return { ...seen, heard }
}

describe("the primary's answer reaches a client of HTTP/2 as it is", () => {
  test('with duplicate fields, fields that may come once only, and in Latin-1', async () => {
    const fields = 'X-a: ü\r\nSet-Cookie: s=1\r\nSET-COOKIE: t=2\r\nETag: "a"\r\nETag: "b"\r\nContent-Length: 2\r\n'
    const { head, body, reset } = await through(`HTTP/1.1 299 All Is Well\r\n${fields}\r\nok`)
    const values = ['x-a', 'ü', 'set-cookie', 's=1', 'set-cookie', 't=2', 'etag', '"a"', 'etag', '"b"']
    expect(head).toEqual([':status', '299', ...values, 'content-length', '2'])
    expect([body.toString(), reset]).toEqual(['ok', noError])
  })

  test('without fields of the connection', async () => {
    const own = 'Connection: keep-alive, X-Own\r\nKeep-Alive: timeout=5\r\nX-Own: 1\r\nTransfer-Encoding: chunked\r\n'
    const { head, body } = await through(`HTTP/1.1 200 OK\r\n${own}X-B: 2\r\n\r\n2\r\nok\r\n0\r\n\r\n`)
    expect([head, body.toString()]).toEqual([[':status', '200', 'x-b', '2'], 'ok'])
  })

  test('with interim answers before it', async () => {
    const early = 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\nLink: </b.css>\r\n\r\n'
    const { interim, head } = await through(`${early}HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n`)
    expect(interim).toEqual([[':status', '103', 'link', '</a.css>', 'link', '</b.css>']])
    expect(head).toEqual([':status', '200', 'content-length', '0'])
  })

  test.for([
    ['two', 'X-Sum: 6\r\nX-Sum: 7\r\n', ['x-sum', '6', 'x-sum', '7']],
    ['none', '', []],
  ] as const)('with trailers: %s', async ([, trailers, wanted]) => {
    const chunked = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n${trailers}\r\n`
    const seen = await through(chunked)
    expect([seen.body.toString(), seen.trailers, seen.reset]).toEqual(['abc', wanted, noError])
  })

  test.for([
    ['204 No Content', {}],
    ['304 Not Modified', {}],
    ['200 OK', { ':method': 'HEAD' }],
  ] as const)('without content where there is none: %s %j', async ([status, fields]) => {
    const length = status.startsWith('204') ? '' : 'Content-Length: 5000\r\n'
    const { head, body, reset } = await through(`HTTP/1.1 ${status}\r\nETag: "a"\r\n${length}\r\n`, fields)
    const wanted = [':status', status.slice(0, 3), 'etag', '"a"', ...(length === '' ? [] : ['content-length', '5000'])]
    expect([head, body.length, reset]).toEqual([wanted, 0, noError])
  })

  test.for([
    ['in counted content', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'],
    ['in chunked content', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'],
  ] as const)('that ends too early %s, as a stream that is reset', async ([, answer]) => {
    const { body, reset } = await through(answer)
    expect([body.toString(), reset]).toEqual(['abc', internalError])
  })

  test('when it is none: the stream is reset, and others on the connection are not', async () => {
    await using primary = await tcpServer((socket, bytes) => {
      if (bytes.startsWith('GET /none')) socket.resetAndDestroy()
      else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
    })
    await using candidate = await httpServer((_request, response) => response.end('ok'))
    const mirror = await mirrored({ primary: primary.url, candidate: candidate.url })
    await using client = http2Asking(mirror.url)
    const answers = await Promise.all(['/none', '/some'].map(async (path) => client.ask({ ':path': path })))
    expect(answers.map(({ head, reset }) => [head[1], reset])).toEqual([
      [undefined, internalError],
      ['200', noError],
    ])
    expect((await mirror.close()).counts.fates).toMatchObject({ 'dropped: primary failed': 1 })
  })

  test('when nobody can be reached: 502, in words', async () => {
    const gone = await httpServer((_request, response) => response.end())
    await gone[Symbol.asyncDispose]()
    const mirror = await mirrored({ primary: gone.url, candidate: gone.url })
    await using client = http2Asking(mirror.url)
    const { head, body } = await client.ask({ ':path': '/' })
    expect(head[1]).toBe('502')
    expect(body.toString()).toMatch(/the primary gave no answer: connect ECONNREFUSED/)
    await mirror.close()
  })
})

describe('a request of HTTP/2 reaches the primary as one of HTTP/1.1', () => {
  test('with the authority as Host, its fields in their order, one field Cookie, and nothing of the connection', async () => {
    const { heard } = await through('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', {
      'x-a': ['1', 'ü'],
      cookie: ['a=1', 'b=2', 'c=3'],
      te: 'trailers',
      'x-b': '2',
    })
    expect(heard).toMatch(/^GET \/x\?y=%20 HTTP\/1\.1\r\nhost: a\.test\r\n/)
    expect(heard).toContain('x-a: 1\r\nx-a: ü\r\ncookie: a=1; b=2; c=3\r\nx-b: 2\r\n')
    expect(heard).not.toMatch(/^(?:te|:\w+):/im)
  })

  test('with the authority in the place of another Host', async () => {
    const { heard } = await through('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', { host: 'b.test' })
    expect(heard.match(/^host: .*$/gim)).toEqual(['host: a.test'])
  })

  test('with content of any length, and a whole answer of any length', async () => {
    await using primary = await httpServer((_request, response, body) => {
      response.writeHead(200, { 'x-sum': sumOf(body) }).end(body)
    })
    await using candidate = await httpServer((_request, response, body) => response.end(body))
    const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, cohort: everything })
    await using client = http2Asking(mirror.url)
    const length = fc.oneof(fc.nat(100), fc.constantFrom(16_383, 16_384, 65_535, 65_536), fc.nat(400_000))
    await fc.assert(
      fc.asyncProperty(length, fc.boolean(), async (bytes, counted) => {
        const content = contentOf(bytes)
        const more = counted ? { 'content-length': bytes } : {}
        const { head, body } = await client.ask({ ':path': '/', ':method': 'POST', ...more }, content)
        expect(head).toContain(sumOf(content))
        expect(sumOf(body)).toBe(sumOf(content))
      }),
      { numRuns: 25 },
    )
    expect((await mirror.close()).counts).toMatchObject({ requests: primary.requests(), open: 0 })
  })

  test('64 MiB of it', { timeout: 120_000 }, async () => {
    const content = contentOf(64 * 2 ** 20)
    await using primary = await httpServer((_request, response, body) => response.end(body))
    await using candidate = await httpServer((_request, response, body) => response.end(body))
    const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, cohort: everything })
    await using client = http2Asking(mirror.url)
    const { body } = await client.ask({ ':path': '/', ':method': 'POST' }, content)
    expect(sumOf(body)).toBe(sumOf(content))
    expect((await mirror.close()).counts.fates).toEqual({ 'dropped: request body too large': 1 })
  })
})

test('a client that stops reading one answer gets the others, and then the rest of it', async () => {
  const content = contentOf(8 * 2 ** 20)
  await using primary = await httpServer(({ url }, response) => response.end(url === '/large' ? content : 'ok'))
  const mirror = await mirrored({ primary: primary.url, candidate: primary.url })
  await using client = http2Asking(mirror.url)
  const stream = client.session.request({ ':path': '/large' })
  await once(stream, 'response')
  for (const path of ['/a', '/b', '/c']) expect((await client.ask({ ':path': path })).body.toString()).toBe('ok')
  expect(sumOf((await answerOf(stream)).body)).toBe(sumOf(content))
  await mirror.close()
})

test('many requests go over one connection at once, and each has one fate', async () => {
  await using primary = await httpServer(({ url }, response) => response.end(url))
  await using candidate = await httpServer(({ url }, response) => response.end(url === '/7' ? 'no' : url))
  const limits = { inFlight: 1_000, deadlineMs: 5_000, maxBody: 2 ** 20, maxHeld: 2 ** 26 }
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, limits })
  await using client = http2Asking(mirror.url)
  const paths = Array.from({ length: 500 }, (_, at) => `/${at}`)
  const answers = await Promise.all(paths.map(async (path) => client.ask({ ':path': path })))
  expect(answers.map(({ body }) => body.toString())).toEqual(paths)
  const { counts } = await mirror.close()
  expect(counts).toEqual({ requests: 500, open: 0, fates: { 'compared equal': 499, 'compared different': 1 } })
  expect([primary.requests(), candidate.requests()]).toEqual([500, 500])
})

test('a client that resets its stream has left, and the primary hears of it', async () => {
  const { promise: asked, resolve: ask } = Promise.withResolvers<ServerResponse>()
  await using primary = await httpServer((_request, response) => ask(response))
  await using candidate = await httpServer((_request, response) => response.end())
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url })
  await using client = http2Asking(mirror.url)
  const stream = client.session.request({ ':path': '/' })
  stream.on('error', () => undefined)
  const response = await asked
  stream.close(8)
  await once(response, 'close')
  expect(response.writableFinished).toBe(false)
  expect((await mirror.close()).counts.fates).toEqual({ 'dropped: client left': 1 })
})

test('an answer that comes before the whole request ends both', async () => {
  await using primary = await tcpServer((socket) => socket.end('HTTP/1.1 413 Large\r\nContent-Length: 2\r\n\r\nno'))
  const mirror = await mirrored({ primary: primary.url, candidate: primary.url })
  await using client = http2Asking(mirror.url)
  const stream = client.session.request({ ':path': '/', ':method': 'POST' }, { endStream: false })
  stream.write('abc')
  const { head, body, reset } = await answerOf(stream)
  expect([head[1], body.toString(), reset]).toEqual(['413', 'no', noError])
  expect((await mirror.close()).counts.fates).toEqual({ 'not allowed': 1 })
})

describe('what a reverse proxy does not carry is refused:', () => {
  test.for([
    ['a tunnel', { ':method': 'CONNECT', ':authority': 'a:1' }, '501', noError],
    [
      'a WebSocket over HTTP/2, which nobody offered',
      { ':method': 'CONNECT', ':protocol': 'websocket', ':path': '/', ':scheme': 'http', ':authority': 'a' },
      undefined,
      protocolError,
    ],
  ] as const)('%s', async ([, fields, status, reset]) => {
    await using primary = await httpServer((_request, response) => response.end())
    const mirror = await mirrored({ primary: primary.url, candidate: primary.url })
    await using client = http2Asking(mirror.url)
    const answer = await client.ask(fields, new Uint8Array())
    expect([answer.head[1], answer.reset]).toEqual([status, reset])
    expect(answer.body.toString()).toMatch(status === undefined ? /^$/ : /CONNECT asks for a tunnel/)
    expect((await mirror.close()).counts.open).toBe(0)
    expect(primary.requests()).toBe(0)
  })
})

test('at its end it says GOAWAY, and what is under way comes to its end', async () => {
  const { promise: asked, resolve: ask } = Promise.withResolvers<ServerResponse>()
  await using primary = await httpServer((_request, response) => ask(response))
  await using candidate = await httpServer((_request, response) => response.end('ok'))
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url })
  await using client = http2Asking(mirror.url)
  const answer = client.ask({ ':path': '/' })
  const response = await asked
  const goaway = once(client.session, 'goaway')
  const closed = mirror.close()
  expect((await goaway)[0]).toBe(noError)
  response.end('ok')
  expect((await answer).body.toString()).toBe('ok')
  expect((await closed).counts).toEqual({ requests: 1, open: 0, fates: { 'compared equal': 1 } })
})

test('undici speaks HTTP/1.1 and HTTP/2 on the same port', async () => {
  await using primary = await httpServer((_request, response) => response.end('ok'))
  const mirror = await mirrored({ primary: primary.url, candidate: primary.url })
  for (const useH2c of [false, true]) {
    const dispatcher = useH2c ? new H2CClient(mirror.url) : new Agent()
    expect(await (await fetch(mirror.url, { dispatcher })).text()).toBe('ok')
    await dispatcher.close()
  }
  expect((await mirror.close()).counts.fates).toEqual({ 'compared equal': 2 })
})
