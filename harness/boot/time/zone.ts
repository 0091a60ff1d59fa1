import { UsageError } from '../../kernel/index.ts'
import type { Day } from './calendar.ts'

/** A change of the clocks of a zone, at an instant: forward makes a gap of local times, back an overlap. */
export interface Transition {
  /** Seconds since 1970 UTC, the first second of the new offset. */
  readonly at: number
  /** Seconds east of Greenwich. */
  readonly before: number
  readonly after: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(zone, made)
  return made
}

/** What a clock on a wall of the zone shows at an instant. */
function wallClock(zone: string, at: number): Day & { readonly seconds: number } {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at * 1_000)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts
  return { year, month, day, seconds: hour * 3_600 + minute * 60 + second }
}

/** Seconds east of Greenwich, at an instant. */
export function offsetAt(zone: string, at: number): number {
  const { year, month, day, seconds } = wallClock(zone, at)
  return Date.UTC(year, month - 1, day) / 1_000 + seconds - at
}

/** The day that it is in the zone at an instant. */
export function dayAt(zone: string, at: number): Day {
  const { year, month, day } = wallClock(zone, at)
  return { year, month, day }
}

/**
 * The instant of a local time, in seconds since 1970. A time in a gap, which no clock shows, is taken by the offset
 * before the gap; of one that is shown twice it is the first.
 */
export function instantOf(zone: string, { year, month, day }: Day, seconds = 0): number {
  const local = Date.UTC(year, month - 1, day) / 1_000 + seconds
  const before = offsetAt(zone, local - 86_400)
  const after = offsetAt(zone, local + 86_400)
  const hits = [local - before, local - after].filter((at) => offsetAt(zone, at) === local - at)
  return hits.length === 0 ? local - before : Math.min(...hits)
}

/** The changes of a zone's clocks in a year, in order; none where it has none. */
export function transitionsIn(zone: string, year: number): readonly Transition[] {
  const [begin, end] = [Date.UTC(year, 0, 1) / 1_000, Date.UTC(year + 1, 0, 1) / 1_000]
  const found: Transition[] = []
  for (let day = begin; day < end; day += 86_400) {
    const [before, after] = [offsetAt(zone, day), offsetAt(zone, day + 86_400)]
    if (before !== after) found.push({ at: turnIn(zone, day, day + 86_400), before, after })
  }
  return found
}

/** The first second of the new offset, between one that has the old and one that has the new. */
function turnIn(zone: string, from: number, to: number): number {
  const old = offsetAt(zone, from)
  let [low, high] = [from, to]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(zone, middle) === old) low = middle
    else high = middle
  }
  return high
}

/** @throws UsageError for a zone that nobody knows */
export function demandZone(path: string, zone: string): string {
  try {
    formatOf(zone)
    return zone
  } catch (error) {
    throw new UsageError({
      path,
      given: JSON.stringify(zone),
      wanted: 'a time zone such as Europe/Berlin',
      cause: error,
    })
  }
}

/** `2024-03-31 01:59:59 +0100`: what the zone's clock shows, as people write it. */
export function shown(zone: string, at: number): string {
  const { year, month, day, seconds } = wallClock(zone, at)
  const offset = offsetAt(zone, at)
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const east = Math.abs(offset)
  const time = `${two(seconds / 3_600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${year}-${two(month)}-${two(day)} ${time} ${offset < 0 ? '-' : '+'}${two(east / 3_600)}${two((east / 60) % 60)}`
}
