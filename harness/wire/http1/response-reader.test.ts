import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WireProblem } from '../exchange.ts'
import { problemsPerCode } from './problems.ts'
import { ResponseReader } from './response-reader.ts'

interface Reading {
  readonly method?: string
  readonly maxHeadBytes?: number
  readonly maxBodyBytes?: number
  /** The connection stays open after the bytes. */
  readonly open?: boolean
}

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1')

function readPieces(pieces: readonly Uint8Array[], given: Reading = {}): ResponseReader {
  const { method = 'GET', maxHeadBytes = 4096, maxBodyBytes = 4096, open = false } = given
  const reader = new ResponseReader({ method, maxHeadBytes, maxBodyBytes })
  for (const piece of pieces) reader.push(piece)
  if (!open) reader.end('closed')
  return reader
}

const read = (text: string, given: Reading = {}): ResponseReader => readPieces([bytesOf(text)], given)

/** Problems as `code@offset excerpt`, which reads well in a failure. */
const problemsOf = (reader: ResponseReader): string[] =>
  (reader.response()?.problems ?? []).map(({ code, offset, excerpt }: WireProblem) => `${code}@${offset} ${excerpt}`)

const bodyOf = (reader: ResponseReader): string => Buffer.from(reader.response()?.body ?? []).toString('latin1')

const ok = 'HTTP/1.1 200 OK\r\n'

