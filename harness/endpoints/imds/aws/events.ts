import type { EndpointClock } from '../../core/index.ts'
import { Appearance } from '../appearance.ts'
import type { AwsEvents } from '../seed.ts'
import { isoSeconds, json } from './text.ts'

type Maintenance = AwsEvents['maintenance'][number]

/** What is about to happen to the instance, as leaves that come and go with the clock. */
export class Events {
  readonly #spot: { readonly seen: Appearance; readonly event: NonNullable<AwsEvents['spot']> } | undefined
  readonly #rebalance: Appearance | undefined
  readonly #maintenance: readonly { readonly event: Maintenance; readonly seen: Appearance; ended?: Appearance }[]
  readonly #lifecycle: readonly { readonly state: string; readonly seen: Appearance }[]
  readonly #clock: EndpointClock

  constructor(clock: EndpointClock, { spot, rebalance, maintenance, lifecycle }: AwsEvents) {
    this.#clock = clock
    this.#spot = spot && { event: spot, seen: new Appearance(clock, spot.afterMs) }
    this.#rebalance = rebalance && new Appearance(clock, rebalance.afterMs)
    this.#maintenance = maintenance.map((event) => ({ event, seen: new Appearance(clock, event.afterMs) }))
    this.#lifecycle = lifecycle.map(({ state, afterMs }) => ({ state, seen: new Appearance(clock, afterMs) }))
  }

  *leaves(): Iterable<readonly [string, string]> {
    const interruption = this.#spot?.seen.at()
    if (this.#spot !== undefined && interruption !== undefined) {
      const { action, noticeMs } = this.#spot.event
      const time = isoSeconds(interruption + noticeMs)
      yield ['meta-data/spot/instance-action', JSON.stringify({ action, time })]
      if (action === 'terminate') yield ['meta-data/spot/termination-time', time]
    }
    const notice = this.#rebalance?.at()
    if (notice !== undefined) {
      yield ['meta-data/events/recommendations/rebalance', JSON.stringify({ noticeTime: isoSeconds(notice) })]
    }
    const { scheduled, history } = this.#maintained()
    yield ['meta-data/events/maintenance/scheduled', json(scheduled)]
    yield ['meta-data/events/maintenance/history', json(history)]
    const states = this.#lifecycle.filter(({ seen }) => seen.at() !== undefined)
    const last = states.at(-1)
    if (last !== undefined) yield ['meta-data/autoscaling/target-lifecycle-state', last.state]
  }

  #maintained(): { scheduled: Record<string, string>[]; history: Record<string, string>[] } {
    const scheduled: Record<string, string>[] = []
    const history: Record<string, string>[] = []
    for (const [index, each] of this.#maintenance.entries()) {
      const at = each.seen.at()
      if (at === undefined) continue
      const { code, description = code.replace('-', ' '), endsAfterMs, endsAs } = each.event
      if (endsAfterMs !== undefined) each.ended ??= new Appearance(this.#clock, endsAfterMs)
      const ended = each.ended?.at() !== undefined
      const label = endsAs === 'completed' ? 'Completed' : 'Canceled'
      const told = {
        NotBefore: eventTime(at + each.event.noticeMs),
        Code: code,
        Description: ended ? `[${label}] ${description}` : description,
        EventId: each.event.eventId ?? `instance-event-${(index + 1).toString(16).padStart(17, '0')}`,
        NotAfter: eventTime(at + each.event.noticeMs + each.event.windowMs),
        State: ended ? endsAs : 'active',
      }
      if (ended) history.push(told)
      else scheduled.push(told)
    }
    return { scheduled, history }
  }
}

/** As in `21 Jan 2019 09:00:43 GMT`. */
function eventTime(ms: number): string {
  return new Date(ms).toUTCString().replace(/^\w+, /, '')
}
