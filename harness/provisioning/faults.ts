import type { FaultPlan } from '../endpoints/core/fault-plan.ts'
import { nearest, UsageError } from '../kernel/index.ts'
import type { StandardFault, Strike } from './kinds/index.ts'
import { kinds } from './kinds/index.ts'
import type { Job } from './section.ts'
import type { Exercise, Trouble } from './workshop.ts'

/** A fault that a job is to be tried with. */
export interface ChosenFault extends Trouble {
  readonly name: string
  /** What goes wrong, as a sentence without its full stop. */
  readonly says: string
  readonly shows: string | undefined
  /** Why this job cannot meet it; then it is not tried. */
  readonly beside?: string
}

/** The names of all faults that a job is tried with, whether it can meet them or not. */
export function faultNames({ endpoint, faults }: Job): string[] {
  return (
    faults?.map((fault) => (typeof fault === 'string' ? fault : fault.name)) ??
    kinds[endpoint].faults.map(({ name }) => name)
  )
}

/**
 * The faults of a job. Standard ones are made for the operations that it was seen to call: a rule for one that it never
 * calls could not strike, and would prove nothing.
 *
 * @throws UsageError for the name of no standard fault
 */
export function chooseFaults(job: Job, calm: Pick<Exercise, 'calls'>): ChosenFault[] {
  const { faults: standard } = kinds[job.endpoint]
  const called = Object.keys(calm.calls)
  return (job.faults ?? standard.map(({ name }) => name)).map((fault) => {
    if (typeof fault !== 'string') return { ...fault, says: fault.says ?? saidBy(fault.rules), shows: fault.shows }
    const known = standard.find(({ name }) => name === fault)
    if (known === undefined) throw unknownFault(job, fault, standard)
    return madeFor(known, called)
  })
}

function madeFor({ name, says, strikes, seed = {}, shows }: StandardFault, called: readonly string[]): ChosenFault {
  const rules = strikes.flatMap((strike) => rulesOf(strike, called))
  const chosen = { name, says, seed, shows, rules }
  if (strikes.length === 0 || rules.length > 0) return chosen
  return { ...chosen, beside: 'it strikes nothing that the job calls' }
}

function rulesOf({ on, executed = true, ...strike }: Strike, called: readonly string[]): FaultPlan {
  const operations = on === '*' ? ['*'] : called.filter((operation) => on.test(operation))
  return operations.map((operation) => ({ operation, executed, ...strike }))
}

function saidBy(rules: FaultPlan): string {
  return rules.map(({ operation, fault }) => `${operation}: ${fault}`).join(', ') || 'settings of the mock'
}

function unknownFault({ name, endpoint }: Job, fault: string, standard: readonly StandardFault[]): UsageError {
  const known = standard.map((each) => each.name)
  const near = nearest(fault, known)
  return new UsageError({
    path: `provisioning.jobs: ${name}: faults`,
    given: JSON.stringify(fault),
    wanted: `a fault with rules of its own, or the name of a standard one of ${endpoint}: ${known.join(', ')}`,
    ...(near !== undefined && { mend: `Did you mean "${near}"?` }),
  })
}

/** How often it struck; 0 says that the run proves nothing about it. */
export function struck({ rules, shows }: ChosenFault, { fired, errors }: Exercise): number {
  const byRules = rules.reduce((sum, _rule, index) => sum + (fired[index] ?? 0), 0)
  if (shows === undefined) return byRules
  const pattern = new RegExp(shows)
  return Object.entries(errors).reduce((sum, [code, times]) => sum + (pattern.test(code) ? times : 0), byRules)
}
