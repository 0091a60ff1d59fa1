import { nearest, UsageError } from '../kernel/index.ts'
import { faultNames } from './faults.ts'
import type { Job, ProvisioningSection } from './section.ts'

export interface Picked {
  /** Names of jobs; all when empty. */
  readonly jobs: readonly string[]
  /** Names of faults; all when undefined, none when empty. */
  readonly faults: readonly string[] | undefined
}

/**
 * The section for some of its jobs under some of their faults.
 *
 * @throws UsageError for a job that it does not have, and a fault that none of the jobs has
 */
export function pickJobs(section: ProvisioningSection, { jobs: names, faults }: Picked): ProvisioningSection {
  demand(
    names,
    section.jobs.map(({ name }) => name),
    'seatrial jobs',
  )
  const jobs = section.jobs.filter(({ name }) => names.length === 0 || names.includes(name))
  if (faults === undefined) return { ...section, jobs }
  demand(faults, jobs.flatMap(faultNames), 'seatrial jobs --fault')
  return { ...section, jobs: jobs.map((job) => ({ ...job, faults: some(job, faults) })) }
}

function some(job: Job, wanted: readonly string[]): Job['faults'] {
  const all = job.faults ?? faultNames(job)
  return all.filter((fault) => wanted.includes(typeof fault === 'string' ? fault : fault.name))
}

function demand(given: readonly string[], known: readonly string[], path: string): void {
  const strange = given.find((name) => !known.includes(name))
  if (strange === undefined) return
  const near = nearest(strange, known)
  throw new UsageError({
    path,
    given: JSON.stringify(strange),
    wanted: `one of ${[...new Set(known)].join(', ')}`,
    ...(near !== undefined && { mend: `Did you mean ${near}?` }),
  })
}
