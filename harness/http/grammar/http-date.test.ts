import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatAsctime, formatHttpDate, formatRfc850, parseHttpDate, readHttpDate } from './http-date.ts'

const now = Date.parse('2026-01-01T00:00:00Z')
const instant = Date.parse('1994-11-06T08:49:37Z')

test.each([
  ['Sun, 06 Nov 1994 08:49:37 GMT', 'imf-fixdate'],
  ['Sunday, 06-Nov-94 08:49:37 GMT', 'rfc850-date'],
  ['Sun Nov  6 08:49:37 1994', 'asctime-date'],
])('%s is an HTTP-date in the form %s', (text, form) => {
  expect(parseHttpDate(text, now)).toEqual({ form, ms: instant })
})

test('a time is written in the two obsolete forms as the RFC shows them', () => {
  expect(formatRfc850(instant)).toBe('Sunday, 06-Nov-94 08:49:37 GMT')
  expect(formatAsctime(instant)).toBe('Sun Nov  6 08:49:37 1994')
  expect(formatAsctime(Date.parse('2026-11-21T00:00:09Z'))).toBe('Sat Nov 21 00:00:09 2026')
})

test('a two-digit year more than fifty years ahead lies in the past', () => {
  expect(parseHttpDate('Saturday, 01-Jan-77 00:00:00 GMT', now)?.ms).toBe(Date.parse('1977-01-01T00:00:00Z'))
  expect(parseHttpDate('Friday, 01-Jan-27 00:00:00 GMT', now)?.ms).toBe(Date.parse('2027-01-01T00:00:00Z'))
})

test.each([
  '',
  '0',
  'Sun, 06 Nov 1994 08:49:37 UTC',
  'sun, 06 nov 1994 08:49:37 gmt',
  'Sun, 6 Nov 1994 08:49:37 GMT',
  'Sun, 30 Feb 2025 08:49:37 GMT',
  'Sun, 00 Nov 1994 08:49:37 GMT',
  'Sun, 06 Nov 1994 24:00:00 GMT',
  '1994-11-06T08:49:37Z',
])('%j is no HTTP-date', (text) => {
  expect(parseHttpDate(text, now)).toBeUndefined()
})

test('a cache reads a date in any case, which is no HTTP-date for that, and nothing else more', () => {
  const ms = Date.UTC(1994, 10, 6, 8, 49, 37)
  expect(readHttpDate('SUN, 06 NOV 1994 08:49:37 GMT', now)).toEqual({ form: 'imf-fixdate', ms })
  expect(readHttpDate('sunday, 06-nov-94 08:49:37 gmt', now)).toEqual({ form: 'rfc850-date', ms })
  expect(readHttpDate('sun nov  6 08:49:37 1994', now)).toEqual({ form: 'asctime-date', ms })
  expect(readHttpDate('0', now)).toBeUndefined()
  expect(readHttpDate('sun, 30 feb 2025 08:49:37 gmt', now)).toBeUndefined()
})

test('every whole second of four-digit years survives writing and reading', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1000, 0) / 1000, max: Date.UTC(9999, 11) / 1000 }), (seconds) => {
      expect(parseHttpDate(formatHttpDate(seconds * 1000), now)).toEqual({ form: 'imf-fixdate', ms: seconds * 1000 })
    }),
  )
})
