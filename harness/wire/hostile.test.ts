import { createServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { waitFor } from '../kernel/index.ts'
import { listening } from '../../fixtures/servers/listening.ts'
import { flooding, rawServer, requestHead, saying, sayingAndStaying } from '../../fixtures/servers/raw.ts'
import { createClient } from './index.ts'

const MiB = 1024 * 1024
const client = createClient()

describe('a server that', () => {
  test('accepts and never answers runs into the deadline, and the phase is told', async () => {
    await using server = await rawServer(() => {})
    const { trouble, response, connection } = await client.send({ url: server.url, deadlineMs: 100 })
    expect(trouble).toMatchObject({ kind: 'timeout', phase: 'head', message: 'no answer came in 100 ms' })
    expect(trouble?.afterMs).toBeGreaterThanOrEqual(99)
    expect(trouble?.afterMs).toBeLessThan(1_000)
    expect(response).toBeUndefined()
    expect(connection).toMatchObject({ peerClosed: false })
  })

  test('sends one byte every 20 ms runs into the deadline all the same', async () => {
    await using server = await rawServer((socket) => {
      const text = `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}`
      let at = 0
      const timer = setInterval(() => socket.write(text[at++] ?? ''), 20)
      socket.on('close', () => clearInterval(timer))
    })
    const { trouble } = await client.send({ url: server.url, deadlineMs: 200 })
    expect(trouble).toMatchObject({ kind: 'timeout', phase: 'head' })
    expect(trouble?.message).toMatch(/^the answer stood still after \d+ bytes in 200 ms$/)
  })

  test('stops in the middle of the content runs into the deadline, and what came is kept', async () => {
    await using server = await rawServer(sayingAndStaying('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello'))
    const { trouble, response } = await client.send({ url: server.url, deadlineMs: 100 })
    expect(trouble).toMatchObject({ kind: 'timeout', phase: 'body' })
    expect(response).toMatchObject({ status: 200, bodyBytes: 5, complete: false, cutOff: false })
  })

  test('never reads a large body runs into the deadline while sending', async () => {
    await using server = await rawServer((socket) => void socket.pause())
    const body = new Uint8Array(32 * MiB)
    const { trouble } = await client.send({ url: server.url, method: 'POST', body, deadlineMs: 200 })
    expect(trouble).toMatchObject({ kind: 'timeout', phase: 'send' })
  })

  test('closes at once is told from one that breaks the connection', async () => {
    await using closing = await rawServer((socket) => void socket.end())
    await using breaking = await rawServer((socket) => void socket.once('data', () => socket.resetAndDestroy()))
    expect((await client.send({ url: closing.url })).trouble).toMatchObject({ kind: 'closed-early', phase: 'head' })
    expect((await client.send({ url: breaking.url })).trouble).toMatchObject({ kind: 'reset', phase: 'head' })
  })

  test('breaks the connection in the middle of the content leaves what came', async () => {
    await using server = await rawServer(async (socket) => {
      await requestHead(socket)
      socket.write('HTTP/1.1 200 OK\r\n\r\nhello')
      setTimeout(() => socket.resetAndDestroy(), 20)
    })
    const { trouble, response, connection } = await client.send({ url: server.url })
    expect(trouble).toMatchObject({ kind: 'reset', phase: 'body' })
    expect(response).toMatchObject({ framing: 'close', bodyBytes: 5, complete: false })
    expect(connection).toMatchObject({ peerClosed: true })
  })

  test('is not there is told as refused', async () => {
    const { port } = await (async () => {
      await using gone = await listening(createServer())
      return { port: gone.port }
    })()
    const { trouble, connection, response } = await client.send({ url: `http://127.0.0.1:${port}/` })
    expect(trouble).toMatchObject({ kind: 'refused', phase: 'connect' })
    expect([connection, response]).toEqual([undefined, undefined])
  })

  test('has no address is told as dns', async () => {
    const { trouble } = await client.send({ url: 'http://no-such-host.invalid/', deadlineMs: 5_000 })
    expect(trouble).toMatchObject({ kind: 'dns', phase: 'connect' })
  })

  test('speaks something else, and stays open, is found out at once', async () => {
    await using server = await rawServer((socket) => void socket.write('220'))
    const start = performance.now()
    const { trouble } = await client.send({ url: server.url })
    expect(trouble).toMatchObject({ kind: 'not-http', message: 'what came back does not begin with "HTTP/": "220"' })
    expect(performance.now() - start).toBeLessThan(1_000)
  })

  test('sends a head of 100 MiB is hung up on at the limit, and memory does not grow', async () => {
    await using server = await rawServer(flooding('HTTP/1.1 200 OK\r\n', `X: ${'a'.repeat(997)}\r\n`))
    const before = process.memoryUsage().rss
    const { trouble, response } = await client.send({ url: server.url })
    expect(trouble).toMatchObject({ kind: 'head-too-large', phase: 'head' })
    expect(response).toBeUndefined()
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * MiB)
    await waitFor('the server to be hung up on', () => (server.open === 0 ? { done: true } : { seen: 'open' }), {
      deadlineMs: 2_000,
    })
  })

  test('sends content without end is hung up on at the limit, and the first bytes are kept', async () => {
    await using server = await rawServer(flooding('HTTP/1.1 200 OK\r\n\r\n', 'abc'))
    const { trouble, response } = await client.send({ url: server.url })
    expect(trouble).toBeUndefined()
    expect(response).toMatchObject({ cutOff: true, complete: false, bodyBytes: 8 * MiB + 1 })
    expect(response?.body).toHaveLength(8 * MiB)
    await waitFor('the server to be hung up on', () => (server.open === 0 ? { done: true } : { seen: 'open' }), {
      deadlineMs: 2_000,
    })
  })

  test('sends chunks of one byte without end is hung up on at the limit, without a large cost a chunk', async () => {
    await using server = await rawServer(
      flooding('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\na\r\n'),
    )
    await using small = createClient({ maxBodyBytes: MiB / 4 })
    const { response } = await small.send({ url: server.url })
    expect(response).toMatchObject({ cutOff: true, problems: [] })
  })

  test('sends interim responses without end is hung up on at the limit', async () => {
    await using server = await rawServer(flooding('', 'HTTP/1.1 102 Processing\r\n\r\n'))
    const { trouble } = await client.send({ url: server.url })
    expect(trouble).toMatchObject({ kind: 'head-too-large' })
  })

  test('sends a gzip bomb costs what came over the wire, because content is not decoded here', async () => {
    const bomb = gzipSync(Buffer.alloc(16 * MiB))
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`
    await using server = await rawServer(saying(Buffer.concat([Buffer.from(head), bomb])))
    const { response } = await client.send({ url: server.url })
    expect(response).toMatchObject({ complete: true, bodyBytes: bomb.length, problems: [] })
  })
})

test('a signal that is aborted ends the exchange with its reason, before and during it', async () => {
  await using server = await rawServer(() => {})
  const reason = new Error('enough')
  await expect(client.send({ url: server.url, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  const abort = new AbortController()
  const pending = client.send({ url: server.url, signal: abort.signal })
  await waitFor('the request', () => (server.heard === '' ? { seen: 'nothing' } : { done: true }), {
    deadlineMs: 2_000,
  })
  abort.abort(reason)
  await expect(pending).rejects.toBe(reason)
  await waitFor('the end', () => (server.open === 0 ? { done: true } : { seen: 'open' }), { deadlineMs: 2_000 })
})

test('whatever bytes come back, in whatever pieces, `send` settles inside its deadline and does not throw', async () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .constantFrom(
        'HTTP/1.1 200 OK\r\n',
        'Content-Length: 3\r\n',
        'Transfer-Encoding: chunked\r\n',
        '\r\n',
        '3\r\nabc\r\n',
      )
      .map((text) => new Uint8Array(Buffer.from(text))),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 8 }),
      fc.constantFrom('end', 'reset', 'stay'),
      async (pieces, then) => {
        await using server = await rawServer(async (socket) => {
          await requestHead(socket)
          for (const bytes of pieces) await new Promise((resolve) => socket.write(bytes, resolve))
          if (then === 'end') socket.end()
          if (then === 'reset') socket.resetAndDestroy()
        })
        const start = performance.now()
        const { response, trouble } = await client.send({ url: server.url, deadlineMs: 100 })
        expect(performance.now() - start).toBeLessThan(600)
        expect(response !== undefined || trouble !== undefined).toBe(true)
        expect(response?.complete === true && trouble !== undefined).toBe(false)
      },
    ),
    { numRuns: 60 },
  )
})
