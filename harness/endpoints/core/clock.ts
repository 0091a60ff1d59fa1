import { UsageError } from '../../kernel/index.ts'

/** How the states of a mocked cloud move on. */
export type ClockMode =
  | { readonly kind: 'real' }
  /** Whatever was begun by one request is over at the next. */
  | { readonly kind: 'instant' }
  /** Only when it is told to; starts at `start`, so that every date in an answer is known beforehand. */
  | { readonly kind: 'manual'; readonly start?: number }
  /** After so many looks at a thing the next look sees it settled. */
  | { readonly kind: 'polls'; readonly polls: number }

/** Something under way: an instance starting, a snapshot being taken. */
export interface Transition {
  readonly begunMs: number
  readonly durationMs: number
  /** The request that began it: within that request nothing has moved yet. */
  readonly serial: number
  looks: number
  lastLook: number
}

/** Midnight at the start of 2026: a manual clock's first instant unless another is given. */
export const manualStart = Date.UTC(2026, 0, 1)

/**
 * Time as a mocked endpoint has it. An endpoint calls `request` around the handling of each request; what it begins
 * there is a `Transition`, and how far that has come is a question to the clock, so that nothing runs on timers.
 */
export class EndpointClock {
  readonly mode: ClockMode
  #serial = 0
  #looking = false
  #manualMs: number

  constructor(mode: ClockMode = { kind: 'instant' }) {
    this.mode = mode
    this.#manualMs = mode.kind === 'manual' ? (mode.start ?? manualStart) : 0
  }

  /** How many requests there have been: what was begun by one is not over before the next. */
  get requests(): number {
    return this.#serial
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.mode.kind === 'manual' ? this.#manualMs : Date.now()
  }

  /**
   * Handles one request. With `looking` each transition asked about counts one poll, once a request.
   * The handling is synchronous, so that no other request comes in between.
   */
  request<T>(looking: boolean, handle: () => T): T {
    this.#serial++
    this.#looking = looking
    try {
      return handle()
    } finally {
      this.#looking = false
    }
  }

  /** Begins something that takes `durationMs` of real or manual time. */
  begin(durationMs: number): Transition {
    return { begunMs: this.now(), durationMs, serial: this.#serial, looks: 0, lastLook: this.#serial }
  }

  /** How far it has come, from 0 to 1; 1 is over. */
  progress(transition: Transition): number {
    if (transition.serial === this.#serial) return 0
    switch (this.mode.kind) {
      case 'instant':
        return 1
      case 'polls':
        if (this.#looking && transition.lastLook !== this.#serial) {
          transition.lastLook = this.#serial
          transition.looks++
        }
        return Math.min(1, transition.looks / (this.mode.polls + 1))
      default: {
        const passed = this.now() - transition.begunMs
        return transition.durationMs <= 0 ? 1 : Math.max(0, Math.min(1, passed / transition.durationMs))
      }
    }
  }

  isOver(transition: Transition): boolean {
    return this.progress(transition) >= 1
  }

  /**
   * Moves a manual clock.
   *
   * @throws UsageError for any other clock, and for a time that goes back
   */
  advance(ms: number): void {
    if (this.mode.kind !== 'manual') {
      throw new UsageError({ path: 'clock', given: this.mode.kind, wanted: '--clock manual, to move it by hand' })
    }
    if (!Number.isFinite(ms) || ms < 0) {
      throw new UsageError({ path: 'clock advance', given: String(ms), wanted: 'milliseconds, 0 or more' })
    }
    this.#manualMs += ms
  }
}

/**
 * Reads `real`, `instant`, `manual`, `manual:2026-01-01T00:00:00Z` or `polls:N`.
 *
 * @throws UsageError for anything else
 */
export function parseClock(text: string): ClockMode {
  const [kind, value] = [text.split(':', 1)[0], text.includes(':') ? text.slice(text.indexOf(':') + 1) : undefined]
  if ((kind === 'real' || kind === 'instant') && value === undefined) return { kind }
  if (kind === 'manual' && value === undefined) return { kind }
  if (kind === 'manual' && value !== undefined) {
    const start = Date.parse(value)
    if (!Number.isNaN(start)) return { kind, start }
  }
  if (kind === 'polls' && value !== undefined && /^\d{1,6}$/.test(value)) return { kind, polls: Number(value) }
  throw new UsageError({
    path: '--clock',
    given: JSON.stringify(text),
    wanted: 'real, instant, manual, manual:2026-01-01T00:00:00Z or polls:N',
  })
}
