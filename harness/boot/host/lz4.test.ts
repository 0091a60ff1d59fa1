import { execFileSync, spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unlz4 } from './lz4.ts'

const most = { maxOutputLength: 64 * 2 ** 20 }
const unpacked = (bytes: Uint8Array): string => Buffer.from(unlz4(bytes, most)).toString('latin1')
const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex')
/** Frames of blocks that are written by hand: the format is small enough. */
const frame = (...blocks: readonly string[]): Buffer =>
  Buffer.concat([
    bytesOf('02214c18'),
    ...blocks.map(bytesOf).flatMap((block) => {
      const length = Buffer.alloc(4)
      length.writeUInt32LE(block.length)
      return [length, block]
    }),
  ])

test.each([
  ['bytes as they are', frame('30 616263'), 'abc'],
  ['none', frame('00'), ''],
  ['sixteen, whose number needs a second byte', frame(`f0 01 ${'61'.repeat(16)}`), 'a'.repeat(16)],
  ['what was there before', frame('34 616263 0300 30 616263'), 'abcabcabcababc'],
  ['one byte again and again', frame('1f 61 0100 f0 10 62'), `${'a'.repeat(1 + 15 + 240 + 4)}b`],
  ['several blocks', frame('10 61', '10 62'), 'ab'],
  ['frames behind each other', Buffer.concat([frame('10 61'), frame('10 62')]), 'ab'],
  ['padding behind it', Buffer.concat([frame('10 61'), Buffer.alloc(512)]), 'a'],
])('a frame of %s is unpacked', (_, bytes, text) => {
  expect(unpacked(bytes)).toBe(text)
})

test.each([
  ['nothing of it', Buffer.from('text that is none'), 'does not begin'],
  ['a frame of today', bytesOf('04224d18 64 40 a7 00000000'), 'does not begin'],
  ['a length alone', Buffer.concat([frame('10 61'), bytesOf('0100')]), 'cut off'],
  ['a block that ends early', frame('10 61').subarray(0, 9), 'cut off'],
  ['a block without its last bytes', frame('50 6162'), 'cut off'],
  ['a length without its end', frame('f0 ff ff'), 'cut off'],
  ['half of an offset', frame('10 61 01'), 'cut off'],
  ['an offset of nothing', frame('10 61 0000 00'), 'goes back 0'],
  ['an offset before the beginning', frame('10 61 0200 00'), 'goes back 2 bytes where there are 1'],
  ['a block that never ends', frame(`1f 61 0100 ${'ff'.repeat(40_000)}00 00`), 'a block has more than'],
])('%s is an error that says so', (_, bytes, says) => {
  expect(() => unlz4(bytes, most)).toThrow(says)
})

test('what unpacks to more than is wanted is given up', () => {
  const block = `1f 61 0100 ${'ff'.repeat(30_000)}00 00`
  const bomb = frame(...Array<string>(20).fill(block))
  expect(() => unlz4(bomb, { maxOutputLength: 16 * 2 ** 20 })).toThrow('more than 16777216 bytes')
})

test('whatever follows the magic number, it is bytes or an error of ours', () => {
  const outcome = (bytes: Uint8Array): string => {
    try {
      return `${unlz4(bytes, most).length} bytes`
    } catch (error) {
      return String(error)
    }
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(400), (bytes, claimed) => {
      const length = Buffer.alloc(4)
      length.writeUInt32LE(Math.min(claimed, bytes.length + 3))
      const given = Buffer.concat([bytesOf('02214c18'), length, bytes])
      expect(outcome(given)).toMatch(/^\d+ bytes$|cut off|begin|goes back|more than/)
    }),
  )
})

describe.skipIf(spawnSync('lz4', ['--version']).error !== undefined)('what the tool of LZ4 has packed', () => {
  const packed = (bytes: Uint8Array, level: string): Buffer =>
    execFileSync('lz4', ['-l', level, '-c'], { input: bytes, maxBuffer: 64 * 2 ** 20 })

  const words = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(...['init', 'lib/modules/', '\0'.repeat(300)].map((word) => Buffer.from(word))),
    ),
    { maxLength: 400 },
  )

  test('comes out as it was', () => {
    fc.assert(
      fc.property(words, fc.constantFrom('-1', '-9', '-12'), (parts, level) => {
        const bytes = Buffer.concat(parts)
        expect(bytes.equals(unlz4(packed(bytes, level), most))).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('comes out as it was where it is longer than a block', () => {
    const bytes = Buffer.alloc(17_000_000, 'what a block of eight megabytes does not hold, ')
    expect(bytes.equals(unlz4(packed(bytes, '-1'), most))).toBe(true)
  })
})
