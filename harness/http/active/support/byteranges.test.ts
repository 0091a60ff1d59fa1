import { describe, expect, test } from 'vitest'
import { parseByteranges } from './byteranges.ts'

const type = 'multipart/byteranges; boundary=b'
const part = (range: string, bytes: string): string =>
  `\r\n--b\r\nContent-Type: text/plain\r\nContent-Range: ${range}\r\n\r\n${bytes}`
const read = (content: string, contentType = type) => {
  const parts = parseByteranges(contentType, Buffer.from(content, 'latin1'))
  return typeof parts === 'string' ? parts : parts.map(({ said, bytes }) => [said, Buffer.from(bytes).toString()])
}

describe('multipart/byteranges', () => {
  const two = `${part('bytes 0-1/9', 'ab')}${part('bytes 7-8/9', 'hi')}\r\n--b--\r\n`
  const parts = [
    ['bytes 0-1/9', 'ab'],
    ['bytes 7-8/9', 'hi'],
  ]

  test('is read with and without a line end before the first boundary', () => {
    expect(read(two)).toEqual(parts)
    expect(read(two.slice(2))).toEqual(parts)
  })

  test('is read with a preamble, and with a boundary in quotes', () => {
    expect(read(`preamble${two}`, 'multipart/byteranges; charset=x; boundary="b"')).toEqual(parts)
  })

  test('keeps line ends and dashes that belong to a part', () => {
    expect(read(`${part('bytes 0-4/9', '\r\n--a')}\r\n--b--`)).toEqual([['bytes 0-4/9', '\r\n--a']])
  })

  test('says of a part without Content-Range that nobody knows where it belongs', () => {
    const parsed = parseByteranges(type, Buffer.from('--b\r\n\r\nab\r\n--b--'))
    expect(parsed).toMatchObject([{ said: '', range: undefined }])
  })

  test.for([
    ['no boundary parameter', two, 'multipart/byteranges', 'Content-Type has no boundary'],
    ['another boundary', two, 'multipart/byteranges; boundary=c', 'the boundary does not occur'],
    ['the end is missing', part('bytes 0-1/9', 'ab'), type, 'the last boundary is missing'],
    ['nothing inside', '--b--', type, 'no part'],
    ['no empty line', '\r\n--b\r\nContent-Range: bytes 0-1/9\r\n--b--', type, 'a part has no end of its fields'],
  ] as const)('%s is told', ([, content, contentType, why]) => {
    expect(read(content, contentType)).toBe(why)
  })
})
