import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf, daysIn, isLeapYear, iso, plusDays, plusMonths, plusYears } from './calendar.ts'

const days = fc
  .tuple(fc.integer({ min: 1900, max: 2200 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
  .map(([year, month, day]) => ({ year, month, day: Math.min(day, daysIn(year, month)) }))

test.each([
  [2024, true],
  [2023, false],
  [2000, true],
  [2100, false],
  [1900, false],
])('%i is a leap year: %s', (year, leap) => {
  expect(isLeapYear(year)).toBe(leap)
  expect(daysIn(year, 2)).toBe(leap ? 29 : 28)
})

test.each([
  ['2024-02-29', 1, '2025-02-28'],
  ['2023-02-28', 1, '2024-02-28'],
  ['2024-02-29', 4, '2028-02-29'],
  ['2096-02-29', 4, '2100-02-28'],
  ['2024-12-31', 1, '2025-12-31'],
])('%s and %i years is %s', (from, years, to) => {
  const day = dayOf(from)
  expect(day && iso(plusYears(day, years))).toBe(to)
})

test.each([
  ['2024-01-31', 1, '2024-02-29'],
  ['2023-01-31', 1, '2023-02-28'],
  ['2023-12-15', 1, '2024-01-15'],
  ['2024-03-31', -1, '2024-02-29'],
  ['2024-01-10', -13, '2022-12-10'],
])('%s and %i months is %s', (from, months, to) => {
  const day = dayOf(from)
  expect(day && iso(plusMonths(day, months))).toBe(to)
})

test('a day that the calendar does not have is none', () => {
  for (const text of ['2023-02-29', '2100-02-29', '2024-13-01', '2024-00-10', '2024-04-31', '24-04-30', 'today'])
    expect(dayOf(text)).toBeUndefined()
})

test('a month later is always the next month, on the same day or its last', () => {
  fc.assert(
    fc.property(days, (day) => {
      const next = plusMonths(day, 1)
      expect(next.year * 12 + next.month - (day.year * 12 + day.month)).toBe(1)
      expect(next.day === day.day || (next.day < day.day && next.day === daysIn(next.year, next.month))).toBe(true)
    }),
  )
})

test('days go forward and back without a loss, over every February', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -2_000, max: 2_000 }), (day, count) => {
      expect(plusDays(plusDays(day, count), -count)).toEqual(day)
      expect(dayOf(iso(plusDays(day, count)))).toBeDefined()
    }),
  )
})
