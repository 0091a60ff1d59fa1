import { describe, expect, test } from 'vitest'
import { bodyOf, ok, problemsOf, readText } from '../../../fixtures/wire/read-response.ts'

describe('chunked content', () => {
  const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`
  const at = chunked.length

  test('is joined; extensions are passed over and trailers kept', () => {
    const reader = readText(`${chunked}3;a=b\r\nabc\r\n2 ; c="d"\r\nde\r\n0\r\nX-Sum: 1\r\n\r\n`, { open: true })
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
    const reader = readText(`${chunked}${rest}`, { open: true })
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
    const reader = readText(`${chunked}${rest}`, { open: true })
    expect(reader.trouble).toMatchObject({ kind: 'protocol', phase: 'body' })
    expect(problemsOf(reader)).toEqual([`chunk-size-malformed@${at} ${shown}`])
    expect(reader.response()).toMatchObject({ complete: false })
  })

  test('whose data is longer than its size shows the rest where the next size should stand', () => {
    const reader = readText(`${chunked}3\r\nabcdef!\r\n0\r\n\r\n`, { open: true })
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
    const reader = readText(`${chunked}${rest}`)
    expect(problemsOf(reader)).toEqual([`body-short@${at + rest.length} `])
    expect(reader.trouble).toMatchObject({ kind: 'closed-early', phase: 'body' })
    expect(bodyOf(reader)).toBe('abc')
  })

  test('with an endless size line or endless trailers ends at a limit', () => {
    expect(readText(`${chunked}3;${'a'.repeat(20_000)}`, { open: true }).trouble).toMatchObject({ kind: 'protocol' })
    const trailers = `${chunked}0\r\n${'A: b\r\n'.repeat(2000)}`
    expect(readText(trailers, { open: true }).trouble).toMatchObject({ kind: 'head-too-large', phase: 'body' })
  })

  test('beside a Content-Length is read as chunked, and both are noted', () => {
    const reader = readText(`${ok}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`, {
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
    const reader = readText(`${ok}Transfer-Encoding: ${coding}\r\n\r\n0\r\n\r\n`)
    expect(problemsOf(reader)).toEqual([`transfer-encoding-unknown@17 Transfer-Encoding: ${coding}`])
    expect(reader.response()).toMatchObject({ framing, complete: true })
  })
})
