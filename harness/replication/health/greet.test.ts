import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { greet } from './greet.ts'

/** A server that says one thing when somebody comes, and another when somebody asks. */
async function serverThat(says: {
  first?: Buffer
  asked?: Buffer
  ends?: boolean
}): Promise<AsyncDisposable & { readonly at: { host: string; port: number }; readonly heard: Buffer[] }> {
  const heard: Buffer[] = []
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    if (says.first !== undefined) socket.write(says.first)
    if (says.ends === true) socket.end()
    socket.on('data', (data) => {
      heard.push(data)
      if (says.asked !== undefined) socket.write(says.asked)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has an address of this shape.
  const { port } = server.address() as AddressInfo
  return {
    at: { host: '127.0.0.1', port },
    heard,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function mariadbPacket(version: string, capabilities: number): Buffer {
  const lower = Buffer.alloc(2)
  lower.writeUInt16LE(capabilities)
  const payload = Buffer.concat([
    Buffer.from([10]),
    Buffer.from(`${version}\0`),
    Buffer.alloc(13),
    lower,
    Buffer.alloc(30),
  ])
  return Buffer.concat([Buffer.from([payload.length, 0, 0, 0]), payload])
}

describe('what a server shows before anybody logs in', () => {
  test.each([
    ['a MariaDB that offers TLS', 0xff_fe, true],
    ['a MariaDB that does not', 0xf7_fe, false],
  ])('tells %s, and nothing is sent to it', async (_what, capabilities, offersTls) => {
    await using server = await serverThat({ first: mariadbPacket('5.5.5-10.11.19-MariaDB-log', capabilities) })
    expect(await greet(server.at)).toEqual({ engine: 'mariadb', offersTls })
    expect(server.heard).toEqual([])
  })

  // The length of these packets is the letter with which PostgreSQL answers.
  test.each(['S', 'N', 'E'])('tells a MariaDB whose first byte is %s', async (letter) => {
    const length = letter.charCodeAt(0) - 1 - 1 - 13 - 2 - 30
    await using server = await serverThat({ first: mariadbPacket('1'.repeat(length), 0) })
    expect(await greet(server.at)).toEqual({ engine: 'mariadb', offersTls: false })
  })

  test('tells a MariaDB that is slow to greet, and was asked as if it were the other', async () => {
    await using server = await serverThat({ asked: mariadbPacket('5.5.5-10.11.19-MariaDB', 0xff_fe) })
    expect(await greet(server.at)).toEqual({ engine: 'mariadb', offersTls: true })
  })

  test('tells a MariaDB that refuses our address', async () => {
    const refused = Buffer.from([5, 0, 0, 0, 255, 106, 4, 88, 88])
    await using server = await serverThat({ first: refused, ends: true })
    expect(await greet(server.at)).toEqual({ engine: 'mariadb', offersTls: false })
  })

  test.each([
    ['S', true],
    ['N', false],
  ])('tells a PostgreSQL that answers %s', async (letter, offersTls) => {
    await using server = await serverThat({ asked: Buffer.from(letter) })
    expect(await greet(server.at)).toEqual({ engine: 'postgres', offersTls })
    expect(Buffer.concat(server.heard)).toEqual(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]))
  })

  test('tells a PostgreSQL that has no connection left', async () => {
    await using server = await serverThat({ asked: Buffer.from('E\0\0\0\x20SFATAL\0C53300\0') })
    expect(await greet(server.at)).toEqual({ engine: 'postgres', offersTls: false })
  })

  test.each([
    ['something else', { asked: Buffer.from(`HTTP/1.1 400 Bad Request\r\n${'x'.repeat(600)}`) }, 'neither MariaDB nor'],
    ['somebody who hangs up', { ends: true }, 'the connection was closed'],
    ['somebody who says nothing', {}, 'nothing came within 400 ms'],
  ])('is no answer of %s', async (_what, says, wanted) => {
    await using server = await serverThat(says)
    await expect(greet(server.at, 400)).rejects.toMatchObject({
      code: 'SEATRIAL_NO_ANSWER',
      because: 'prerequisite',
      message: expect.stringContaining(wanted),
    })
  })
})
