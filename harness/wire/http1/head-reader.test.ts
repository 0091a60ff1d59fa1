import { describe, expect, test } from 'vitest'
import { bodyOf, ok, problemsOf, readText } from '../../../fixtures/wire/read-response.ts'
import { problemsPerCode } from './problems.ts'

describe('a head', () => {
  test('keeps its field lines in order, with their case, duplicates and latin-1 bytes, and its raw bytes', () => {
    const head = `${ok}Set-Cookie: a\r\nset-cookie:b \r\nX-Name: caf\xe9\r\nEmpty:\r\nContent-Length: 0\r\n\r\n`
    const reader = readText(head)
    expect(reader.response()?.fields).toEqual([
      { name: 'Set-Cookie', value: 'a' },
      { name: 'set-cookie', value: 'b' },
      { name: 'X-Name', value: 'café' },
      { name: 'Empty', value: '' },
      { name: 'Content-Length', value: '0' },
    ])
    expect(Buffer.from(reader.response()?.raw ?? []).toString('latin1')).toBe(head)
    expect(reader.response()?.problems).toEqual([])
  })

  test.each([
    [
      'a status line without the space before the reason',
      'HTTP/1.1 200\r\n',
      { version: '1.1', status: 200, reason: '' },
    ],
    ['a status line with two spaces', 'HTTP/1.1  200 OK\r\n', { version: '1.1', status: 200, reason: 'OK' }],
    [
      'a status line without space before the reason',
      'HTTP/1.1 200OK\r\n',
      { version: '1.1', status: 200, reason: 'OK' },
    ],
    ['a version of one digit', 'HTTP/2 200 OK\r\n', { version: '2', status: 200, reason: 'OK' }],
    ['a name in lower case', 'http/1.1 200 OK\r\n', { version: '1.1', status: 200, reason: 'OK' }],
    ['a status of two digits', 'HTTP/1.1 20 OK\r\n', { version: '1.1', status: 20, reason: 'OK' }],
  ])('with %s is read and noted', (_, line, wanted) => {
    const reader = readText(`${line}Content-Length: 0\r\n\r\n`)
    expect(reader.response()).toMatchObject(wanted)
    expect(problemsOf(reader)).toEqual([`status-line-malformed@0 ${line.trim()}`])
  })

  test('that claims HTTP/0.9 is noted', () => {
    expect(problemsOf(readText('HTTP/0.9 200 OK\r\nContent-Length: 0\r\n\r\n'))).toEqual(['http-09@0 HTTP/0.9 200 OK'])
  })

  test('after blank lines is read and noted where they begin', () => {
    const reader = readText(`\r\n\r\n${ok}Content-Length: 0\r\n\r\n`)
    expect(reader.response()).toMatchObject({ status: 200, complete: true })
    expect(problemsOf(reader)).toEqual(['status-line-malformed@0 \\r\\n'])
  })

  test.each([
    ['a bare LF at the end of a line', 'A: b\nContent-Length: 0\r\n\r\n', ['bare-lf@21 A: b\\n']],
    ['a bare CR in a value', 'A: b\rc\r\nContent-Length: 0\r\n\r\n', ['bare-cr@21 \\rc']],
    ['NUL in a value', 'A: b\0c\r\nContent-Length: 0\r\n\r\n', ['nul-byte@21 \\0c']],
    ['a folded line', 'A: b\r\n  c\r\nContent-Length: 0\r\n\r\n', ['obsolete-fold@23   c']],
    ['whitespace before the colon', 'A : b\r\nContent-Length: 0\r\n\r\n', ['space-before-colon@18 A : b']],
    ['whitespace before the first field', ' A: b\r\nContent-Length: 0\r\n\r\n', ['leading-space@17  A: b']],
    ['a line without a colon', 'hello\r\nContent-Length: 0\r\n\r\n', ['no-colon@17 hello']],
    ['a field without a name', ': b\r\nContent-Length: 0\r\n\r\n', ['field-name-empty@17 : b']],
  ])('with %s goes on, and the place is noted', (_, rest, wanted) => {
    const reader = readText(`${ok}${rest}`)
    expect(problemsOf(reader)).toEqual(wanted)
    expect(reader.response()).toMatchObject({ complete: true, framing: 'content-length' })
  })

  test('joins a folded line to its field by one space and cuts the name before whitespace', () => {
    expect(readText(`${ok}A : b\r\n\t c\r\nContent-Length: 0\r\n\r\n`).response()?.fields[0]).toEqual({
      name: 'A',
      value: 'b c',
    })
  })

  test('in which every line ends in a bare LF is read to its end', () => {
    const reader = readText('HTTP/1.1 200 OK\nContent-Length: 2\n\nhi')
    expect(bodyOf(reader)).toBe('hi')
    expect(problemsOf(reader).map((line) => line.split('@')[0])).toEqual(['bare-lf', 'bare-lf', 'bare-lf'])
  })

  test('with a problem on each of very many lines keeps a bounded number of them', () => {
    const reader = readText(`${ok}${'x\r\n'.repeat(1000)}\r\n`)
    expect(reader.response()?.problems).toHaveLength(problemsPerCode)
  })

  test('longer than the limit ends the reading at exactly the limit', () => {
    const head = `${ok}Content-Length: 0\r\n\r\n`
    expect(readText(head, { maxHeadBytes: head.length }).response()).toMatchObject({ status: 200 })
    const reader = readText(head, { maxHeadBytes: head.length - 1, open: true })
    expect(reader).toMatchObject({ done: true, trouble: { kind: 'head-too-large', phase: 'head' } })
    expect(reader.response()).toBeUndefined()
  })

  test('that is preceded by interim responses without end runs into the same limit', () => {
    const reader = readText('HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000), { maxHeadBytes: 1000, open: true })
    expect(reader.trouble).toMatchObject({ kind: 'head-too-large' })
    expect(reader.interim.length).toBeLessThan(50)
  })
})

describe('what is no response', () => {
  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', '"SSH-2.0-OpenSSH_9.2\\r"'],
    [
      'content without a head, as HTTP/0.9 had it',
      '<html><body>hello</body></html>\n',
      '"<html><body>hello</body></html>"',
    ],
    ['binary', '\x15\x03\x01\x00\x02\x02\x0a', '"\\x15\\x03\\x01\\0\\x02\\x02"'],
  ])('because it is %s ends at the first line, and the line is shown', (_, text, shown) => {
    const reader = readText(text, { open: true })
    expect(reader.trouble).toMatchObject({ kind: 'not-http', phase: 'head' })
    expect(reader.trouble?.message).toContain(shown)
    expect(reader.response()).toBeUndefined()
  })

  test('because its status line holds no number is told as such', () => {
    const reader = readText('HTTP/1.1 fine\r\n\r\n', { open: true })
    expect(reader.trouble?.message).toBe('the status line holds no status code: "HTTP/1.1 fine\\r"')
  })

  test('and is too short to tell is suspected, and given up on demand', () => {
    const reader = readText('nope', { open: true })
    expect(reader).toMatchObject({ suspect: true, done: false })
    reader.giveUpSuspect()
    expect(reader.trouble).toMatchObject({ kind: 'not-http' })
  })
})

describe('interim responses', () => {
  test('are collected, and the offsets of problems count them', () => {
    const reader = readText(`HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n${ok}bad\r\n\r\n`)
    expect(reader.interim).toMatchObject([
      { status: 103, reason: 'Early Hints', fields: [{ name: 'Link', value: '<a>' }] },
    ])
    expect(reader.response()).toMatchObject({ status: 200 })
    expect(problemsOf(reader)).toEqual(['no-colon@56 bad'])
  })

  test('do not count 101, which ends HTTP on the connection, so that what follows is no problem', () => {
    const reader = readText('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nanything', { open: true })
    expect(reader.response()).toMatchObject({ status: 101, framing: 'none', complete: true, problems: [] })
  })
})
