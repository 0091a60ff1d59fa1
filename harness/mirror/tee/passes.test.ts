import { once } from 'node:events'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentOf, sumOf } from '../testing/content.ts'
import { echoServer } from '../testing/echo-server.ts'
import { mirrored } from '../testing/mirrored.ts'
import { httpServer } from '../testing/servers.ts'

test('content of any length passes whole in both directions, in whatever pieces it is sent', async () => {
  await using primary = await httpServer((request, response, body) => {
    response.writeHead(200, {
      'x-sum': sumOf(body),
      ...(request.url === '/counted' && { 'content-length': body.length }),
    })
    response.end(body)
  })
  await using candidate = await httpServer((_request, response, body) => response.end(body))
  const cohort = { share: 1, by: { kind: 'address' }, allow: ['POST /*'] } as const
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, cohort })
  const length = fc.oneof(fc.nat(100), fc.constantFrom(16_383, 16_384, 16_385, 65_536), fc.nat(300_000))
  await fc.assert(
    fc.asyncProperty(
      length,
      fc.integer({ min: 100, max: 200_000 }),
      fc.constantFrom('/counted', '/chunked'),
      async (bytes, piece, path) => {
        const content = contentOf(bytes)
        const pieces = Array.from({ length: Math.ceil(bytes / piece) }, (_, at) =>
          content.subarray(at * piece, (at + 1) * piece),
        )
        const body = path === '/counted' ? new Uint8Array(content) : Readable.toWeb(Readable.from(pieces))
        const answer = await fetch(new URL(path, mirror.url), { method: 'POST', body, duplex: 'half' })
        expect(answer.headers.get('x-sum')).toBe(sumOf(content))
        expect(sumOf(await answer.bytes())).toBe(sumOf(content))
      },
    ),
    { numRuns: 25 },
  )
  const { counts } = await mirror.close()
  expect(counts).toMatchObject({ requests: primary.requests(), open: 0 })
})

test('64 MiB pass in both directions, and no more of them is held than may be', { timeout: 120_000 }, async () => {
  const content = contentOf(64 * 2 ** 20)
  await using primary = await httpServer((_request, response, body) => response.end(body))
  await using candidate = await httpServer((_request, response, body) => response.end(body))
  const cohort = { share: 1, by: { kind: 'address' }, allow: ['POST /*'] } as const
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, cohort })
  const answer = await fetch(mirror.url, { method: 'POST', body: new Uint8Array(content) })
  expect(sumOf(await answer.bytes())).toBe(sumOf(content))
  expect((await mirror.close()).counts.fates).toEqual({ 'dropped: request body too large': 1 })
  expect(candidate.requests()).toBe(0)
})

async function webSocket(url: URL): Promise<WebSocket> {
  const socket = new WebSocket(url.href.replace('http', 'ws'))
  await once(socket, 'open')
  return socket
}

test('a WebSocket talks to the primary, and nobody copies it', async () => {
  await using primary = await echoServer()
  await using candidate = await httpServer((_request, response) => response.end())
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url })
  const socket = await webSocket(mirror.url)
  socket.send('ahoy')
  const [message] = (await once(socket, 'message')) as [MessageEvent]
  expect(message.data).toBe('ahoy')
  socket.close()
  await once(socket, 'close')
  expect((await mirror.close()).counts).toEqual({ requests: 1, open: 0, fates: { 'not allowed': 1 } })
  expect(candidate.requests()).toBe(0)
})

test('a WebSocket that stays open does not keep a mirror from its end', async () => {
  await using primary = await echoServer()
  await using candidate = await httpServer((_request, response) => response.end())
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, graceMs: 100 })
  const socket = await webSocket(mirror.url)
  const closed = once(socket, 'close')
  await mirror.close()
  const [event] = (await closed) as [CloseEvent]
  expect(event.wasClean).toBe(false)
})
