import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dial } from '../../../fixtures/servers/dial.ts'
import { startEcho } from '../../../fixtures/servers/echo.ts'
import type { Direction, Toxic } from './index.ts'
import { bandwidth, delay, slice, startFaultProxy } from './index.ts'

const direction = fc.constantFrom<Direction>('up', 'down', 'both')

const toxic: fc.Arbitrary<Toxic> = fc.oneof(
  fc.record({ latencyMs: fc.nat(8), jitterMs: fc.nat(8), direction }).map(delay),
  fc.record({ bytesPerSecond: fc.integer({ min: 200_000, max: 5_000_000 }), direction }).map(bandwidth),
  fc.record({ bytes: fc.integer({ min: 100, max: 5_000 }), everyMs: fc.nat(1), direction }).map(slice),
)

test('through any toxics that destroy nothing, coming and going, bytes arrive intact and in order', async () => {
  await using echo = await startEcho()
  const writes = fc.array(fc.uint8Array({ minLength: 1, maxLength: 4_000 }), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(fc.array(toxic, { maxLength: 4 }), writes, fc.nat(), async (toxics, pieces, seed) => {
      await using proxy = await startFaultProxy({ to: { host: '127.0.0.1', port: echo.port }, seed })
      using client = await dial(proxy.address)
      const handles = []
      for (const [index, piece] of pieces.entries()) {
        const next = toxics[index]
        if (next !== undefined) handles.push(await proxy.add(next))
        client.socket.write(piece)
        // Some are undone while bytes are under way.
        if (index % 3 === 2) await handles.shift()?.[Symbol.asyncDispose]()
      }
      client.socket.end()
      await client.until('ended')
      expect(client.received.equals(Buffer.concat(pieces))).toBe(true)
    }),
    { numRuns: 40 },
  )
})
