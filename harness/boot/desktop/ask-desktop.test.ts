import type { Socket } from 'node:net'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { askDesktop } from './ask-desktop.ts'

async function asked(serve: (socket: Socket) => void, deadlineMs = 2_000) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    serve(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  try {
    return await askDesktop(
      { host: '127.0.0.1', port: address.port },
      { deadlineMs, signal: new AbortController().signal },
    )
  } finally {
    server.close()
  }
}

const confirm = (kind: number, value: number): Buffer =>
  Buffer.from([3, 0, 0, 19, 14, 0xd0, 0, 0, 0, 0, 0, kind, 0, 8, 0, value, 0, 0, 0])

describe('a host that is asked for its desktop', () => {
  test('and confirms without TLS is told as plain', async () => {
    expect(await asked((socket) => socket.once('data', () => socket.write(confirm(2, 0))))).toEqual({
      security: 'plain',
    })
  })

  test('and refuses is told with its code', async () => {
    expect(await asked((socket) => socket.once('data', () => socket.write(confirm(3, 5))))).toEqual({ refused: 5 })
  })

  test('and confirms TLS in two pieces, and hangs up, is told as one whose handshake failed', async () => {
    const answer = await asked((socket) =>
      socket.once('data', () => {
        socket.write(confirm(2, 1).subarray(0, 3))
        socket.write(confirm(2, 1).subarray(3), () => socket.destroySoon())
      }),
    )
    expect(answer).toMatchObject({ security: 'tls', handshake: { failed: expect.any(String) } })
  })

  test('and closes at once is told as silent', async () => {
    expect(await asked((socket) => socket.destroy())).toHaveProperty('silent')
  })

  test('and never says a word is told as silent when its time is over', async () => {
    expect(await asked(() => undefined, 100)).toEqual({ silent: 'no answer within 100 ms' })
  })

  test('and speaks another protocol is told as silent, with its words', async () => {
    expect(await asked((socket) => socket.write('SSH-2.0-x\r\n'))).toMatchObject({
      silent: expect.stringContaining('no remote desktop'),
    })
  })
})
