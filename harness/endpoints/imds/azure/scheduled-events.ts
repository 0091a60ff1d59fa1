import type { EndpointClock } from '../../core/index.ts'
import { Ids } from '../../core/index.ts'
import { Appearance } from '../appearance.ts'
import type { Answer } from './replies.ts'
import { empty, json, refuse } from './replies.ts'
import type { AzureSeed, ScheduledEvent } from './seed.ts'

/** Least notice by type, in milliseconds. Source: "Scheduled Events for Linux VMs", event scheduling. */
const notice: Readonly<Record<ScheduledEvent['type'], number>> = {
  Freeze: 900_000,
  Reboot: 900_000,
  Redeploy: 600_000,
  Preempt: 30_000,
  Terminate: 300_000,
}

/** Types by the version that brought them, and the fields likewise. */
const typesSince: Readonly<Record<string, string>> = { Preempt: '2017-11-01', Terminate: '2019-01-01' }
const fieldsSince: Readonly<Record<string, string>> = {
  Description: '2019-04-01',
  EventSource: '2019-08-01',
  DurationInSeconds: '2020-07-01',
}

interface Progress {
  readonly event: ScheduledEvent
  readonly id: string
  readonly scheduled: Appearance
  approved: boolean
  started?: Appearance
  gone?: Appearance
}

interface Told {
  readonly EventType: string
  readonly [field: string]: unknown
}

/**
 * Maintenance as a machine sees it coming:
 *
 *     (nothing) --afterMs--> Scheduled --approved, or noticeMs--> Started --lastsMs--> (nothing)
 */
export class ScheduledEvents {
  readonly #clock: EndpointClock
  readonly #name: string
  readonly #events: Progress[]
  #incarnation = 1
  #told = '[]'

  constructor(clock: EndpointClock, random: number, { name, events }: AzureSeed) {
    this.#clock = clock
    this.#name = name
    const ids = new Ids(random)
    this.#events = events.map((event) => ({
      event,
      id: event.eventId ?? ids.uuid('scheduled event'),
      scheduled: new Appearance(clock, event.afterMs),
      approved: false,
    }))
  }

  list(version: string): Answer {
    const now = this.#events.flatMap((each) => this.#look(each))
    const told = JSON.stringify(now)
    if (told !== this.#told) {
      this.#told = told
      this.#incarnation++
    }
    const inVersion = now.filter(({ EventType }) => (typesSince[EventType] ?? '') <= version)
    return json({
      DocumentIncarnation: this.#incarnation,
      Events: inVersion.map((each) =>
        Object.fromEntries(Object.entries(each).filter(([field]) => (fieldsSince[field] ?? '') <= version)),
      ),
    })
  }

  approve(body: string): Answer {
    const ids = idsIn(body)
    if (ids.length === 0) return refuse(400, 'Bad request. The request body is malformed')
    const named = this.#events.filter(({ id }) => ids.includes(id.toLowerCase()))
    if (named.length < new Set(ids).size) return refuse(400, 'Bad request. There is no event of that EventId')
    for (const each of named) each.approved ||= each.scheduled.at() !== undefined
    return empty()
  }

  #look(each: Progress): Told[] {
    const { event, id } = each
    const at = each.scheduled.at()
    if (at === undefined) return []
    const noticeMs = event.noticeMs ?? notice[event.type]
    each.started ??= new Appearance(this.#clock, noticeMs)
    const hasStarted = each.approved || each.started.at() !== undefined
    if (hasStarted) each.gone ??= new Appearance(this.#clock, event.lastsMs)
    if (each.gone?.at() !== undefined) return []
    return [
      {
        EventId: id,
        EventStatus: hasStarted ? 'Started' : 'Scheduled',
        EventType: event.type,
        ResourceType: 'VirtualMachine',
        Resources: event.resources ?? [this.#name],
        NotBefore: hasStarted ? '' : new Date(at + noticeMs).toUTCString(),
        Description: event.description,
        EventSource: event.source,
        DurationInSeconds: event.durationInSeconds,
      },
    ]
  }
}

/** Of the events that `{"StartRequests": [{"EventId": ...}]}` names, in lower case; none for anything malformed. */
function idsIn(body: string): string[] {
  let requests: unknown
  try {
    requests = memberOf(JSON.parse(body), 'StartRequests')
  } catch {
    return []
  }
  const ids = Array.isArray(requests) ? requests.map((each: unknown) => memberOf(each, 'EventId')) : []
  const texts = ids.filter((id) => typeof id === 'string')
  return texts.length === ids.length ? texts.map((id) => id.toLowerCase()) : []
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}
