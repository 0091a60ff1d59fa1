import { fileURLToPath } from 'node:url'
import type { StepReport } from '../../harness/kernel/index.ts'
import { systemClock } from '../../harness/kernel/index.ts'
import type { Outcomes } from '../../harness/provisioning/index.ts'
import { outcomesByJob, provisioningSection } from '../../harness/provisioning/index.ts'
import { slices } from '../../harness/registry.ts'
import type { TrialContext } from '../../harness/slice.ts'
import { lookThrough, prepareTrial } from '../../harness/trial/index.ts'

export interface Tried {
  readonly outcomes: Outcomes
  /** Why this machine cannot run the job; then there are no outcomes. */
  readonly unsupported: string | undefined
}

/**
 * Runs the jobs of a configuration of `fixtures/jobs`, with nothing wrong and under their faults: all that the
 * configuration has, or those that are named.
 */
export async function tryJobs(config: string, faults?: readonly string[]): Promise<ReadonlyMap<string, Tried>> {
  const configFile = fileURLToPath(new URL(`../../fixtures/jobs/${config}`, import.meta.url))
  const plan = await prepareTrial({ folder: process.cwd(), configFile, profile: 'commit', slices, env: process.env })
  const steps: StepReport[] = []
  for (const { slice, section: planned } of plan.practices) {
    const whole = provisioningSection.parse(planned)
    const section =
      faults === undefined ? whole : { ...whole, jobs: whole.jobs.map((job) => ({ ...job, faults: [...faults] })) }
    const { baseFolder, seed, allow } = plan
    const signal = AbortSignal.timeout(plan.timeLimitMs)
    // Jobs need nothing of a deployment, so that there is none in the context.
    const context = { section, baseFolder, clock: systemClock, seed, signal, allow, only: [], progress: () => {} }
    steps.push(...(await Array.fromAsync(lookThrough(slice, context as unknown as TrialContext<unknown>))))
  }
  return new Map(
    [...outcomesByJob(steps)].map(([job, outcomes]) => {
      const unsupported = unsupportedBy(steps.filter(({ subject }) => subject.startsWith(`${job},`)))
      return [job, { outcomes, unsupported }]
    }),
  )
}

function unsupportedBy(steps: readonly StepReport[]): string | undefined {
  return steps.find(({ unsettled }) => unsettled?.because === 'unsupported')?.unsettled?.why
}
