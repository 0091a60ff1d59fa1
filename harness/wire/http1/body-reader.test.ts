import { describe, expect, test } from 'vitest'
import { bodyOf, ok, problemsOf, readText } from '../../../fixtures/wire/read-response.ts'

describe('content of a given length', () => {
  test('ends there, and what follows is noted with its place', () => {
    const reader = readText(`${ok}Content-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK`, { open: true })
    expect(bodyOf(reader)).toBe('hello')
    expect(reader.response()).toMatchObject({ complete: true, framing: 'content-length', bodyBytes: 5 })
    expect(problemsOf(reader)).toEqual(['extra-bytes@43 HTTP/1.1 200 OK'])
  })

  test('that does not come whole is noted and is trouble', () => {
    const reader = readText(`${ok}Content-Length: 10\r\n\r\nhello`)
    expect(reader.response()).toMatchObject({ complete: false, bodyBytes: 5 })
    expect(problemsOf(reader)).toEqual(['body-short@44 '])
    expect(reader.trouble).toEqual({
      kind: 'closed-early',
      phase: 'body',
      message: 'the connection ended after 5 bytes of content; promised were 10 bytes',
    })
  })

  test.each([
    ['no number', 'Content-Length: ten\r\n', 'content-length-invalid@17 Content-Length: ten', 'close'],
    ['a sign', 'Content-Length: +2\r\n', 'content-length-invalid@17 Content-Length: +2', 'close'],
    ['nothing', 'Content-Length:\r\n', 'content-length-invalid@17 Content-Length: ', 'close'],
    [
      'two different numbers',
      'Content-Length: 2\r\ncontent-length: 3\r\n',
      'content-length-conflict@17 Content-Length: 2\\nContent-Length: 3',
      'close',
    ],
    [
      'the same number twice',
      'Content-Length: 2\r\nContent-Length: 2\r\n',
      'content-length-repeated@17 Content-Length: 2\\nContent-Length: 2',
      'content-length',
    ],
    [
      'a list of one number',
      'Content-Length: 2, 2\r\n',
      'content-length-repeated@17 Content-Length: 2, 2',
      'content-length',
    ],
  ])('given as %s is noted, and is used only when it is clear', (_, fields, problem, framing) => {
    const reader = readText(`${ok}${fields}\r\nhi`)
    expect(problemsOf(reader)).toEqual([problem])
    expect(reader.response()).toMatchObject({ framing, bodyBytes: 2 })
  })
})

describe('responses that have no content', () => {
  test.each([
    ['to HEAD', 'HEAD', `${ok}Content-Length: 5\r\n\r\n`],
    ['with status 204', 'GET', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['with status 304', 'GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'],
  ])('%s end with the head, and content that comes all the same is noted', (_, method, head) => {
    expect(readText(head, { method, open: true }).response()).toMatchObject({
      framing: 'none',
      complete: true,
      problems: [],
    })
    const reader = readText(`${head}hello`, { method, open: true })
    expect(problemsOf(reader)).toEqual([`body-not-allowed@${head.length} hello`])
    expect(bodyOf(reader)).toBe('')
  })
})

describe('content that ends with the connection', () => {
  test('is whole when the connection ends in order', () => {
    expect(readText(`${ok}\r\nhello`).response()).toMatchObject({ framing: 'close', complete: true, bodyBytes: 5 })
  })

  test('is not whole when the connection breaks', () => {
    const reader = readText(`${ok}\r\nhello`, { open: true })
    reader.end('reset')
    expect(reader.response()).toMatchObject({ complete: false })
    expect(reader.trouble).toMatchObject({ kind: 'closed-early', phase: 'body' })
  })
})

describe('content past the limit', () => {
  test.each([
    ['of a given length', `${ok}Content-Length: 100\r\n\r\n`],
    ['up to the end of the connection', `${ok}\r\n`],
    ['in chunks', `${ok}Transfer-Encoding: chunked\r\n\r\n64\r\n`],
  ])('%s is cut off there, without trouble', (_, head) => {
    const reader = readText(`${head}${'a'.repeat(100)}`, { maxBodyBytes: 10, open: true })
    expect(reader).toMatchObject({ done: true, trouble: undefined })
    expect(reader.response()).toMatchObject({ cutOff: true, complete: false, bodyBytes: 11 })
    expect(bodyOf(reader)).toBe('a'.repeat(10))
  })

  test('is not what content of exactly the limit has', () => {
    const reader = readText(`${ok}Content-Length: 10\r\n\r\n${'a'.repeat(10)}`, { maxBodyBytes: 10, open: true })
    expect(reader.response()).toMatchObject({ cutOff: false, complete: true })
  })
})
