import { once } from 'node:events'
import { createSecureServer } from 'node:http2'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { Agent, fetch, WebSocket } from 'undici'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Certificate } from '../../../fixtures/servers/certificate.ts'
import { selfSigned } from '../../../fixtures/servers/certificate.ts'
import { listening } from '../../../fixtures/servers/listening.ts'
import { echoServer } from '../testing/echo-server.ts'
import { http2Asking } from '../testing/http2-asking.ts'
import { mirrored } from '../testing/mirrored.ts'
import { httpServer } from '../testing/servers.ts'

let certificate: Certificate

beforeAll(async () => {
  certificate = await selfSigned()
})

test('a client of TLS chooses HTTP/2 or HTTP/1.1 by ALPN', async () => {
  await using primary = await httpServer(({ headers }, response) => response.end(headers.host))
  const mirror = await mirrored({ primary: primary.url, candidate: primary.url, certificate })
  expect(mirror.url.protocol).toBe('https:')
  {
    await using client = http2Asking(mirror.url, certificate.cert)
    const { head, body } = await client.ask({ ':path': '/' })
    expect([client.session.alpnProtocol, head[1], body.toString()]).toEqual(['h2', '200', mirror.url.host])
  }
  for (const allowH2 of [false, true]) {
    const dispatcher = new Agent({ allowH2, connect: { ca: certificate.cert } })
    expect(await (await fetch(mirror.url, { dispatcher })).text()).toBe(mirror.url.host)
    await dispatcher.close()
  }
  expect((await mirror.close()).counts.fates).toEqual({ 'compared equal': 3 })
})

test('a WebSocket goes through TLS too', async () => {
  await using primary = await echoServer()
  const mirror = await mirrored({ primary: primary.url, candidate: primary.url, certificate })
  const dispatcher = new Agent({ allowH2: false, connect: { ca: certificate.cert } })
  const socket = new WebSocket(mirror.url.href.replace('http', 'ws'), { dispatcher })
  await once(socket, 'open')
  socket.send('ahoy')
  const [message] = (await once(socket, 'message')) as [MessageEvent]
  expect(message.data).toBe('ahoy')
  socket.close()
  await once(socket, 'close')
  await dispatcher.close()
  await mirror.close()
})

test('a primary that speaks HTTP/2 as well is asked in HTTP/1.1, which keeps what its fields were', async () => {
  const own = getCACertificates('default')
  setDefaultCACertificates([...own, certificate.cert])
  onTestFinished(() => setDefaultCACertificates(own))
  const server = createSecureServer({ ...certificate, allowHTTP1: true }, (request, response) => {
    response.writeHead(200, { 'x-version': request.httpVersion, 'x-a': ['1', '2'] })
    response.end('ok')
  })
  await using primary = await listening(server)
  const url = new URL(`https://127.0.0.1:${primary.port}`)
  const mirror = await mirrored({ primary: url, candidate: url })
  await using client = http2Asking(mirror.url)
  const { head } = await client.ask({ ':path': '/', ':authority': 'localhost' })
  expect(head).toEqual(expect.arrayContaining(['x-version', '1.1', 'x-a', '1', 'x-a', '2']))
  expect((await mirror.close()).counts.fates).toEqual({ 'compared equal': 1 })
})

test('who speaks no TLS where it is wanted is turned away, and others are not', async () => {
  await using primary = await httpServer((_request, response) => response.end('ok'))
  const mirror = await mirrored({ primary: primary.url, candidate: primary.url, certificate })
  await expect(fetch(mirror.url.href.replace('https', 'http'))).rejects.toThrow('fetch failed')
  await using client = http2Asking(mirror.url, certificate.cert)
  expect((await client.ask({ ':path': '/' })).body.toString()).toBe('ok')
  expect((await mirror.close()).counts.requests).toBe(1)
})

test.for([
  ['no certificate', { cert: 'ahoy' }],
  ['no key', { key: 'ahoy' }],
] as const)('%s is told of at once', async ([, wrong]) => {
  const url = new URL('http://127.0.0.1:1')
  const opening = mirrored({ primary: url, candidate: url, certificate: { ...certificate, ...wrong } })
  await expect(opening).rejects.toThrow('a certificate and the key that belongs to it, both PEM')
})
