import { once } from 'node:events'
import http from 'node:http'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { createEndpoint } from '../core/create.ts'
import type { EndpointServer } from './server.ts'
import { serveEndpoint } from './server.ts'

async function served(faults: readonly object[] = []): Promise<EndpointServer> {
  return serveEndpoint(await createEndpoint('ec2', { signatures: 'lenient', faults }))
}

/** Everything that comes back for these bytes, until the server closes. */
async function raw({ port }: EndpointServer, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk) => (heard += chunk.toString('latin1')))
  socket.write(bytes)
  await once(socket, 'close')
  return heard
}

const post = (server: EndpointServer, body: string): Promise<Response> =>
  fetch(server.url, { method: 'POST', body, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })

test('what is no HTTP gets 400 without a page, and an oversized head 431', async () => {
  await using server = await served()
  expect(await raw(server, 'HELO mail.example\r\n\r\n')).toBe(
    'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
  )
  const wide = `GET / HTTP/1.1\r\nHost: a\r\nX-Wide: ${'a'.repeat(70_000)}\r\n\r\n`
  expect(await raw(server, wide)).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\n/)
})

test('a body of more than 64 MiB gets 413', async () => {
  await using server = await served()
  const request = http.request(server.url, {
    method: 'POST',
    agent: false,
    headers: { 'Transfer-Encoding': 'chunked' },
  })
  const answered = once(request, 'response')
  // Written after the answer came, it meets a closed connection.
  request.on('error', () => undefined)
  for (let sent = 0; sent < 66; sent++) request.write(Buffer.alloc(2 ** 20, 0x61))
  request.end()
  const [response] = (await answered) as [http.IncomingMessage]
  expect(response.statusCode).toBe(413)
})

test('a client that hangs up in its body leaves nothing done and the server answering', async () => {
  await using server = await served()
  const half =
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\n'
  const socket = connect(server.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(`${half}Action=CreateVolume&AvailabilityZone=us-east-1a&Size=8`, () => socket.destroy())
  await once(socket, 'close')
  const volumes = await (await post(server, 'Action=DescribeVolumes')).text()
  expect(volumes).toContain('<volumeSet/>')
})

test('a client that hangs up before its answer disturbs nobody', async () => {
  await using server = await served([{ operation: 'CreateVolume', fault: 'slow', delayMs: 50 }])
  const gone = new AbortController()
  const asked = fetch(server.url, {
    method: 'POST',
    signal: gone.signal,
    body: new URLSearchParams({ Action: 'CreateVolume', AvailabilityZone: 'us-east-1a', Size: '8' }),
  })
  const seen = (async () => {
    for (;;) {
      const text = await (await post(server, 'Action=DescribeVolumes')).text()
      if (text.includes('<volumeId>')) return text
    }
  })()
  expect(await seen).toContain('<size>8</size>')
  gone.abort()
  await expect(asked).rejects.toThrow(/abort/i)
  expect((await post(server, 'Action=DescribeVolumes')).status).toBe(200)
})

test('one connection serves many requests, and HEAD has no body', async () => {
  await using server = await served()
  const one =
    'POST / HTTP/1.1\r\nHost: ec2.eu-west-1.amazonaws.com\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 22\r\n\r\nAction=DescribeVolumes'
  const last = one.replace('Host', 'Connection: close\r\nHost')
  expect((await raw(server, `${one}${one}${last}`)).match(/<DescribeVolumesResponse/g)).toHaveLength(3)
  const head = await raw(server, 'HEAD /_seatrial/health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  expect(head.split('\r\n\r\n')[1]).toBe('')
})

test('it listens where it is told, and is gone at the end of its scope', async () => {
  const server = await served()
  const { url } = server
  expect((await fetch(`${url}/_seatrial/health`)).status).toBe(200)
  await server[Symbol.asyncDispose]()
  await expect(fetch(`${url}/_seatrial/health`)).rejects.toThrow('fetch failed')
})
