import { nearest, seededRandom, UsageError } from '../../kernel/index.ts'
import type { FaultPlan } from './fault-plan.ts'
import type { Delivery, MockReply } from './message.ts'
import { bodyBytes } from './message.ts'

/** Faults that every endpoint has, because they are made on the wire. */
export const wireFaults = {
  reset: 'The connection is reset in place of an answer.',
  timeout: 'No answer comes, for as long as the client waits.',
  'half-body': 'Half of the body comes, or `bytes` of it, then the connection is closed.',
  slow: 'The answer comes after `delayMs`, 5000 unless given.',
} as const
export type WireFault = keyof typeof wireFaults

/** One rule of a fault plan; see fault-plan.ts. */
export type FaultRule = FaultPlan[number]

/** A request in the words of a fault plan. */
export interface Faultable {
  readonly operation: string
  /** Operations inside it that a plan may name as well, as the commands that a request carries to a device. */
  readonly also?: readonly string[]
  /** The endpoint's own faults that would do nothing to this request: their rules do not match it. */
  readonly spared?: readonly string[]
  readonly region?: string
  readonly namespace?: string
  /** Ids that the request names. */
  readonly resources: readonly string[]
}

export interface DrawnFault {
  /** Position in the plan, from 0. */
  readonly index: number
  readonly rule: FaultRule
  /** Made on the wire by the face; else the endpoint itself makes it. */
  readonly wire: boolean
}

/** What an endpoint's plan may name. */
export interface FaultVocabulary {
  readonly operations: readonly string[]
  /** Names of the endpoint's own faults: error codes, and effects such as a snapshot that ends in error. */
  readonly faults: readonly string[]
}

/** A rule, with how many calls it has matched and how often it has fired. */
interface Planned {
  readonly rule: FaultRule
  seen: number
  fired: number
}

/** Which request meets which fault; counts calls, and draws by seed, so that a run can be repeated. */
export class Faults {
  readonly #seed: number
  #planned: readonly Planned[] = []

  constructor(rules: readonly FaultRule[], seed: number) {
    this.#seed = seed
    this.plan(rules)
  }

  get rules(): readonly FaultRule[] {
    return this.#planned.map(({ rule }) => rule)
  }

  /** Puts a plan in the place of the one before, and counts from the start. */
  plan(rules: readonly FaultRule[]): void {
    this.#planned = rules.map((rule) => ({ rule, seen: 0, fired: 0 }))
  }

  /** How often each rule has fired, in the order of the plan. */
  get fired(): readonly number[] {
    return this.#planned.map(({ fired }) => fired)
  }

  /** The first rule that fires for this request; every rule that matches counts it. */
  draw(request: Faultable): DrawnFault | undefined {
    let drawn: DrawnFault | undefined
    for (const [index, planned] of this.#planned.entries()) {
      if (!matches(planned.rule, request)) continue
      planned.seen++
      if (drawn !== undefined || !this.#fires(planned, index)) continue
      planned.fired++
      drawn = { index, rule: planned.rule, wire: planned.rule.fault in wireFaults }
    }
    return drawn
  }

  /** Counts from the start again. */
  reset(): void {
    this.plan(this.rules)
  }

  #fires({ rule, seen: call, fired }: Planned, index: number): boolean {
    const { call: only, from = 1, times, every, share } = rule
    if (only !== undefined && call !== only) return false
    if (call < from) return false
    if (times !== undefined && fired >= times) return false
    if (every !== undefined && (call - from + 1) % every !== 0) return false
    return share === undefined || seededRandom(this.#seed, `fault ${index} call ${call}`)() < share
  }
}

function matches(rule: FaultRule, { operation, also, spared, region, namespace, resources }: Faultable): boolean {
  return (
    (rule.operation === '*' || rule.operation === operation || also?.includes(rule.operation) === true) &&
    spared?.includes(rule.fault) !== true &&
    (rule.region === undefined || rule.region === region) &&
    (rule.namespace === undefined || rule.namespace === namespace) &&
    (rule.resource === undefined || resources.includes(rule.resource))
  )
}

/**
 * Refuses a plan that names what there is not: a fault that can never fire would pass for a survived one.
 *
 * @throws UsageError with the nearest known name
 */
export function checkFaultPlan(
  plan: readonly FaultRule[],
  { operations, faults }: FaultVocabulary,
  name: string,
): void {
  const known = [...Object.keys(wireFaults), ...faults]
  for (const [index, { operation, fault }] of plan.entries()) {
    demand(`${name}: [${index}].fault`, fault, known)
    if (operation !== '*') demand(`${name}: [${index}].operation`, operation, operations)
  }
}

function demand(path: string, given: string, known: readonly string[]): void {
  if (known.includes(given)) return
  const near = nearest(given, known)
  throw new UsageError({
    path,
    given: JSON.stringify(given),
    wanted: known.length > 12 ? `one of ${known.length} known names` : `one of ${known.join(', ')}`,
    ...(near !== undefined && { mend: `Did you mean ${near}?` }),
  })
}

/** Carries a request out, or not, and gives its answer as the fault on the wire leaves it. */
export function underFault(fault: DrawnFault | undefined, carryOut: () => MockReply): Delivery {
  if (fault === undefined || !fault.wire) return { kind: 'reply', reply: carryOut() }
  const { delayMs, bytes, executed } = fault.rule
  if (!executed && fault.rule.fault === 'reset') return { kind: 'reset' }
  if (!executed && fault.rule.fault === 'timeout') return { kind: 'silence' }
  const reply = carryOut()
  const later = delayMs === undefined ? {} : { afterMs: delayMs }
  // Only wire faults come here, and `wire` says that the name is one.
  switch (fault.rule.fault as WireFault) {
    case 'reset':
      return { kind: 'reset', ...later }
    case 'timeout':
      return { kind: 'silence' }
    case 'half-body':
      return { kind: 'cut', reply, bytes: bytes ?? Math.floor(bodyBytes(reply).length / 2), ...later }
    case 'slow':
      return { kind: 'reply', reply, afterMs: delayMs ?? 5_000 }
  }
}
