import type { Day } from './calendar.ts'
import { isLeapYear, plusDays } from './calendar.ts'
import { instantOf, transitionsIn } from './zone.ts'

/** What makes a moment worth trying. */
export const dateClasses = {
  ordinary: 'an ordinary day',
  'leap-day': 'leap day',
  'february-end': 'end of February',
  'year-end': 'end of the year',
  'dst-gap': 'daylight saving begins: an hour is missing',
  'dst-overlap': 'daylight saving ends: an hour comes twice',
  'year-2038': 'seconds since 1970 leave 32 bits',
  expiry: 'a certificate ends',
} as const

export type DateClass = keyof typeof dateClasses

/** An instant that is tried, and why. */
export interface Moment {
  readonly dateClass: DateClass
  /** Seconds since 1970 UTC. */
  readonly at: number
  /** A turn that comes soon after it: what takes longer was not tried before the turn. */
  readonly until?: number
  /** Name of the certificate whose end it is. */
  readonly certificate?: string
}

/** When a certificate is valid, in seconds since 1970. */
export interface Validity {
  readonly name: string
  readonly from: number
  readonly to: number
}

export interface SweepRange {
  readonly zone: string
  /** Those of the range unless said, and leap years and common ones of all kinds where there is no range. */
  readonly years?: readonly number[] | undefined
  /** First and last day that are tried, both included. */
  readonly from?: Day | undefined
  readonly until?: Day | undefined
  /** Classes that are tried; all when left out. */
  readonly classes?: readonly DateClass[] | undefined
  readonly certificates?: readonly Validity[]
}

/** The first second that a signed number of 32 bits cannot count. */
const beyond32Bits = 2 ** 31

const noon = 43_200

/** Days on which nothing is special in any zone. */
const ordinaryDays: readonly Day[] = [
  { year: 2023, month: 5, day: 17 },
  { year: 2026, month: 9, day: 9 },
]

/**
 * Ordinary days, at another hour each: what fails there does not work at all. Where a certificate is not valid on any of
 * them, two moments in the time that all of them share.
 */
export function ordinaryMoments(
  zone: string,
  { days = ordinaryDays, certificates = [] }: { days?: readonly Day[]; certificates?: readonly Validity[] } = {},
): readonly Moment[] {
  const at = days.map((day, index) => instantOf(zone, day, noon + index * 8_100))
  const valid = at.filter((each) => isValid(each, certificates))
  const [from, to] = [
    Math.max(...certificates.map((each) => each.from)),
    Math.min(...certificates.map((each) => each.to)),
  ]
  const chosen = valid.length > 0 ? valid : [from + (to - from) / 2, from + ((to - from) / 8) * 5].map(Math.floor)
  return chosen.map((each) => ({ dateClass: 'ordinary', at: each }))
}

/**
 * The moments of a sweep, oldest first. Before certificates were issued nothing could have run, and after the first has
 * ended everything would only tell that once more: of those times there are none but the two around its end.
 */
export function sweep(range: SweepRange): readonly Moment[] {
  const { zone, from, until, classes, certificates = [] } = range
  const years = yearsOf(range)
  const all = [
    ...years.flatMap((year) => [...februaryOf(zone, year), ...yearEndOf(zone, year)]),
    ...clockChanges(zone, years),
    { dateClass: 'year-2038' as const, at: beyond32Bits - 2, until: beyond32Bits },
    { dateClass: 'year-2038' as const, at: beyond32Bits + 1 },
  ].filter(({ at }) => isValid(at, certificates))
  const begin = from === undefined ? -Infinity : instantOf(zone, from)
  const end = until === undefined ? Infinity : instantOf(zone, plusDays(until, 1))
  return [...all, ...certificates.flatMap(endOf)]
    .filter(({ at, dateClass }) => at >= begin && at < end && (classes === undefined || classes.includes(dateClass)))
    .toSorted((a, b) => a.at - b.at)
}

/** A range that is open on one side has five years, so that a leap year is among them. */
function yearsOf({ years, from, until }: SweepRange): readonly number[] {
  if (years !== undefined) return years
  if (from === undefined && until === undefined) return [2000, 2023, 2024, 2100]
  const first = from?.year ?? (until?.year ?? 0) - 4
  const last = until?.year ?? first + 4
  return Array.from({ length: Math.max(0, Math.min(last - first + 1, 50)) }, (_, index) => first + index)
}

const isValid = (at: number, certificates: readonly Validity[]): boolean =>
  certificates.every(({ from, to }) => at >= from && at <= to)

function februaryOf(zone: string, year: number): readonly Moment[] {
  const at = (month: number, day: number, seconds = noon): number => instantOf(zone, { year, month, day }, seconds)
  const neighbours = [at(2, 28), at(3, 1)].map((each): Moment => ({ dateClass: 'february-end', at: each }))
  // The day has two ends: what reckons in UTC and what reckons in local time are on it at different hours.
  const leap = isLeapYear(year) ? [at(2, 29, 5), at(2, 29), at(2, 29, 86_390)] : []
  return [...neighbours, ...leap.map((each): Moment => ({ dateClass: 'leap-day', at: each }))]
}

function yearEndOf(zone: string, year: number): readonly Moment[] {
  const midnight = instantOf(zone, { year: year + 1, month: 1, day: 1 })
  return [
    { dateClass: 'year-end', at: instantOf(zone, { year, month: 12, day: 31 }, noon) },
    { dateClass: 'year-end', at: midnight - 5, until: midnight },
    { dateClass: 'year-end', at: midnight + 1 },
  ]
}

/** Of the latest year before 2038: what zones will do later is a guess. */
function clockChanges(zone: string, years: readonly number[]): readonly Moment[] {
  const year = Math.max(...years.filter((each) => each < 2038))
  if (!Number.isFinite(year)) return []
  return transitionsIn(zone, year).flatMap(({ at, before, after }) => {
    const dateClass = after > before ? 'dst-gap' : 'dst-overlap'
    const size = Math.abs(after - before)
    return [
      { dateClass, at: at - size },
      { dateClass, at: at - 5, until: at },
      { dateClass, at: at + 1 },
      { dateClass, at: at + size },
    ] satisfies Moment[]
  })
}

/** Of one that ends while all others are valid: once the first has ended, there is nothing more to see of the others. */
function endOf({ name, to }: Validity, _: number, all: readonly Validity[]): readonly Moment[] {
  if (!isValid(to - 1, all)) return []
  return [
    { dateClass: 'expiry', at: to - 1, until: to + 1, certificate: name },
    { dateClass: 'expiry', at: to + 1, certificate: name },
  ]
}
