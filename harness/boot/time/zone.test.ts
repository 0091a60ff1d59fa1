import { expect, test } from 'vitest'
import { demandZone, instantOf, offsetAt, shown, transitionsIn } from './zone.ts'

const at = (text: string): number => Date.parse(text) / 1_000

test('Berlin goes forward on the last Sunday of March at 01:00 UTC, and back in October', () => {
  expect(transitionsIn('Europe/Berlin', 2024)).toEqual([
    { at: at('2024-03-31T01:00:00Z'), before: 3_600, after: 7_200 },
    { at: at('2024-10-27T01:00:00Z'), before: 7_200, after: 3_600 },
  ])
})

test('New York changes at two in the morning of its own time', () => {
  const turns = transitionsIn('America/New_York', 2024)
  expect(turns.map(({ at: turn }) => shown('America/New_York', turn - 1))).toEqual([
    '2024-03-10 01:59:59 -0500',
    '2024-11-03 01:59:59 -0400',
  ])
})

test('Lord Howe changes by half an hour, and UTC never', () => {
  const [first] = transitionsIn('Australia/Lord_Howe', 2024)
  expect(first && Math.abs(first.after - first.before)).toBe(1_800)
  expect(transitionsIn('UTC', 2024)).toEqual([])
})

test('a local time has its instant, on both sides of a change', () => {
  const berlin = (hour: number, minute = 0): number =>
    instantOf('Europe/Berlin', { year: 2024, month: 3, day: 31 }, hour * 3_600 + minute * 60)
  expect(berlin(1, 59)).toBe(at('2024-03-31T00:59:00Z'))
  expect(berlin(3, 1)).toBe(at('2024-03-31T01:01:00Z'))
  const overlap = instantOf('Europe/Berlin', { year: 2024, month: 10, day: 27 }, 9_000)
  expect(overlap).toBe(at('2024-10-27T00:30:00Z'))
  expect(offsetAt('Asia/Kolkata', at('2024-02-29T00:00:00Z'))).toBe(19_800)
})

test('a zone that nobody knows is told with its place', () => {
  expect(() => demandZone('boot.dates[0].zone', 'Europe/Berlyn')).toThrow(/boot\.dates\[0\]\.zone.*Europe\/Berlyn/)
})
