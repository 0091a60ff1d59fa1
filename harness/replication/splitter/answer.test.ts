import { connect, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { listening } from '../../../fixtures/servers/listening.ts'
import type { Answer } from './answer.ts'
import { askValue, readAnswer } from './answer.ts'
import { channelOn } from './channel.ts'
import type { Packet } from './packets.ts'
import { framed, PacketReader } from './packets.ts'

const ok = (status: number): number[] => [0x00, 0, 0, status, 0, 0, 0]
const eof = (status: number): number[] => [0xfe, 0, 0, status, 0]
const text = (value: string): number[] => [value.length, ...Buffer.from(value)]
const refused = [0xff, 0x10, 0x04, ...Buffer.from('#42000no')]

/** What a server's packets are read as. */
async function answered(
  bodies: readonly (readonly number[])[],
): Promise<{ answer: Answer | undefined; packets: Packet[] }> {
  const bytes = Buffer.concat(bodies.map((body, index) => framed({ number: index + 1, body: Buffer.from(body) })))
  await using server = await listening(createServer((socket) => socket.end(bytes)))
  const channel = channelOn(connect(server.port, '127.0.0.1'))
  const packets: Packet[] = []
  const answer = await readAnswer(channel, (packet) => packets.push(packet))
  channel.close()
  return { answer, packets }
}

test.each([
  ['a write, committed', [ok(2)], { kind: 'ok', idle: true }],
  ['BEGIN', [ok(3)], { kind: 'ok', idle: false }],
  ['without autocommit', [ok(0)], { kind: 'ok', idle: false }],
  ['an error', [refused], { kind: 'error', idle: undefined }],
  ['rows', [[1], text('def'), eof(2), text('a'), text('b'), eof(2)], { kind: 'rows', idle: true }],
  ['no row', [[1], text('def'), eof(2), eof(3)], { kind: 'rows', idle: false }],
  ['an error among rows', [[1], text('def'), eof(2), text('a'), refused], { kind: 'error', idle: undefined }],
  ['two answers', [ok(10), ok(2)], { kind: 'ok', idle: true }],
  ['an end in the middle', [[1], text('def')], undefined],
] as const)('%s: the answer is read to its end, and whether a transaction is open', async (_what, bodies, wanted) => {
  const { answer, packets } = await answered(bodies)
  expect(answer).toEqual(wanted)
  expect(packets).toHaveLength(bodies.length)
})

test('one value is asked for between two commands of a client', async () => {
  let heard: Packet | undefined
  const row = [[1], text('def'), eof(2), text('0-1-512'), eof(2)]
  const server = createServer((socket) => {
    const reader = new PacketReader()
    socket.on('data', (bytes) => {
      ;[heard] = reader.push(bytes)
      for (const [index, body] of row.entries()) socket.write(framed({ number: index + 1, body: Buffer.from(body) }))
    })
  })
  await using there = await listening(server)
  const channel = channelOn(connect(there.port, '127.0.0.1'))
  expect(await askValue(channel, 'SELECT @@last_gtid')).toBe('0-1-512')
  expect(heard).toEqual({ number: 0, body: Buffer.from('\u0003SELECT @@last_gtid') })
  channel.close()
})

test('a packet that comes in pieces is one packet, and one too long to follow is refused', () => {
  const reader = new PacketReader()
  const bytes = framed({ number: 7, body: Buffer.from('ahoy') })
  expect(reader.push(bytes.subarray(0, 3))).toEqual([])
  expect(reader.push(bytes.subarray(3, 6))).toEqual([])
  expect(reader.push(bytes.subarray(6))).toEqual([{ number: 7, body: Buffer.from('ahoy') }])
  expect(() => reader.push(Buffer.from([0xff, 0xff, 0xff, 0]))).toThrow('16 MiB')
})
