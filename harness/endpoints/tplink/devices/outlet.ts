import { createHash } from 'node:crypto'
import type { JsonObject } from '../../../kernel/index.ts'
import type { EmeterSeed, OutletSeed } from '../seed.ts'
import { defaultEmeter } from '../seed.ts'
import type { CountDown } from './count-down.ts'
import { nextAction } from './schedule-time.ts'

/** A rule as it was sent, with its id. */
export type StoredRule = JsonObject & { readonly id: string }

/** One relay with what belongs to it: its meter, its schedule, its timer. A plug has one, a strip several. */
export class Outlet {
  /** Whole id of a child of a strip; the device's own for a plug. */
  readonly id: string
  readonly emeter: EmeterSeed
  alias: string
  on: boolean
  /** When it was last switched on. */
  sinceMs: number
  scheduleEnabled = true
  schedule: StoredRule[]
  countDown: CountDown | undefined
  antiTheft: StoredRule[] = []
  #settledMs: number
  #rules = 0

  constructor(id: string, alias: string, seed: OutletSeed, nowMs: number) {
    this.id = id
    this.alias = alias
    this.emeter = seed.emeter ?? defaultEmeter
    this.on = seed.relayState === 1
    this.sinceMs = nowMs - (seed.onSeconds ?? 0) * 1000
    // The schema asks for an id and leaves the rest as it is.
    this.schedule = (seed.schedule ?? []) as StoredRule[]
    this.#settledMs = nowMs
  }

  switchTo(on: boolean, atMs: number): void {
    if (on && !this.on) this.sinceMs = atMs
    this.on = on
  }

  onSeconds(nowMs: number): number {
    return this.on ? Math.max(0, Math.floor((nowMs - this.sinceMs) / 1000)) : 0
  }

  /** 32 capital hex digits, the same at every run for the n-th rule of an outlet. */
  newRuleId(): string {
    this.#rules++
    return createHash('sha256').update(`${this.id} rule ${this.#rules}`).digest('hex').slice(0, 32).toUpperCase()
  }

  /** Carries out what the timer and the schedule have been due to do since the last look. */
  settle(nowMs: number, offsetMinutes: number): void {
    for (;;) {
      const due = this.#nextDue(offsetMinutes)
      if (due === undefined || due.atMs > nowMs) break
      this.switchTo(due.on, due.atMs)
      this.#settledMs = due.atMs
      if (due.timer && this.countDown !== undefined) this.countDown = { ...this.countDown, enabled: false }
    }
    this.#settledMs = Math.max(this.#settledMs, nowMs)
  }

  #nextDue(offsetMinutes: number): { atMs: number; on: boolean; timer: boolean } | undefined {
    const { countDown } = this
    const timer =
      countDown?.enabled === true ? { atMs: countDown.dueMs, on: countDown.turnsOn, timer: true } : undefined
    const scheduled = this.scheduleEnabled ? nextAction(this.schedule, this.#settledMs, offsetMinutes) : undefined
    if (scheduled === undefined || (timer !== undefined && timer.atMs <= scheduled.atMs)) return timer
    return { atMs: scheduled.atMs, on: scheduled.on, timer: false }
  }
}
