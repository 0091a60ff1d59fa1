import { createHash } from 'node:crypto'
import { integerOf } from './device-module.ts'
import type { DeviceCall } from './device-module.ts'

export interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** The days of a month that a device has figures for: none that is still to come, none more than a year ago. */
export function daysOf({ args, nowMs }: Pick<DeviceCall, 'args' | 'nowMs'>): Day[] {
  const year = integerOf(args, 'year', 1970, 9999)
  const month = integerOf(args, 'month', 1, 12)
  return daysOfMonth(year, month, nowMs)
}

export function daysOfMonth(year: number, month: number, nowMs: number): Day[] {
  const days: Day[] = []
  for (let day = 1; day <= 31; day++) {
    const date = new Date(Date.UTC(year, month - 1, day))
    if (date.getUTCMonth() !== month - 1) break
    if (date.getTime() > nowMs || date.getTime() < nowMs - 366 * 86_400_000) continue
    days.push({ year, month, day })
  }
  return days
}

/** A figure from 0 to 1 that belongs to an outlet and a day, the same at every run. */
export function figureOf(outletId: string, what: string, { year, month, day }: Day): number {
  const hash = createHash('sha256').update(`${outletId} ${what} ${year}-${month}-${day}`).digest()
  return hash.readUInt32BE(0) / 2 ** 32
}
