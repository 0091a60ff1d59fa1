import { createServer as createHttpsServer } from 'node:https'
import type { Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Certificate } from '../../fixtures/servers/certificate.ts'
import { selfSigned } from '../../fixtures/servers/certificate.ts'
import { listening } from '../../fixtures/servers/listening.ts'
import { rawServer } from '../../fixtures/servers/raw.ts'
import { createClient } from './index.ts'

let certificate: Certificate
beforeAll(async () => {
  certificate = await selfSigned('sea.test')
})

const client = createClient()
const urlOf = ({ port }: { port: number }, host = '127.0.0.1'): string => `https://${host}:${port}/`

describe('over TLS', () => {
  test('a certificate that signs itself does not stop the exchange, and what is wrong with it is told', async () => {
    await using server = await listening(
      createHttpsServer({ ...certificate }, (_, response) => void response.end('hi')),
    )
    const { response, connection, timing, trouble } = await client.send({ url: urlOf(server) })
    expect(trouble).toBeUndefined()
    expect(response).toMatchObject({ status: 200, complete: true, problems: [] })
    expect(connection?.tls).toMatchObject({
      protocol: 'TLSv1.3',
      alpn: 'http/1.1',
      untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      subject: 'sea.test',
    })
    expect(connection?.tls?.cipher).toMatch(/^TLS_/)
    expect(Date.parse(connection?.tls?.validTo ?? '')).toBeGreaterThan(Date.now())
    expect(timing.tlsMs).toBeGreaterThan(0)
  })

  test('the name of the host is sent, and an address is not', async () => {
    const names: unknown[] = []
    const handler = createTlsServer({ ...certificate }, (socket) => {
      names.push(socket.servername)
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'))
    })
    await using server = await listening(handler)
    await client.send({ url: urlOf(server, 'localhost') })
    await client.send({ url: urlOf(server) })
    expect(names).toEqual(['localhost', false])
  })

  test('a server that knows only TLS 1.1 is spoken to, so that it can be told', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    await using server = await listening(
      createHttpsServer({ ...certificate, ...old }, (_, response) => void response.end('hi')),
    )
    const { connection, trouble } = await client.send({ url: urlOf(server) })
    expect(trouble).toBeUndefined()
    expect(connection?.tls).toMatchObject({ protocol: 'TLSv1.1' })
  })

  test('a server that speaks plain HTTP is told as tls trouble, in words', async () => {
    await using server = await rawServer(
      (socket) => void socket.once('data', () => socket.end('HTTP/1.1 400 Bad\r\n\r\n')),
    )
    const { trouble, response } = await client.send({ url: urlOf(server) })
    expect(response).toBeUndefined()
    expect(trouble).toMatchObject({ kind: 'tls', phase: 'tls' })
    expect(trouble?.message).toMatch(/wrong version number|packet length too long/)
    expect(trouble?.message).not.toMatch(/\.c:|\n/)
  })

  test('a server that closes, or says nothing, during the handshake is told', async () => {
    await using closing = await rawServer((socket) => void socket.once('data', () => socket.end()))
    expect((await client.send({ url: urlOf(closing) })).trouble).toMatchObject({
      kind: 'tls',
      phase: 'tls',
      message: 'the server closed the connection during the TLS handshake',
    })
    await using silent = await rawServer(() => {})
    expect((await client.send({ url: urlOf(silent), deadlineMs: 100 })).trouble).toMatchObject({
      kind: 'timeout',
      phase: 'tls',
      message: 'the TLS handshake did not end in 100 ms',
    })
  })

  test('a server that wants a certificate of ours is told as tls trouble', async () => {
    const server = createHttpsServer({ ...certificate, requestCert: true, rejectUnauthorized: true })
    await using started = await listening(server)
    const { trouble } = await client.send({ url: urlOf(started) })
    expect(trouble).toMatchObject({
      kind: 'tls',
      message: 'the connection ended without an answer (tlsv13 alert certificate required)',
    })
  })

  test('content that ends with the connection is whole without a close_notify', async () => {
    const server = createTlsServer({ ...certificate })
    let tcp: Socket | undefined
    server.on('connection', (socket: Socket) => (tcp = socket))
    server.on('secureConnection', (socket) => {
      // Closing below TLS leaves its goodbye out.
      socket.once('data', () => socket.write('HTTP/1.0 200 OK\r\n\r\nhello', () => tcp?.end()))
    })
    await using started = await listening(server)
    const { response, trouble } = await client.send({ url: urlOf(started) })
    expect(trouble).toBeUndefined()
    expect(response).toMatchObject({ version: '1.0', framing: 'close', complete: true, bodyBytes: 5 })
  })
})