describe('a head', () => {
  test('keeps its field lines in order, with their case, duplicates and latin-1 bytes, and its raw bytes', () => {
    const head = `${ok}Set-Cookie: a\r\nset-cookie:b \r\nX-Name: caf\xe9\r\nEmpty:\r\nContent-Length: 0\r\n\r\n`
    const reader = read(head)
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
    const reader = read(`${line}Content-Length: 0\r\n\r\n`)
    expect(reader.response()).toMatchObject(wanted)
    expect(problemsOf(reader)).toEqual([`status-line-malformed@0 ${line.trim()}`])
  })

  test('that claims HTTP/0.9 is noted', () => {
    expect(problemsOf(read('HTTP/0.9 200 OK\r\nContent-Length: 0\r\n\r\n'))).toEqual(['http-09@0 HTTP/0.9 200 OK'])
  })

  test('after blank lines is read and noted where they begin', () => {
    const reader = read(`\r\n\r\n${ok}Content-Length: 0\r\n\r\n`)
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
    const reader = read(`${ok}${rest}`)
    expect(problemsOf(reader)).toEqual(wanted)
    expect(reader.response()).toMatchObject({ complete: true, framing: 'content-length' })
  })

  test('joins a folded line to its field by one space and cuts the name before whitespace', () => {
    expect(read(`${ok}A : b\r\n\t c\r\nContent-Length: 0\r\n\r\n`).response()?.fields[0]).toEqual({
      name: 'A',
      value: 'b c',
    })
  })

  test('in which every line ends in a bare LF is read to its end', () => {
    const reader = read('HTTP/1.1 200 OK\nContent-Length: 2\n\nhi')
    expect(bodyOf(reader)).toBe('hi')
    expect(problemsOf(reader).map((line) => line.split('@')[0])).toEqual(['bare-lf', 'bare-lf', 'bare-lf'])
  })

  test('with a problem on each of very many lines keeps a bounded number of them', () => {
    const reader = read(`${ok}${'x\r\n'.repeat(1000)}\r\n`)
    expect(reader.response()?.problems).toHaveLength(problemsPerCode)
  })

  test('longer than the limit ends the reading at exactly the limit', () => {
    const head = `${ok}Content-Length: 0\r\n\r\n`
    expect(read(head, { maxHeadBytes: head.length }).response()).toMatchObject({ status: 200 })
    const reader = read(head, { maxHeadBytes: head.length - 1, open: true })
    expect(reader).toMatchObject({ done: true, trouble: { kind: 'head-too-large', phase: 'head' } })
    expect(reader.response()).toBeUndefined()
  })

  test('that is preceded by interim responses without end runs into the same limit', () => {
    const reader = read('HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000), { maxHeadBytes: 1000, open: true })
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
    const reader = read(text, { open: true })
    expect(reader.trouble).toMatchObject({ kind: 'not-http', phase: 'head' })
    expect(reader.trouble?.message).toContain(shown)
    expect(reader.response()).toBeUndefined()
  })

  test('because its status line holds no number is told as such', () => {
    const reader = read('HTTP/1.1 fine\r\n\r\n', { open: true })
    expect(reader.trouble?.message).toBe('the status line holds no status code: "HTTP/1.1 fine\\r"')
  })

  test('and is too short to tell is suspected, and given up on demand', () => {
    const reader = read('nope', { open: true })
    expect(reader).toMatchObject({ suspect: true, done: false })
    reader.giveUpSuspect()
    expect(reader.trouble).toMatchObject({ kind: 'not-http' })
  })
})

describe('interim responses', () => {
  test('are collected, and the offsets of problems count them', () => {
    const reader = read(`HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n${ok}bad\r\n\r\n`)
    expect(reader.interim).toMatchObject([
      { status: 103, reason: 'Early Hints', fields: [{ name: 'Link', value: '<a>' }] },
    ])
    expect(reader.response()).toMatchObject({ status: 200 })
    expect(problemsOf(reader)).toEqual(['no-colon@56 bad'])
  })

  test('do not count 101, which ends HTTP on the connection, so that what follows is no problem', () => {
    const reader = read('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nanything', { open: true })
    expect(reader.response()).toMatchObject({ status: 101, framing: 'none', complete: true, problems: [] })
  })
})

describe('content of a given length', () => {
  test('ends there, and what follows is noted with its place', () => {
    const reader = read(`${ok}Content-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK`, { open: true })
    expect(bodyOf(reader)).toBe('hello')
    expect(reader.response()).toMatchObject({ complete: true, framing: 'content-length', bodyBytes: 5 })
    expect(problemsOf(reader)).toEqual(['extra-bytes@43 HTTP/1.1 200 OK'])
  })

  test('that does not come whole is noted and is trouble', () => {
    const reader = read(`${ok}Content-Length: 10\r\n\r\nhello`)
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
    const reader = read(`${ok}${fields}\r\nhi`)
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
    expect(read(head, { method, open: true }).response()).toMatchObject({
      framing: 'none',
      complete: true,
      problems: [],
    })
    const reader = read(`${head}hello`, { method, open: true })
    expect(problemsOf(reader)).toEqual([`body-not-allowed@${head.length} hello`])
    expect(bodyOf(reader)).toBe('')
  })
})

describe('content that ends with the connection', () => {
  test('is whole when the connection ends in order', () => {
    expect(read(`${ok}\r\nhello`).response()).toMatchObject({ framing: 'close', complete: true, bodyBytes: 5 })
  })

  test('is not whole when the connection breaks', () => {
    const reader = read(`${ok}\r\nhello`, { open: true })
    reader.end('reset')
    expect(reader.response()).toMatchObject({ complete: false })
    expect(reader.trouble).toMatchObject({ kind: 'closed-early', phase: 'body' })
  })
})

describe('chunked content', () => {
  const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`
  const at = chunked.length

  test('is joined; extensions are passed over and trailers kept', () => {
    const reader = read(`${chunked}3;a=b\r\nabc\r\n2 ; c="d"\r\nde\r\n0\r\nX-Sum: 1\r\n\r\n`, { open: true })
    expect(bodyOf(reader)).toBe('abcde')
    expect(reader.response()).toMatchObject({
      framing: 'chunked',
      complete: true,
      trailers: [{ name: 'X-Sum', value: '1' }],
      problems: [],
    })
  })

  test.each([
    ['a size with a space after it', '3 \r\nabc\r\n0\r\n\r\n', [`chunk-size-malformed@${at} 3 \\r\\n`]],
    ['a size line that ends in a bare LF', '3\nabc\r\n0\r\n\r\n', [`bare-lf@${at + 1} 3\\n`]],
    ['data that ends in a bare LF', '3\r\nabc\n0\r\n\r\n', [`chunk-delimiter-malformed@${at + 6} \\n`]],
    ['data without its line end', '3\r\nabc0\r\n\r\n', [`chunk-delimiter-malformed@${at + 6} 0\\r\\n`]],
    ['a trailer without a colon', '3\r\nabc\r\n0\r\nbad\r\n\r\n', [`no-colon@${at + 11} bad`]],
    ['a blank trailer section ended by a bare LF', '3\r\nabc\r\n0\r\n\n', [`bare-lf@${at + 11} \\n`]],
  ])('with %s is read on, and the place is noted', (_, rest, wanted) => {
    const reader = read(`${chunked}${rest}`, { open: true })
    expect(problemsOf(reader)).toEqual(wanted)
    expect(bodyOf(reader)).toBe('abc')
    expect(reader.complete).toBe(true)
  })

  test.each([
    ['is no number', 'xyz\r\n', 'xyz\\r\\n'],
    ['has a prefix', '0x3\r\nabc\r\n', '0x3\\r\\n'],
    ['is larger than a number can say', 'fffffffffffffffff\r\nabc', 'fffffffffffffffff\\r\\n'],
    ['is empty', '\r\nabc', '\\r\\n'],
  ])('whose size %s cannot be read on', (_, rest, shown) => {
    const reader = read(`${chunked}${rest}`, { open: true })
    expect(reader.trouble).toMatchObject({ kind: 'protocol', phase: 'body' })
    expect(problemsOf(reader)).toEqual([`chunk-size-malformed@${at} ${shown}`])
    expect(reader.response()).toMatchObject({ complete: false })
  })

  test('whose data is longer than its size shows the rest where the next size should stand', () => {
    const reader = read(`${chunked}3\r\nabcdef!\r\n0\r\n\r\n`, { open: true })
    expect(problemsOf(reader)).toEqual([
      `chunk-delimiter-malformed@${at + 6} def!\\r\\n`,
      `chunk-size-malformed@${at + 6} def!\\r\\n`,
    ])
  })

  test.each([
    ['in a chunk', '5\r\nabc'],
    ['before the last chunk', '3\r\nabc\r\n'],
    ['before the end of the trailers', '3\r\nabc\r\n0\r\nA: b\r\n'],
  ])('that stops %s is short', (_, rest) => {
    const reader = read(`${chunked}${rest}`)
    expect(problemsOf(reader)).toEqual([`body-short@${at + rest.length} `])
    expect(reader.trouble).toMatchObject({ kind: 'closed-early', phase: 'body' })
    expect(bodyOf(reader)).toBe('abc')
  })

  test('with an endless size line or endless trailers ends at a limit', () => {
    expect(read(`${chunked}3;${'a'.repeat(20_000)}`, { open: true }).trouble).toMatchObject({ kind: 'protocol' })
    const trailers = `${chunked}0\r\n${'A: b\r\n'.repeat(2000)}`
    expect(read(trailers, { open: true }).trouble).toMatchObject({ kind: 'head-too-large', phase: 'body' })
  })

  test('beside a Content-Length is read as chunked, and both are noted', () => {
    const reader = read(`${ok}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`, {
      open: true,
    })
    expect(problemsOf(reader)).toEqual(['content-length-with-transfer-encoding@17 Content-Length: 3'])
    expect(reader.response()).toMatchObject({ framing: 'chunked', complete: true })
  })

  test.each([
    ['an unknown coding', 'xchunked', 'close'],
    ['chunked before another coding', 'chunked, gzip', 'close'],
    ['chunked twice', 'chunked, chunked', 'chunked'],
  ])('declared as %s is noted', (_, coding, framing) => {
    const reader = read(`${ok}Transfer-Encoding: ${coding}\r\n\r\n0\r\n\r\n`)
    expect(problemsOf(reader)).toEqual([`transfer-encoding-unknown@17 Transfer-Encoding: ${coding}`])
    expect(reader.response()).toMatchObject({ framing, complete: true })
  })
})

describe('content past the limit', () => {
  test.each([
    ['of a given length', `${ok}Content-Length: 100\r\n\r\n`],
    ['up to the end of the connection', `${ok}\r\n`],
    ['in chunks', `${ok}Transfer-Encoding: chunked\r\n\r\n64\r\n`],
  ])('%s is cut off there, without trouble', (_, head) => {
    const reader = read(`${head}${'a'.repeat(100)}`, { maxBodyBytes: 10, open: true })
    expect(reader).toMatchObject({ done: true, trouble: undefined })
    expect(reader.response()).toMatchObject({ cutOff: true, complete: false, bodyBytes: 11 })
    expect(bodyOf(reader)).toBe('a'.repeat(10))
  })

  test('is not what content of exactly the limit has', () => {
    const reader = read(`${ok}Content-Length: 10\r\n\r\n${'a'.repeat(10)}`, { maxBodyBytes: 10, open: true })
    expect(reader.response()).toMatchObject({ cutOff: false, complete: true })
  })
})

describe('for any bytes at all', () => {
  const fragment = fc.oneof(
    fc.constantFrom(
      'HTTP/1.1 200 OK',
      'HTTP/1.1 100 Continue',
      'HTTP/1.1 204 No Content',
      'HTTP/1.0 404',
      '\r\n',
      '\n',
      '\r',
      '\r\n\r\n',
      'Content-Length: 5',
      'Content-Length: 0',
      'Transfer-Encoding: chunked',
      ': ',
      ' ',
      '\t',
      '0\r\n',
      '5\r\nhello\r\n',
      '3;x\r\nabc',
      'A: b\r\n',
      'fold',
      '\0',
      '\x80\xff',
    ),
    fc.string({ unit: 'binary-ascii', maxLength: 12 }),
  )
  const begun = fc.constantFrom('', ok, `${ok}Content-Length: 5\r\n\r\n`, `${ok}Transfer-Encoding: chunked\r\n\r\n`)
  const wire = fc
    .tuple(begun, fc.array(fragment, { maxLength: 24 }))
    .map(([start, parts]) => bytesOf(`${start}${parts.join('')}`))
  const method = fc.constantFrom('GET', 'HEAD')

  const toldBy = (reader: ResponseReader): unknown => ({
    response: reader.response(),
    interim: reader.interim,
    trouble: reader.trouble,
    phase: reader.phase,
    // Of what is no response, more is taken than is needed to say so.
    received: reader.trouble?.kind === 'not-http' ? undefined : reader.received,
    flags: [reader.done, reader.complete, reader.suspect, reader.closes],
  })

  test('the same bytes in other packets are the same response', () => {
    fc.assert(
      fc.property(wire, method, fc.array(fc.nat(300)), fc.boolean(), (bytes, asked, cuts, open) => {
        const given: Reading = { method: asked, maxHeadBytes: 120, maxBodyBytes: 12, open }
        const ends = [...cuts.filter((cut) => cut < bytes.length), bytes.length].toSorted((a, b) => a - b)
        const pieces = ends.map((end, index) => bytes.slice(index === 0 ? 0 : ends[index - 1], end))
        const whole = toldBy(readPieces([bytes], given))
        expect(toldBy(readPieces(pieces, given))).toEqual(whole)
        const single = Array.from(bytes, (byte) => Uint8Array.of(byte))
        expect(toldBy(readPieces(single, given))).toEqual(whole)
      }),
      { numRuns: 500 },
    )
  })

  test('the limits hold, problems lie inside the bytes, and excerpts are printable and short', () => {
    fc.assert(
      fc.property(wire, method, (bytes, asked) => {
        const reader = readPieces([bytes], { method: asked, maxHeadBytes: 100, maxBodyBytes: 8 })
        expect(reader.done).toBe(true)
        const response = reader.response()
        expect(response === undefined && reader.trouble === undefined).toBe(false)
        expect(response?.raw.length ?? 0).toBeLessThanOrEqual(100)
        expect(response?.body.length ?? 0).toBeLessThanOrEqual(8)
        expect(response?.complete ?? false).toBe(reader.trouble === undefined && response?.cutOff === false)
        for (const { offset, excerpt } of response?.problems ?? []) {
          expect(offset).toBeLessThanOrEqual(bytes.length)
          expect(excerpt).toMatch(/^[ -~]{0,80}$/)
        }
      }),
      { numRuns: 500 },
    )
  })
})
