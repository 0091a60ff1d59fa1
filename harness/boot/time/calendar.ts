/** A day of the Gregorian calendar, in no zone. Months count from 1. */
export interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** Every fourth year, but of the hundreds only every fourth. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

export function daysIn(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** `YYYY-MM-DD`. */
export function iso({ year, month, day }: Day): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** The day that stands in a text as `YYYY-MM-DD`, or undefined when it is none: 2023-02-29 never was. */
export function dayOf(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const there = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
  return there ? { year, month, day } : undefined
}

/** Days after the given one; before it when negative. */
export function plusDays(from: Day, days: number): Day {
  const moved = new Date(Date.UTC(from.year, from.month - 1, from.day + days))
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() }
}

/**
 * The same day so many months later, or the last of that month where it has no such day: 31 January and a month is the
 * last of February, 29 February and twelve months is 28 February. Rolling over into the next month is what
 * `setMonth`, mktime and GNU date do without a word; a month that began on its last day must not end in the one after.
 */
export function plusMonths({ year, month, day }: Day, months: number): Day {
  const count = year * 12 + (month - 1) + months
  const [there, then] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1]
  return { year: there, month: then, day: Math.min(day, daysIn(there, then)) }
}

/** As {@link plusMonths}, by years. */
export function plusYears(from: Day, years: number): Day {
  return plusMonths(from, years * 12)
}
