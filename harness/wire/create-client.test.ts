import { createServer } from 'node:http'
import { describe, expect, test } from 'vitest'
import { listening } from '../../fixtures/servers/listening.ts'
import { bytesOf, rawServer, requestHead, saying, sayingAndStaying } from '../../fixtures/servers/raw.ts'
import { UsageError } from '../kernel/index.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { createClient } from './index.ts'
import { userAgent } from './user-agent.ts'

const empty = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'

describe('a request', () => {
  test('is sent with Host first, what the caller gave in order and case, and only the named additions', async () => {
    await using server = await rawServer(saying(empty))
    await using client = createClient()
    const { request } = await client.send({
      url: `${server.url}a%20b?c=d#e`,
      method: 'PUT',
      fields: [
        ['x-LOW', '1'],
        ['X-Low', 'é'],
      ],
      body: 'né',
    })
    expect(server.heard).toBe(
      `PUT /a%20b?c=d HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nUser-Agent: ${userAgent}\r\nAccept: */*\r\n` +
        'x-LOW: 1\r\nX-Low: \xe9\r\nContent-Length: 3\r\nConnection: close\r\n\r\nn\xc3\xa9',
    )
    expect(request).toMatchObject({ method: 'PUT', target: '/a%20b?c=d', version: '1.1' })
    expect(request.fields.map(({ name }) => name)).toEqual([
      'Host',
      'User-Agent',
      'Accept',
      'x-LOW',
      'X-Low',
      'Content-Length',
      'Connection',
    ])
  })

  test('lets the caller replace every addition, the target and the version', async () => {
    await using server = await rawServer(saying(empty))
    await using client = createClient()
    await client.send({
      url: server.url,
      method: 'OPTIONS',
      target: '*',
      version: '1.0',
      fields: [
        ['user-agent', 'me'],
        ['ACCEPT', 'text/html'],
        ['connection', 'keep-alive'],
        ['Transfer-Encoding', 'chunked'],
        ['host', 'other.test'],
      ],
      body: '0\r\n\r\n',
    })
    expect(server.heard).toBe(
      'OPTIONS * HTTP/1.0\r\nhost: other.test\r\nuser-agent: me\r\nACCEPT: text/html\r\nconnection: keep-alive\r\n' +
        'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    )
  })

  test('given as raw bytes is sent as it is, and read for the record as far as it goes', async () => {
    await using server = await rawServer(saying(empty))
    await using client = createClient()
    const raw = bytesOf('HEAD  /x HTTP/1.1\nHost: a\nbad line\n\r\n\r\n\0tail')
    const { request, trouble } = await client.send({ url: server.url, raw, method: 'HEAD' })
    expect(Buffer.from(server.heard, 'latin1').equals(raw)).toBe(true)
    expect(trouble).toBeUndefined()
    expect(request).toMatchObject({ method: 'HEAD', raw, fields: [{ name: 'Host', value: 'a' }] })
  })

  test('of 10 MB to a server that reads it slowly arrives whole', async () => {
    const sizes: number[] = []
    await using server = await listening(
      createServer((request, response) => {
        let size = 0
        request.on('data', (bytes: Buffer) => (size += bytes.length))
        request.on('end', () => {
          sizes.push(size)
          response.end('thanks')
        })
      }),
    )
    await using client = createClient()
    const body = new Uint8Array(10_000_000)
    const { response, trouble } = await client.send({ url: `http://127.0.0.1:${server.port}/`, method: 'POST', body })
    expect(trouble).toBeUndefined()
    expect(sizes).toEqual([10_000_000])
    expect(response).toMatchObject({ status: 200, complete: true })
  })

  test('whose body the server refuses early still brings the answer', async () => {
    await using server = await rawServer(async (socket) => {
      await requestHead(socket)
      socket.end('HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n')
    })
    await using client = createClient()
    const { response } = await client.send({ url: server.url, method: 'POST', body: new Uint8Array(20_000_000) })
    expect(response).toMatchObject({ status: 413, complete: true })
  })
})

describe('an exchange', () => {
  test('tells times, the address and that the peer closed', async () => {
    await using server = await rawServer(saying(empty))
    await using client = createClient()
    const before = Date.now()
    const { connection, timing, receivedAt, trouble } = await client.send({ url: server.url })
    expect(trouble).toBeUndefined()
    expect(connection).toEqual({
      id: 1,
      carried: 0,
      remote: `127.0.0.1:${server.port}`,
      tls: undefined,
      peerClosed: true,
    })
    expect(timing.connectMs).toBeGreaterThan(0)
    expect(timing.tlsMs).toBe(0)
    expect(timing.firstByteMs).toBeGreaterThan(timing.connectMs)
    expect(timing.totalMs).toBeGreaterThanOrEqual(timing.firstByteMs)
    expect(receivedAt).toBeGreaterThanOrEqual(before)
    expect(receivedAt).toBeLessThanOrEqual(Date.now())
    expect((await client.send({ url: server.url })).connection).toMatchObject({ id: 2 })
  })

  test('with a server of node:http has no problems: chunks, trailers, interim responses', async () => {
    await using server = await listening(
      createServer((_, response) => {
        response.writeEarlyHints({ link: '</a.css>; rel=preload' })
        response.writeHead(200, { Trailer: 'X-Sum' })
        response.write('one ')
        response.addTrailers({ 'X-Sum': '7' })
        response.end('two')
      }),
    )
    await using client = createClient()
    const { response, interim } = await client.send({ url: `http://localhost:${server.port}/` })
    expect(response).toMatchObject({ framing: 'chunked', complete: true, problems: [] })
    expect(Buffer.from(response?.body ?? []).toString()).toBe('one two')
    expect(response?.trailers).toEqual([{ name: 'X-Sum', value: '7' }])
    expect(interim).toMatchObject([{ status: 103, fields: [{ name: 'Link', value: '</a.css>; rel=preload' }] }])
  })

  test('sees bytes that come after the message, in a packet of their own', async () => {
    await using server = await rawServer(async (socket) => {
      await requestHead(socket)
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi')
      setTimeout(() => socket.end('left over'), 5)
    })
    await using client = createClient()
    const { response, trouble } = await client.send({ url: server.url })
    expect(trouble).toBeUndefined()
    expect(response?.problems).toEqual([{ code: 'extra-bytes', offset: 40, excerpt: 'left over' }])
    expect(response).toMatchObject({ complete: true })
  })

  test('waits no longer than the grace for a server that stays open after the message', async () => {
    await using server = await rawServer(sayingAndStaying(empty))
    await using client = createClient({ closeGraceMs: 100 })
    const start = performance.now()
    const { connection, response, timing } = await client.send({ url: server.url })
    const tookMs = performance.now() - start
    expect(tookMs).toBeLessThan(5_000)
    expect(response).toMatchObject({ complete: true })
    expect(connection).toMatchObject({ peerClosed: false })
    // The grace is ours, not the server's.
    expect(tookMs - timing.totalMs).toBeGreaterThan(90)
  })
})

describe('Expect: 100-continue', () => {
  const post = { method: 'POST', body: 'the body' }

  test('sends the body after a 100', async () => {
    await using server = await rawServer(async (socket) => {
      await requestHead(socket)
      socket.write('HTTP/1.1 100 Continue\r\n\r\n')
      const body = await new Promise((resolve) => socket.once('data', resolve))
      socket.end(`HTTP/1.1 200 OK\r\nX-Got: ${String(body)}\r\nContent-Length: 0\r\n\r\n`)
    })
    await using client = createClient()
    const { expectation, interim, response } = await client.send({ ...post, url: server.url, expectContinueMs: 5_000 })
    expect(server.heard).toMatch(/\r\nExpect: 100-continue\r\n\r\nthe body$/)
    expect(interim).toMatchObject([{ status: 100 }])
    expect(response?.fields[0]).toEqual({ name: 'X-Got', value: 'the body' })
    expect(expectation).toBe('continued')
  })

  test('sends the body without a 100 once the wait is over', async () => {
    await using server = await rawServer(async (socket) => {
      await requestHead(socket)
      socket.once('data', () => socket.end(empty))
    })
    await using client = createClient()
    const { expectation, response } = await client.send({ ...post, url: server.url, expectContinueMs: 20 })
    expect(response).toMatchObject({ status: 200 })
    expect(expectation).toBe('waited')
  })

  test('keeps the body back when the final answer comes first', async () => {
    await using server = await rawServer(saying('HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n'))
    await using client = createClient()
    const { expectation, response } = await client.send({ ...post, url: server.url, expectContinueMs: 5_000 })
    expect(response).toMatchObject({ status: 417 })
    expect(expectation).toBe('withheld')
    expect(server.heard).not.toContain('the body')
  })
})

describe('a wrong question', () => {
  test.each([
    ['an address without a scheme', { url: 'example.test' }],
    ['another scheme', { url: 'ftp://example.test/' }],
    ['credentials in the URL', { url: 'http://me:secret@127.0.0.1/' }],
    ['a field with a character that is no byte', { url: 'http://127.0.0.1:1/', fields: [['X', '\u{10a}']] as const }],
    ['a deadline that is no number', { url: 'http://127.0.0.1:1/', deadlineMs: Number.NaN }],
  ])('such as %s is a UsageError, and keeps secrets', async (_, request) => {
    await using client = createClient()
    const error = await client.send(request).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UsageError)
    expect(String(error)).not.toContain('secret')
  })

  test('such as a negative limit is a UsageError when the client is made', () => {
    expect(() => createClient({ maxBodyBytes: -1 })).toThrow(UsageError)
  })

  test('is thrown by `allow` before anything is connected', async () => {
    await using server = await rawServer(saying(empty))
    await using client = createClient({
      allow: (url) => {
        throw new Error(`not allowed: ${url.host}`)
      },
    })
    await expect(client.send({ url: server.url })).rejects.toThrow(`not allowed: 127.0.0.1:${server.port}`)
    await expect(client.connect(server.url)).rejects.toThrow('not allowed')
    expect(server.accepted).toBe(0)
  })

  test('to a client that is disposed is told as such', async () => {
    const client = createClient()
    await client[Symbol.asyncDispose]()
    await expect(client.send({ url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({ code: 'SEATRIAL_CLIENT_CLOSED' })
  })
})

test('the User-Agent carries the version of the package', () => {
  expect(userAgent).toBe(`${packageJson.name}/${packageJson.version}`)
})
