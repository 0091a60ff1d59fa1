import { expect, test } from 'vitest'
import { bytesOf } from './size.ts'

test.each([
  [4096, 4096],
  ['512', 512],
  ['512k', 524_288],
  ['16m', 16_777_216],
  ['1g', 1_073_741_824],
  ['10MiB', 10_485_760],
])('a size of %j is %d bytes', (given, bytes) => {
  expect(bytesOf(given)).toBe(bytes)
})
