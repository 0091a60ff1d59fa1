import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { startPeers } from '../testing/start-peers.ts'
import type { Front } from './way.ts'

/** Something that listens in the place of a balancer, and the first connection that it takes. */
async function listener(): Promise<AsyncDisposable & { readonly front: Front; readonly taken: Promise<Socket> }> {
  const { promise: taken, resolve } = Promise.withResolvers<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined)
    resolve(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    front: { host: '127.0.0.1', port, tls: false },
    taken,
    async [Symbol.asyncDispose]() {
      server.close()
      ;(await taken).destroy()
    },
  }
}

test('a visitor who has said all, and closes its sending side, still hears the answer', async () => {
  await using started = await startPeers()
  await using balancer = await listener()
  const visitor = await started.way.open(balancer.front)
  visitor.end('a question')
  const other = await balancer.taken
  expect(await text(other)).toBe('a question')
  other.end('an answer')
  expect(await text(visitor)).toBe('an answer')
})

test('an end of the balancer is carried, and it still hears the visitor', async () => {
  await using started = await startPeers()
  await using balancer = await listener()
  const visitor = await started.way.open(balancer.front)
  const other = await balancer.taken
  other.end()
  expect(await text(visitor)).toBe('')
  visitor.end('afterwards')
  expect(await text(other)).toBe('afterwards')
})

test('a reset of the visitor comes to the balancer as one', async () => {
  await using started = await startPeers()
  await using balancer = await listener()
  const visitor = await started.way.open(balancer.front)
  const other = await balancer.taken
  const reset = once(other.resume(), 'error')
  await new Promise((done) => visitor.write('half a quest', done))
  visitor.resetAndDestroy()
  expect(await reset).toMatchObject([{ code: 'ECONNRESET' }])
})

test('a reset of the balancer comes to the visitor as one', async () => {
  await using started = await startPeers()
  await using balancer = await listener()
  const visitor = await started.way.open(balancer.front)
  const reset = once(visitor.resume(), 'error')
  ;(await balancer.taken).resetAndDestroy()
  expect(await reset).toMatchObject([{ code: 'ECONNRESET' }])
})

test('what comes right behind the answer of the relay is not lost', async () => {
  await using started = await startPeers()
  await using balancer = await listener()
  const opening = started.way.open(balancer.front)
  const other = await balancer.taken
  other.end('220 welcome\r\n')
  const visitor = await opening
  expect(await text(visitor)).toBe('220 welcome\r\n')
  visitor.destroy()
})

test('where nobody listens, the port is named with what is wrong', async () => {
  await using started = await startPeers()
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await expect(started.way.open({ host: '127.0.0.1', port, tls: false })).rejects.toMatchObject({
    code: 'SEATRIAL_UNREACHABLE',
    because: 'setup',
    message: `port ${port} of the balancer takes no connection: ECONNREFUSED`,
  })
})
