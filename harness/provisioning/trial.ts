import type { StepReport, Unsettled } from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import { findCommand } from '../substrate/doctor/ask-command.ts'
import type { ChosenFault } from './faults.ts'
import { chooseFaults, faultNames } from './faults.ts'
import { inOrder } from './in-order.ts'
import { outcome } from './outcome.ts'
import type { Job, ProvisioningSection } from './section.ts'
import { blank, timed, told } from './step.ts'
import type { Run } from './try-job.ts'
import { tryJob } from './try-job.ts'
import { openWorkshop } from './workshop.ts'

/**
 * Each job with nothing wrong, then under each of its faults: every run against an endpoint of its own, several at once.
 *
 * @throws UsageError for a seed, a clock, a fault that an endpoint refuses, before any job is run
 */
export async function* tryJobs(context: TrialContext<ProvisioningSection>): AsyncGenerator<StepReport> {
  const { section, only } = context
  const ids: readonly string[] = [outcome.id, ...outcome.rules.map(({ id }) => id)]
  if (only.length > 0 && !ids.some((id) => only.includes(id))) return
  await refuseWrong(section.jobs, context.seed)
  const calm = await Array.fromAsync(
    inOrder(
      section.jobs.map((job) => (signal) => tryCalm(job, { ...context, signal })),
      section.atOnce,
      context.signal,
    ),
  )
  yield* calm.map(({ step }) => step)
  const works = calm.flatMap(({ job, step, run }) => {
    const sound =
      run !== undefined &&
      step.unsettled === undefined &&
      !step.findings.some(({ level }) => level === 'error' || level === 'warning')
    if (!sound) return faultNames(job).map((name) => async () => notTried(job, name, context, step))
    return chooseFaults(job, run.exercise).map(
      (fault) => (signal: AbortSignal) => tryUnder(job, fault, run, { ...context, signal }),
    )
  })
  yield* inOrder(works, section.atOnce, context.signal)
}

/** What is wrong with the question is told before anything is started. */
async function refuseWrong(jobs: readonly Job[], random: number): Promise<void> {
  for (const job of jobs) {
    for (const fault of [undefined, ...chooseFaults({ ...job, faults: job.faults ?? [] }, { calls: {} })]) {
      await openWorkshop(job, fault, random)
    }
  }
}

interface Calm {
  readonly job: Job
  readonly step: StepReport
  readonly run?: Run
}

async function tryCalm(job: Job, context: TrialContext<ProvisioningSection>): Promise<Calm> {
  const time = timed(context.clock)
  const missing = job.needs.filter((program) => findCommand(program) === undefined)
  if (missing.length > 0) return { job, step: time({ ...blank(job, undefined), unsettled: without(missing) }) }
  const run = await tryJob(job, undefined, { ...context, random: context.seed })
  const step = time(told({ job, fault: undefined, run, calm: undefined }))
  say(context, step)
  return { job, step, run }
}

async function tryUnder(
  job: Job,
  fault: ChosenFault,
  calm: Run,
  context: TrialContext<ProvisioningSection>,
): Promise<StepReport> {
  const time = timed(context.clock)
  if (fault.beside !== undefined) return time({ ...blank(job, fault.name), skipped: fault.beside })
  const run = await tryJob(job, fault, { ...context, random: context.seed })
  const step = time(told({ job, fault, run, calm }))
  say(context, step)
  return step
}

/** A job that does not get through calm weather shows nothing in a storm. */
function notTried(
  job: Job,
  name: string,
  { clock }: TrialContext<ProvisioningSection>,
  { unsettled: calm }: StepReport,
): StepReport {
  const unsettled: Unsettled = calm ?? {
    because: 'prerequisite',
    why: `${job.name} does not do its work with nothing wrong, so that nobody can say what a fault does to it`,
    mend: `Mend that first: \`seatrial jobs ${job.name} --calm\` runs it without faults.`,
  }
  return timed(clock)({ ...blank(job, name), unsettled })
}

function without(programs: readonly string[]): Unsettled {
  const list = programs.join(', ')
  return {
    because: 'unsupported',
    why: `this machine has no ${list}`,
    mend: `Install ${list}: apt-get install ${programs.join(' ')}`,
  }
}

/** A line a run: the reader sees the table grow. */
function say(
  { progress }: TrialContext<ProvisioningSection>,
  { subject, findings, unsettled, durationMs }: StepReport,
): void {
  const words = findings.map(({ rule }) => rule.slice(`${outcome.id}-`.length))
  const word = unsettled === undefined ? words.join(', ') || 'done' : `unsettled: ${unsettled.because}`
  progress(`${word}: ${subject} (${(durationMs / 1_000).toFixed(1)} s)`)
}
