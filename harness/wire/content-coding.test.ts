import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { decodeContent } from './content-coding.ts'

const text = 'a ship is safe in harbour, '.repeat(20)
const bytes = new TextEncoder().encode(text)
const plain = (decoded: ReturnType<typeof decodeContent>): string =>
  decoded.state === 'decoded' ? new TextDecoder().decode(decoded.body) : decoded.state

describe('content is decoded', () => {
  test.each([
    ['gzip', gzipSync(bytes)],
    ['x-gzip', gzipSync(bytes)],
    ['deflate', deflateSync(bytes)],
    ['deflate', deflateRawSync(bytes)],
    ['br', brotliCompressSync(bytes)],
    ['zstd', zstdCompressSync(bytes)],
    ['GZIP', gzipSync(bytes)],
    ['', bytes],
  ])('from %s', (coding, body) => {
    expect(plain(decodeContent(coding, body))).toBe(text)
  })

  test('from several codings, the last one first', () => {
    expect(plain(decodeContent('gzip, br', brotliCompressSync(gzipSync(bytes))))).toBe(text)
  })

  test('from all frames of zstd, not only the first', () => {
    const half = bytes.length / 2
    const frames = Buffer.concat([zstdCompressSync(bytes.subarray(0, half)), zstdCompressSync(bytes.subarray(half))])
    expect(plain(decodeContent('zstd', frames))).toBe(text)
  })
})

describe('what cannot be decoded is told', () => {
  test('an unknown coding by its name', () => {
    expect(decodeContent('gzip, snappy', bytes)).toEqual({ state: 'unknown-coding', coding: 'snappy' })
  })

  test.each(['gzip', 'deflate', 'br', 'zstd'])('broken content of %s as corrupt', (coding) => {
    expect(decodeContent(coding, bytes)).toMatchObject({ state: 'corrupt', coding })
  })

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ] as const)('a bomb of %s as too large, without unpacking it', (coding, compress) => {
    expect(decodeContent(coding, compress(Buffer.alloc(40 * 1024 * 1024)))).toMatchObject({
      state: 'too-large',
      coding,
    })
  })
})
