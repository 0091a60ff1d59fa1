import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { listening } from '../../fixtures/servers/listening.ts'
import { rawServer, requestHead, sayingInTurn } from '../../fixtures/servers/raw.ts'
import { waitFor } from '../kernel/index.ts'
import { createClient } from './index.ts'

const hello = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'

test('a kept connection carries several exchanges, counts them, and asks nobody to close', async () => {
  await using server = await rawServer(sayingInTurn([hello, hello, hello]))
  await using client = createClient()
  await using connection = await client.connect(server.url)
  const exchanges = [await connection.send({ url: server.url }), await connection.send({ url: `${server.url}b` })]
  expect(exchanges.map((exchange) => exchange.connection)).toMatchObject([
    { id: 1, carried: 0, peerClosed: false },
    { id: 1, carried: 1, peerClosed: false },
  ])
  expect(exchanges.map(({ response }) => response?.complete)).toEqual([true, true])
  expect(exchanges[0]?.timing.connectMs).toBeGreaterThan(0)
  expect(exchanges[1]?.timing.connectMs).toBe(0)
  expect(server.accepted).toBe(1)
  expect(server.heard).not.toMatch(/connection:/i)
  expect(connection.open).toBe(true)
})

test('requests that are sent at once wait for each other', async () => {
  await using server = await listening(createServer((request, response) => void response.end(request.url)))
  await using client = createClient()
  const url = `http://127.0.0.1:${server.port}/`
  await using connection = await client.connect(url)
  const exchanges = await Promise.all(['a', 'b', 'c'].map((path) => connection.send({ url: `${url}${path}` })))
  expect(exchanges.map(({ response }) => Buffer.from(response?.body ?? []).toString())).toEqual(['/a', '/b', '/c'])
  expect(exchanges.map((exchange) => exchange.connection?.carried)).toEqual([0, 1, 2])
})

test('a server that says close, and does, is seen to close, and the connection is used up', async () => {
  await using server = await rawServer(async (socket) => {
    await requestHead(socket)
    socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
  await using client = createClient()
  await using connection = await client.connect(server.url)
  expect((await connection.send({ url: server.url })).connection).toMatchObject({ peerClosed: true })
  expect(connection.open).toBe(false)
  const { trouble, response } = await connection.send({ url: server.url })
  expect(response).toBeUndefined()
  expect(trouble).toMatchObject({
    kind: 'closed-early',
    phase: 'send',
    message: 'the connection was closed before the request could be sent',
  })
})

test('bytes after a message end the use of the connection: nobody knows where the next one begins', async () => {
  await using server = await rawServer(sayingInTurn([`${hello}!`, hello]))
  await using client = createClient()
  await using connection = await client.connect(server.url)
  const { response } = await connection.send({ url: server.url })
  expect(response?.problems).toEqual([{ code: 'extra-bytes', offset: 43, excerpt: '!' }])
  expect(connection.open).toBe(false)
})

test('what a server says before it is asked is no answer, and is shown', async () => {
  await using server = await rawServer((socket) => {
    socket.end('HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n')
  })
  await using client = createClient()
  await using connection = await client.connect(server.url)
  await waitFor('the end', () => (connection.open ? { seen: 'open' } : { done: true }), { deadlineMs: 2_000 })
  const { trouble, response } = await connection.send({ url: server.url })
  expect(response).toBeUndefined()
  expect(trouble).toMatchObject({ kind: 'protocol', phase: 'send' })
  expect(trouble?.message).toMatch(/^the server said this before it was asked: "HTTP\/1\.1 408 Request Timeout/)
})

test('the idle end of a connection is noticed', async () => {
  await using server = await rawServer(async (socket) => {
    await requestHead(socket)
    socket.write(hello)
    setTimeout(() => socket.end(), 20)
  })
  await using client = createClient()
  await using connection = await client.connect(server.url)
  await connection.send({ url: server.url })
  expect(connection.open).toBe(true)
  await waitFor('the end', () => (connection.open ? { seen: 'open' } : { done: true }), { deadlineMs: 2_000 })
})

test('a connection that could not be made says why at each send', async () => {
  const { port } = await (async () => {
    await using gone = await rawServer(() => {})
    return gone
  })()
  await using client = createClient()
  await using connection = await client.connect(`http://127.0.0.1:${port}`)
  expect(connection.open).toBe(false)
  const { trouble } = await connection.send({ url: `http://127.0.0.1:${port}/` })
  expect(trouble).toMatchObject({ kind: 'refused', phase: 'connect' })
})

test('another origin or another major version on a kept connection is a UsageError', async () => {
  await using server = await rawServer(sayingInTurn([hello]))
  await using client = createClient()
  await using connection = await client.connect(server.url)
  await expect(connection.send({ url: 'http://other.test/' })).rejects.toMatchObject({ path: 'url' })
  await expect(connection.send({ url: server.url, version: '2' })).rejects.toMatchObject({ path: 'version' })
})

test('every exchange on a kept connection has its deadline, and one that passes it uses the connection up', async () => {
  await using server = await rawServer(sayingInTurn([hello]))
  await using client = createClient({ deadlineMs: 100 })
  await using connection = await client.connect(server.url)
  expect((await connection.send({ url: server.url })).trouble).toBeUndefined()
  const { trouble, connection: facts } = await connection.send({ url: server.url })
  expect(trouble).toMatchObject({ kind: 'timeout', phase: 'head' })
  expect(facts).toMatchObject({ carried: 1 })
  expect(connection.open).toBe(false)
})

test('disposing the client cuts its connections', async () => {
  await using server = await rawServer(() => {})
  const client = createClient()
  await client.connect(server.url)
  await waitFor('the connection', () => (server.open === 1 ? { done: true } : { seen: 'none' }), { deadlineMs: 2_000 })
  await client[Symbol.asyncDispose]()
  const ended = waitFor('its end', () => (server.open === 0 ? { done: true } : { seen: 'open' }), { deadlineMs: 2_000 })
  await expect(ended).resolves.toBe(true)
})
