import { bodyBytes, createEndpoint } from '../endpoints/index.ts'
import type { CoverageReport, Endpoint, MockRequest } from '../endpoints/index.ts'
import type { FaultPlan } from '../endpoints/core/fault-plan.ts'
import { SeatrialError } from '../kernel/index.ts'
import type { JobKind } from './kinds/index.ts'
import { kinds } from './kinds/index.ts'
import { plainRequest } from './kinds/kind.ts'
import type { Ask, Job } from './section.ts'

/** What a job must live with: rules of a fault plan and settings of the mock. */
export interface Trouble {
  readonly rules: FaultPlan
  readonly seed: Readonly<Record<string, unknown>>
}

export interface Answer {
  readonly status: number
  readonly text: string
}

/** A fresh endpoint for one run of one job, and the door for second looks at it. */
export interface Workshop {
  readonly endpoint: Endpoint
  readonly kind: JobKind
  readonly seed: Readonly<Record<string, unknown>>
  readonly ask: (ask: Ask) => Promise<Answer>
  /** From now on requests meet the faults. */
  readonly arm: () => Promise<void>
  /** From now on they do not. What has been done to things stays. */
  readonly disarm: () => Promise<void>
}

/**
 * Makes the endpoint. Its faults wait until it is armed, so that what a job finds is made in calm.
 *
 * @throws UsageError for a seed, a clock or fault rules that the endpoint refuses
 */
export async function openWorkshop(job: Job, trouble: Trouble | undefined, random: number): Promise<Workshop> {
  const seed = trouble === undefined ? job.seed : laidOver(job.seed, trouble.seed)
  const name = `provisioning.jobs: ${job.name}`
  const endpoint = await createEndpoint(job.endpoint, {
    seed,
    seedName: `${name}: seed`,
    faults: trouble?.rules ?? [],
    faultsName: `${name}: rules`,
    clock: job.clock,
    random,
    signatures: 'strict',
  })
  const kind = kinds[job.endpoint]
  const plan = async (rules: FaultPlan): Promise<void> => {
    const body = JSON.stringify(rules)
    const { status, text: told } = await answerOf(
      endpoint,
      plainRequest({ method: 'PUT', target: '/_seatrial/faults', body }),
    )
    if (status !== 200) {
      throw new SeatrialError('SEATRIAL_JOB_FAULTS', told, { mend: 'Look at the rules of the fault.' })
    }
  }
  await plan([])
  return {
    endpoint,
    kind,
    seed,
    ask(ask) {
      const own = ask.target.startsWith('/_seatrial/')
      const asker = { seed, now: endpoint.clock.now(), region: job.region }
      return answerOf(endpoint, own ? plainRequest(ask) : kind.request(ask, asker))
    },
    arm: () => plan(trouble?.rules ?? []),
    disarm: () => plan([]),
  }
}

async function answerOf(endpoint: Endpoint, request: MockRequest): Promise<Answer> {
  const delivery = await endpoint.answer(request)
  if (delivery.kind !== 'reply') return { status: 0, text: '' }
  const { reply } = delivery
  return { status: reply.status, text: new TextDecoder().decode(bodyBytes(reply)) }
}

/** Calls and errors since an earlier report. */
export function since(before: CoverageReport, after: CoverageReport): Exercise {
  const calls: Record<string, number> = {}
  const errors: Record<string, number> = {}
  for (const [operation, { calls: number, errors: told }] of Object.entries(after.operations)) {
    const earlier = before.operations[operation]
    const more = number - (earlier?.calls ?? 0)
    if (more > 0) calls[operation] = more
    for (const [code, times] of Object.entries(told)) {
      const fresh = times - (earlier?.errors[code] ?? 0)
      if (fresh > 0) errors[code] = (errors[code] ?? 0) + fresh
    }
  }
  return { calls, errors, unknown: Object.keys(after.unknown), fired: after.faults.map(({ fired }) => fired) }
}

/** What a job did with the endpoint. */
export interface Exercise {
  readonly calls: Readonly<Record<string, number>>
  /** Error codes that it was answered with. */
  readonly errors: Readonly<Record<string, number>>
  /** What it asked for and the mock does not have. */
  readonly unknown: readonly string[]
  /** How often each rule of the fault plan struck. */
  readonly fired: readonly number[]
}

type Settings = Readonly<Record<string, unknown>>

function laidOver(below: Settings, above: Settings): Settings {
  const keys = new Set([...Object.keys(below), ...Object.keys(above)])
  return Object.fromEntries(
    [...keys].map((key) => {
      const [a, b] = [below[key], above[key]]
      return [key, isSettings(a) && isSettings(b) ? laidOver(a, b) : b === undefined ? a : b]
    }),
  )
}

function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
