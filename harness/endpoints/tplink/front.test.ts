import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { selfSigned } from '../../../fixtures/servers/certificate.ts'
import { connect as connectTls } from 'node:tls'
import { createEndpoint } from '../core/create.ts'
import { serveEndpoint } from '../faces/index.ts'
import { mendRequestLine } from './front.ts'
import { tokenFor } from './testing/ask.ts'

const lines: readonly (readonly [string, string, string])[] = [
  ['with the protocol twice', 'POST /?token=T HTTP/1.1 HTTP/1.1', 'POST /?token=T HTTP/1.1'],
  ['of an older protocol', 'POST /?token=T HTTP/1.1 HTTP/1.0', 'POST /?token=T HTTP/1.0'],
  ['with a space elsewhere', 'POST /?a=b c&token=T HTTP/1.1', 'POST /?a=b%20c&token=T HTTP/1.1'],
  ['that is right', 'POST /?token=T HTTP/1.1', 'POST /?token=T HTTP/1.1'],
  ['that is none', 'SSH-2.0-x', 'SSH-2.0-x'],
]
test.for(lines)('a request line %s reaches the parser as it was meant', ([, line, wanted]) => {
  expect(mendRequestLine(line)).toBe(wanted)
})

const request = (token: string): string => {
  const body = '{"method":"getDeviceList"}'
  const head = `POST /?token=${token} HTTP/1.1 HTTP/1.1\r\nHost: wap.tplinkcloud.com\r\nConnection: close`
  return `${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

test('the request of a script of 2017 is answered, in however many pieces it comes', async () => {
  const endpoint = await createEndpoint('tplink')
  await using server = await serveEndpoint(endpoint)
  const whole = request(await tokenFor(endpoint))
  for (const cut of [whole.length, 3, 40]) {
    const socket = connect(server.port, '127.0.0.1')
    socket.setNoDelay(true)
    socket.write(whole.slice(0, cut), () => socket.write(whole.slice(cut)))
    const answer = await text(socket)
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(answer).toContain('"alias":"Harbour light"')
  }
})

test('over TLS it is answered as well', async () => {
  const endpoint = await createEndpoint('tplink')
  const certificate = await selfSigned('wap.tplinkcloud.com')
  await using server = await serveEndpoint(endpoint, { tls: certificate })
  const socket = connectTls({
    port: server.port,
    host: '127.0.0.1',
    ca: certificate.cert,
    servername: 'wap.tplinkcloud.com',
  })
  socket.write(request(await tokenFor(endpoint)))
  expect(await text(socket)).toContain('"appServerUrl":"https://eu-wap.tplinkcloud.com"')
})

test('clients that say nothing, or hang up, do not keep the server from ending', async () => {
  const endpoint = await createEndpoint('tplink')
  const server = await serveEndpoint(endpoint)
  const silent = connect(server.port, '127.0.0.1')
  const half = connect(server.port, '127.0.0.1')
  half.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{')
  const ended = [silent, half].map(
    async (socket) => new Promise((resolve) => socket.once('close', resolve).on('error', () => undefined)),
  )
  const answer = await fetch(`${server.url}/`, { method: 'POST', body: '{"method":"helloCloud"}' })
  expect(await answer.json()).toMatchObject({ error_code: 0 })
  await server[Symbol.asyncDispose]()
  expect(await Promise.all(ended)).toHaveLength(2)
})
