import type { StoredRule } from './outlet.ts'

export interface ScheduledAction {
  readonly rule: StoredRule
  readonly atMs: number
  /** Seconds after midnight, where the device is. */
  readonly secondOfDay: number
  readonly on: boolean
}

const dayMs = 86_400_000

/**
 * What a schedule does next after an instant: `wday` begins with Sunday, `smin` is minutes after midnight where the
 * device is (of sunrise and sunset rules too: the device keeps there when that will be), `sact` 1 switches on.
 */
export function nextAction(
  rules: readonly StoredRule[],
  afterMs: number,
  offsetMinutes: number,
): ScheduledAction | undefined {
  let next: ScheduledAction | undefined
  const offsetMs = offsetMinutes * 60_000
  const midnight = Math.floor((afterMs + offsetMs) / dayMs) * dayMs
  for (const rule of rules) {
    const { enable, sact, smin } = rule
    if (enable !== 1 || (sact !== 0 && sact !== 1) || typeof smin !== 'number') continue
    for (let day = 0; day <= 7; day++) {
      const local = midnight + day * dayMs
      const atMs = local + smin * 60_000 - offsetMs
      if (atMs <= afterMs || !isDueOn(rule, new Date(local))) continue
      if (next === undefined || atMs < next.atMs) next = { rule, atMs, secondOfDay: smin * 60, on: sact === 1 }
      break
    }
  }
  return next
}

function isDueOn({ repeat, wday, year, month, day }: StoredRule, date: Date): boolean {
  if (repeat === 0) {
    return year === date.getUTCFullYear() && month === date.getUTCMonth() + 1 && day === date.getUTCDate()
  }
  return Array.isArray(wday) && wday[date.getUTCDay()] === 1
}
