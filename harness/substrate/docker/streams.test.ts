import fc from 'fast-check'
import { expect, test } from 'vitest'
import { interleaved, outputOf } from './streams.ts'

function frame(stream: 1 | 2, text: string): Buffer {
  const head = Buffer.alloc(8)
  head[0] = stream
  head.writeUInt32BE(Buffer.byteLength(text), 4)
  return Buffer.concat([head, Buffer.from(text)])
}

test('the two streams of a container come apart, or stay in the order in which they were written', () => {
  const parts = fc.array(fc.record({ stream: fc.constantFrom(1 as const, 2 as const), text: fc.string() }))
  fc.assert(
    fc.property(parts, (frames) => {
      const raw = Buffer.concat(frames.map(({ stream, text }) => frame(stream, text)))
      const joined = (wanted?: 1 | 2): string =>
        frames
          .filter(({ stream }) => wanted === undefined || stream === wanted)
          .map(({ text }) => text)
          .join('')
      expect(Buffer.from(outputOf(raw).stdout).toString()).toBe(joined(1))
      expect(Buffer.from(outputOf(raw).stderr).toString()).toBe(joined(2))
      expect(Buffer.from(interleaved(raw)).toString()).toBe(joined())
    }),
  )
})

test('a stream that was cut keeps what had come', () => {
  const raw = Buffer.concat([frame(1, 'whole'), frame(2, 'cut short').subarray(0, 11)])
  expect(Buffer.from(interleaved(raw)).toString()).toBe('wholecut')
})
