import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf } from '../../../fixtures/servers/raw.ts'
import type { Reading } from '../../../fixtures/wire/read-response.ts'
import { ok, readPieces } from '../../../fixtures/wire/read-response.ts'
import type { ResponseReader } from './response-reader.ts'

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
