import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { systemClock } from '../../kernel/index.ts'
import { tie } from './connection.ts'

/** Both ends of a connection on loopback. */
async function pair(): Promise<readonly [Socket, Socket]> {
  const listener = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  const near = connect({ host: '127.0.0.1', port, allowHalfOpen: true })
  const [far] = (await once(listener, 'connection')) as [Socket]
  await once(near, 'connect')
  listener.close()
  // What the other side sees of it is not the matter here.
  for (const each of [near, far]) each.on('error', () => undefined)
  return [near, far]
}

test('a connection that is reset while one side of it ends in order is over all the same', async () => {
  const [[person, client], [server, database]] = [await pair(), await pair()]
  const given = { id: 1, client, server, clock: systemClock, seed: 1, passed: () => undefined }
  const connection = tie(given)
  server.end()
  connection.end('reset')
  await new Promise((resolve) => setImmediate(resolve))
  connection.destroy()
  const late = AbortSignal.timeout(2_000)
  const { promise: waited, resolve } = Promise.withResolvers<string>()
  late.addEventListener('abort', () => resolve('it is never over'))
  expect(await Promise.race([connection.closed.then(() => 'over'), waited])).toBe('over')
  person.destroy()
  database.destroy()
})
