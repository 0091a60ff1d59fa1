import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { mirrored } from '../testing/mirrored.ts'
import { httpServer, tcpServer } from '../testing/servers.ts'

/** All that comes back to one request, until the other side closes. */
async function raw(url: URL, request: string): Promise<string> {
  const socket = connect(Number(url.port), url.hostname)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.on('error', () => undefined)
  socket.write(request)
  await new Promise((resolve) => socket.on('close', resolve))
  return Buffer.concat(chunks).toString('latin1')
}

const ask = (method: string, more = ''): string =>
  `${method} /x?y=%20 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${more}\r\n`

/** Through a tee, the head without the fields of the connection. */
async function through(answer: string, request = ask('GET')): Promise<{ text: string; heard: string }> {
  let heard = ''
  await using primary = await tcpServer((socket, bytes) => {
    heard = bytes
    socket.end(answer, 'latin1')
  })
  await using candidate = await httpServer((_request, response) => response.end())
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url })
  const text = await raw(mirror.url, request)
  await mirror.close()
  return { text: text.replaceAll(/^(?:connection|keep-alive|transfer-encoding): .*\r\n/gim, ''), heard }
}

describe("the primary's answer reaches the client as it is", () => {
  test('with its reason, with duplicate fields in their order and case, and in Latin-1', async () => {
    const head =
      'HTTP/1.1 299 All Is Well\r\nX-a: ü\r\nSet-Cookie: s=1\r\nx-A: 2\r\nSET-COOKIE: t=2\r\nContent-Length: 2\r\n'
    const { text } = await through(`${head}\r\nok`)
    expect(text).toBe(`${head}\r\nok`)
  })

  test('with no reason at all', async () => {
    expect((await through('HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n')).text).toBe(
      'HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n',
    )
  })

  test('with interim answers before it', async () => {
    const early = 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n'
    const { text } = await through(`${early}HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n`)
    expect(text).toBe(`${early}HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n`)
  })

  test('with trailers', async () => {
    const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 6\r\n\r\n'
    expect((await through(chunked)).text).toContain('3\r\nabc\r\n0\r\nX-Sum: 6\r\n\r\n')
  })

  test.for(['HTTP/1.1 204 No Content\r\nETag: "a"\r\n\r\n', 'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'])(
    'without content where there is none: %j',
    async (answer) => expect((await through(answer)).text).toBe(answer),
  )

  test('of a HEAD request with the length of what is not sent', async () => {
    const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n'
    expect((await through(answer, ask('HEAD'))).text).toBe(answer)
  })

  test('that ends too early, as one that ends too early', async () => {
    const { text } = await through('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc')
    expect(text).toMatch(/Content-Length: 10\r\n\r\nabc$/)
  })

  test('when it is none: the connection is closed without a word', async () => {
    await using primary = await tcpServer((socket) => socket.resetAndDestroy())
    await using candidate = await httpServer((_request, response) => response.end())
    const mirror = await mirrored({ primary: primary.url, candidate: candidate.url })
    expect(await raw(mirror.url, ask('GET'))).toBe('')
    expect(primary.requests()).toBe(1)
    expect((await mirror.close()).counts.fates).toEqual({ 'dropped: primary failed': 1 })
  })

  test('when nobody can be reached: 502, in words', async () => {
    const gone = await httpServer((_request, response) => response.end())
    await gone[Symbol.asyncDispose]()
    await using candidate = await httpServer((_request, response) => response.end())
    const mirror = await mirrored({ primary: gone.url, candidate: candidate.url })
    expect(await raw(mirror.url, ask('GET'))).toMatch(
      /^HTTP\/1\.1 502 [^]*the primary gave no answer: connect ECONNREFUSED/,
    )
    await mirror.close()
  })
})

describe('the request reaches the primary as it is', () => {
  test('with its target, its fields in their order and case, and without those of the connection', async () => {
    const { heard } = await through(
      'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
      ask('GET', 'X-A: 1\r\nTE: trailers\r\nx-a: ü\r\nConnection: close, X-Own\r\nX-Own: 1\r\n').replace(
        'Connection: close\r\n',
        '',
      ),
    )
    expect(heard).toMatch(/^GET \/x\?y=%20 HTTP\/1\.1\r\n/)
    expect(heard).toContain('X-A: 1\r\nx-a: \u00C3\u00BC\r\n')
    expect(heard).not.toMatch(/X-Own|TE:/)
  })

  test('with its content, chunked or counted', async () => {
    await using primary = await httpServer((_request, response, body) => response.end(body))
    await using candidate = await httpServer((_request, response, body) => response.end(body))
    const mirror = await mirrored({
      primary: primary.url,
      candidate: candidate.url,
      cohort: { share: 1, by: { kind: 'address' }, allow: ['POST /x*'] },
    })
    const counted = await raw(mirror.url, ask('POST', 'Content-Length: 3\r\n').concat('abc'))
    const chunked = await raw(
      mirror.url,
      ask('POST', 'Transfer-Encoding: chunked\r\n').concat('2\r\nab\r\n1\r\nc\r\n0\r\n\r\n'),
    )
    expect([counted, chunked]).toEqual([expect.stringMatching(/abc/), expect.stringMatching(/abc/)])
    expect((await mirror.close()).counts.fates).toEqual({ 'compared equal': 2 })
    expect(candidate.requests()).toBe(2)
  })
})

test("a kept connection that the primary closed while it was idle is not the client's affair", async () => {
  await using primary = await tcpServer((socket, _bytes, connection) => {
    // The second request on the first connection meets a server that has just gone.
    if (connection === 1 && socket.bytesWritten > 0) socket.resetAndDestroy()
    else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
  })
  await using candidate = await httpServer((_request, response) => response.end('ok'))
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url })
  for (const time of ['first', 'second']) {
    expect(await raw(mirror.url, ask('GET')), time).toMatch(/^HTTP\/1\.1 200 OK[^]*ok/)
  }
  await mirror.close()
  expect(primary.connections()).toBe(2)
})
