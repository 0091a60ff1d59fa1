import { expect, test } from 'vitest'
import { parseCookieDate } from './cookie-date.ts'

test.each([
  'Sun, 06 Nov 1994 08:49:37 GMT',
  'Sun, 06-Nov-1994 08:49:37 GMT',
  'Sunday, 06-Nov-94 08:49:37 GMT',
  'Sun Nov  6 08:49:37 1994',
  '1994 6 november 8:49:37',
])('%s is a date to a browser', (text) => {
  // The last one begins with the year, which has four digits and so is no day of the month.
  expect(parseCookieDate(text)).toBe(Date.parse('1994-11-06T08:49:37Z'))
})

test('two-digit years below 70 are of this century', () => {
  expect(parseCookieDate('01 Jan 69 00:00:00')).toBe(Date.parse('2069-01-01T00:00:00Z'))
})

test.each(['', '0', 'tomorrow', '1994-11-06T08:49:37Z', 'Sun, 31 Feb 2025 00:00:00 GMT', '1 Jan 1500 00:00:00'])(
  '%j is no date to a browser',
  (text) => {
    expect(parseCookieDate(text)).toBeUndefined()
  },
)
