import { expect, test } from 'vitest'
import { dayOf } from './calendar.ts'
import type { DateClass, Moment } from './moments.ts'
import { ordinaryMoments, sweep } from './moments.ts'
import { shown } from './zone.ts'

const years = [2000, 2023, 2024, 2100]

function days(moments: readonly Moment[], dateClass: DateClass, zone = 'UTC'): string[] {
  return moments.filter((each) => each.dateClass === dateClass).map(({ at }) => shown(zone, at).slice(0, 19))
}

test('leap days are tried at both ends and at noon, in leap years alone: 2100 has none', () => {
  const all = days(sweep({ zone: 'UTC', years }), 'leap-day')
  expect(all).toEqual(
    ['2000-02-29', '2024-02-29'].flatMap((day) => [`${day} 00:00:05`, `${day} 12:00:00`, `${day} 23:59:50`]),
  )
})

test('the days around are tried in every year, and both sides of every midnight of the year', () => {
  const all = sweep({ zone: 'UTC', years: [2023, 2100] })
  expect(days(all, 'february-end')).toEqual([
    '2023-02-28 12:00:00',
    '2023-03-01 12:00:00',
    '2100-02-28 12:00:00',
    '2100-03-01 12:00:00',
  ])
  expect(days(all, 'year-end').slice(0, 3)).toEqual([
    '2023-12-31 12:00:00',
    '2023-12-31 23:59:55',
    '2024-01-01 00:00:01',
  ])
})

test('the hours around a change of the clocks are tried in the zone that is given, and none where it has none', () => {
  const all = sweep({ zone: 'Europe/Berlin', years })
  expect(days(all, 'dst-gap', 'Europe/Berlin')).toEqual([
    '2024-03-31 01:00:00',
    '2024-03-31 01:59:55',
    '2024-03-31 03:00:01',
    '2024-03-31 04:00:00',
  ])
  expect(days(all, 'dst-overlap', 'Europe/Berlin')).toEqual([
    '2024-10-27 02:00:00',
    '2024-10-27 02:59:55',
    '2024-10-27 02:00:01',
    '2024-10-27 03:00:00',
  ])
  expect(days(sweep({ zone: 'UTC', years }), 'dst-gap')).toEqual([])
})

test('2038 is tried on both sides of 03:14:07 UTC', () => {
  expect(days(sweep({ zone: 'UTC', years }), 'year-2038')).toEqual(['2038-01-19 03:14:06', '2038-01-19 03:14:09'])
})

test('a certificate is tried a second before and a second after its end, and no date lies outside of its time', () => {
  const at = (text: string): number => Date.parse(text) / 1_000
  const certificate = { name: '/srv/tls/server.crt', from: at('2024-01-01T00:00:00Z'), to: at('2027-06-15T12:00:00Z') }
  const all = sweep({ zone: 'UTC', years, certificates: [certificate] })
  expect(days(all, 'expiry')).toEqual(['2027-06-15 11:59:59', '2027-06-15 12:00:01'])
  expect(all.every(({ at: each }) => each >= certificate.from && each <= certificate.to + 1)).toBe(true)
  expect(days(all, 'leap-day')).toHaveLength(3)
  for (const { at: each } of ordinaryMoments('UTC', { certificates: [certificate] })) {
    expect(each).toBeGreaterThan(certificate.from)
    expect(each).toBeLessThan(certificate.to)
  }
})

test('days and classes that are asked for are the only ones', () => {
  const asked = { zone: 'UTC', years: [2023, 2024], from: dayOf('2024-01-01'), until: dayOf('2024-02-29') }
  const all = sweep(asked)
  expect(new Set(all.map(({ dateClass }) => dateClass))).toEqual(new Set(['year-end', 'february-end', 'leap-day']))
  expect(days(all, 'leap-day').at(-1)).toBe('2024-02-29 23:59:50')
  expect(days(all, 'february-end')).toEqual(['2024-02-28 12:00:00'])
  expect(sweep({ ...asked, classes: ['leap-day'] })).toHaveLength(3)
})

test('a range without years has its own, and one that is open has five, among them a leap year', () => {
  const leapDays = (range: object): string[] => [
    ...new Set(days(sweep({ zone: 'UTC', ...range }), 'leap-day').map((each) => each.slice(0, 10))),
  ]
  expect(leapDays({ from: dayOf('2027-01-01'), until: dayOf('2032-12-31') })).toEqual(['2028-02-29', '2032-02-29'])
  expect(leapDays({ from: dayOf('2025-06-01') })).toEqual(['2028-02-29'])
  expect(leapDays({ until: dayOf('2024-03-01') })).toEqual(['2020-02-29', '2024-02-29'])
  expect(leapDays({})).toEqual(['2000-02-29', '2024-02-29'])
})
