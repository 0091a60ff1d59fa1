import type { ServerHttp2Stream } from 'node:http2'
import { createSecureServer, createServer } from 'node:http2'
import { createServer as createHttpsServer } from 'node:https'
import { describe, expect, test } from 'vitest'
import { selfSigned } from '../../../fixtures/servers/certificate.ts'
import type { Listening } from '../../../fixtures/servers/listening.ts'
import { listening } from '../../../fixtures/servers/listening.ts'
import { rawServer } from '../../../fixtures/servers/raw.ts'
import { createClient } from '../index.ts'

const MiB = 1024 * 1024
const client = createClient()
const urlOf = ({ port }: Listening): string => `http://127.0.0.1:${port}/`

function serving(answer: (stream: ServerHttp2Stream, headers: Record<string, unknown>) => void): Promise<Listening> {
  const server = createServer()
  server.on('sessionError', () => {})
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {})
    answer(stream, headers)
  })
  return listening(server)
}

describe('HTTP/2', () => {
  test('with prior knowledge maps to the same exchange: fields in order, interim responses, trailers', async () => {
    await using server = await serving((stream) => {
      stream.additionalHeaders({ ':status': 103, link: '</a>' })
      stream.respond({ ':status': 201, 'set-cookie': ['a', 'b'], 'x-twice': ['1', '2'] }, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '7' }))
      stream.end('hello')
    })
    const { response, interim, connection, request, timing, trouble } = await client.send({
      url: `${urlOf(server)}p?q`,
      version: '2',
      fields: [['X-Mixed', 'v']],
    })
    expect(trouble).toBeUndefined()
    expect(response).toMatchObject({
      version: '2',
      status: 201,
      reason: '',
      framing: 'http2',
      complete: true,
      problems: [],
    })
    expect(response?.fields.slice(0, 4)).toEqual([
      { name: 'set-cookie', value: 'a' },
      { name: 'set-cookie', value: 'b' },
      { name: 'x-twice', value: '1' },
      { name: 'x-twice', value: '2' },
    ])
    expect(Buffer.from(response?.body ?? []).toString()).toBe('hello')
    expect(response?.trailers).toEqual([{ name: 'x-sum', value: '7' }])
    expect(interim).toMatchObject([{ status: 103, fields: [{ name: 'link', value: '</a>' }] }])
    expect(connection).toMatchObject({ carried: 0, tls: undefined })
    expect(request).toMatchObject({ version: '2', target: '/p?q' })
    expect(request.fields.map(({ name }) => name)).toEqual([':authority', 'user-agent', 'accept', 'x-mixed'])
    expect(timing.firstByteMs).toBeGreaterThan(0)
  })

  test('over TLS is agreed on by ALPN', async () => {
    const server = createSecureServer({ ...(await selfSigned()) }, (_, response) => void response.end('hi'))
    await using started = await listening(server)
    const { response, connection } = await client.send({ url: `https://127.0.0.1:${started.port}/`, version: '2' })
    expect(response).toMatchObject({ status: 200, complete: true })
    expect(connection?.tls).toMatchObject({ alpn: 'h2' })
  })

  test('that a TLS server does not offer is told, and no other version is tried', async () => {
    let asked = 0
    const server = createHttpsServer({ ...(await selfSigned()), ALPNProtocols: ['http/1.1'] }, () => (asked += 1))
    await using started = await listening(server)
    const { response, trouble } = await client.send({ url: `https://127.0.0.1:${started.port}/`, version: '2' })
    expect(response).toBeUndefined()
    expect(trouble).toMatchObject({ phase: 'tls' })
    expect(asked).toBe(0)
  })

  test('to a server that speaks HTTP/1.1 is told as protocol trouble', async () => {
    await using server = await rawServer(
      (socket) => void socket.once('data', () => socket.end('HTTP/1.1 400 Bad\r\n\r\n')),
    )
    const { trouble, response } = await client.send({ url: server.url, version: '2' })
    expect(response).toBeUndefined()
    expect(trouble).toMatchObject({ kind: 'protocol', phase: 'head' })
    expect(trouble?.message).toMatch(/^the server does not speak HTTP\/2/)
  })

  test('sends a body and a method, and answers to HEAD have no content', async () => {
    await using server = await serving((stream, headers) => {
      let body = ''
      stream.on('data', (bytes: Buffer) => (body += bytes.toString()))
      stream.on('end', () => {
        stream.respond({
          ':status': 200,
          'x-got': `${String(headers[':method'])} ${body} ${String(headers['content-length'])}`,
        })
        stream.end()
      })
    })
    const put = await client.send({ url: urlOf(server), version: '2', method: 'PUT', body: 'data' })
    expect(put.response?.fields[0]).toEqual({ name: 'x-got', value: 'PUT data 4' })
    const head = await client.send({ url: urlOf(server), version: '2', method: 'HEAD' })
    expect(head.response).toMatchObject({ complete: true, bodyBytes: 0 })
  })

  test('waits for 100 before the body', async () => {
    await using server = await listening(
      createServer(() => {}).on('checkContinue', (request, response) => {
        response.writeContinue()
        let body = ''
        request.on('data', (bytes: Buffer) => (body += bytes.toString()))
        request.on('end', () => response.end(body))
      }),
    )
    const request = { url: urlOf(server), version: '2', method: 'POST', body: 'data', expectContinueMs: 5_000 } as const
    const { expectation, interim, response } = await client.send(request)
    expect([expectation, interim.map(({ status }) => status)]).toEqual(['continued', [100]])
    expect(Buffer.from(response?.body ?? []).toString()).toBe('data')
  })

  test('keeps a connection for several exchanges', async () => {
    await using server = await serving((stream) => {
      stream.respond({ ':status': 200 })
      stream.end('x')
    })
    await using connection = await client.connect(urlOf(server), '2')
    const ids = []
    for (let count = 0; count < 3; count += 1)
      ids.push((await connection.send({ url: urlOf(server) })).connection?.carried)
    expect(ids).toEqual([0, 1, 2])
    expect(connection.open).toBe(true)
  })

  test('cuts content off at the limit', async () => {
    await using server = await serving((stream) => {
      stream.respond({ ':status': 200 })
      const pour = (): void => {
        while (!stream.destroyed && stream.write(Buffer.alloc(65_536)));
      }
      stream.on('drain', pour)
      pour()
    })
    await using small = createClient({ maxBodyBytes: MiB })
    const { response, trouble } = await small.send({ url: urlOf(server), version: '2' })
    expect(trouble).toBeUndefined()
    expect(response).toMatchObject({ cutOff: true, complete: false, bodyBytes: MiB + 1 })
    expect(response?.body).toHaveLength(MiB)
  })

  test('refuses heads past the limit', async () => {
    await using server = await serving((stream) => {
      for (let count = 0; count < 1_000; count += 1) stream.additionalHeaders({ ':status': 102, x: 'a'.repeat(100) })
      stream.respond({ ':status': 200 })
      stream.end()
    })
    await using small = createClient({ maxHeadBytes: 4_096 })
    expect((await small.send({ url: urlOf(server), version: '2' })).trouble).toMatchObject({ kind: 'head-too-large' })
    await using large = await serving((stream) => {
      stream.respond({ ':status': 200, x: 'a'.repeat(60_000) })
      stream.end()
    })
    expect((await small.send({ url: urlOf(large), version: '2' })).trouble).toMatchObject({ kind: 'head-too-large' })
  })

  test('never answered, reset in the middle, and hung up on are told apart', async () => {
    await using silent = await serving(() => {})
    expect((await client.send({ url: urlOf(silent), version: '2', deadlineMs: 100 })).trouble).toMatchObject({
      kind: 'timeout',
      phase: 'head',
    })
    await using mute = await rawServer(() => {})
    expect((await client.send({ url: mute.url, version: '2', deadlineMs: 100 })).trouble).toMatchObject({
      kind: 'timeout',
    })
    await using resetting = await serving((stream) => {
      stream.respond({ ':status': 200 })
      stream.write('hello', () => setTimeout(() => stream.destroy(new Error('broken')), 20))
    })
    const reset = await client.send({ url: urlOf(resetting), version: '2' })
    expect(reset.trouble).toMatchObject({ kind: 'reset', phase: 'body' })
    expect(reset.response).toMatchObject({ status: 200, complete: false })
    await using cutting = await serving((stream) => {
      stream.respond({ ':status': 200 })
      stream.write('hello', () => setTimeout(() => stream.session?.destroy(), 20))
    })
    const cut = await client.send({ url: urlOf(cutting), version: '2' })
    expect(cut.trouble).toMatchObject({ phase: 'body' })
    expect(cut.response).toMatchObject({ status: 200, complete: false })
    await using closing = await rawServer((socket) => void socket.once('data', () => socket.end()))
    expect((await client.send({ url: closing.url, version: '2' })).trouble).toMatchObject({ kind: 'closed-early' })
    await using breaking = await rawServer((socket) => void socket.once('data', () => socket.resetAndDestroy()))
    expect((await client.send({ url: breaking.url, version: '2' })).trouble).toMatchObject({ kind: 'reset' })
  })

  test('ends with the reason of an aborted signal', async () => {
    await using server = await serving(() => {})
    const abort = new AbortController()
    const pending = client.send({ url: urlOf(server), version: '2', signal: abort.signal })
    abort.abort(new Error('enough'))
    await expect(pending).rejects.toThrow('enough')
  })

  test('cannot carry Connection fields or raw bytes, and says so', async () => {
    await using server = await serving(() => {})
    const request = { url: urlOf(server), version: '2' } as const
    await expect(client.send({ ...request, fields: [['Connection', 'close']] })).rejects.toMatchObject({
      code: 'SEATRIAL_USAGE',
    })
    await expect(client.send({ ...request, raw: new Uint8Array(3) })).rejects.toMatchObject({ path: 'raw' })
  })
})
