import type { FaultPlan } from '../../endpoints/core/fault-plan.ts'
import type { MockRequest } from '../../endpoints/index.ts'
import type { Ask } from '../section.ts'

type Limits = Omit<FaultPlan[number], 'operation' | 'fault' | 'executed'> & { readonly executed?: boolean }

/** One way in which things go wrong, for operations that only the job knows. */
export interface Strike extends Limits {
  /** Operations that it can strike; each that the job calls gets a rule. `*`: one rule for all calls together. */
  readonly on: RegExp | '*'
  readonly fault: string
}

/** A trouble that every job of a kind should be tried with. */
export interface StandardFault {
  readonly name: string
  /** What goes wrong, as a sentence without its full stop. */
  readonly says: string
  readonly strikes: readonly Strike[]
  /** Where the trouble is a setting of the mock, and the error code by which it is known to have struck. */
  readonly seed?: Readonly<Record<string, unknown>>
  readonly shows?: string
}

/** How to find what a job left behind. */
export interface Inventory {
  /** `instance` */
  readonly what: string
  readonly body: Readonly<Record<string, string>>
  /** Its first group is an id. */
  readonly id: RegExp
}

export interface Asker {
  readonly seed: Readonly<Record<string, unknown>>
  /** Milliseconds since the epoch, as the endpoint has it. */
  readonly now: number
  readonly region: string
}

/** What a practice must know of a kind of endpoint to run a job against it. */
export interface JobKind {
  /** Variables in which clients of this service look for its address and their credentials. */
  readonly environment: (url: string, job: Pick<Asker, 'seed' | 'region'>) => Readonly<Record<string, string>>
  /** The request of a second look, as somebody of the same account would send it. */
  readonly request: (ask: Ask, asker: Asker) => MockRequest
  readonly faults: readonly StandardFault[]
  readonly inventory: readonly Inventory[]
  /** Error code that the mock gives for a defect of its own, and that no job brings about. */
  readonly defect?: string
}

/** A request without credentials. A form is text in the end. */
export function plainRequest({ body, target, method }: Ask): MockRequest {
  const form = typeof body === 'object' ? new URLSearchParams(body).toString() : body
  const type = typeof body === 'object' ? 'application/x-www-form-urlencoded' : 'application/json'
  return {
    method: method ?? (form === undefined ? 'GET' : 'POST'),
    target,
    host: '127.0.0.1',
    scheme: 'http',
    fields: form === undefined ? [] : [['Content-Type', type]],
    body: new TextEncoder().encode(form ?? ''),
  }
}
