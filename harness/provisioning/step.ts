import type { Clock, StepReport, Unsettled } from '../kernel/index.ts'
import { runCheck } from '../kernel/index.ts'
import type { ChosenFault } from './faults.ts'
import { struck } from './faults.ts'
import { kinds } from './kinds/index.ts'
import { outcome } from './outcome.ts'
import { subjectOf } from './outcomes.ts'
import { surplus } from './second-look.ts'
import type { Job } from './section.ts'
import type { Run } from './try-job.ts'
import type { Exercise } from './workshop.ts'

/** One run of a job beside what it was run under. */
export interface Trial {
  readonly job: Job
  readonly fault: ChosenFault | undefined
  readonly run: Run
  /** What the job did with nothing wrong; undefined when this is that run. */
  readonly calm: Run | undefined
}

type Told = Omit<StepReport, 'startedAt' | 'durationMs'>

/** What a run says of a job; unsettled where it proves nothing. */
export function told({ job, fault, run, calm }: Trial): Told {
  const unsettled = whyUnsettled(job, fault, run)
  const step = blank(job, fault?.name)
  const attachments = [{ name: 'output.txt', contentType: 'text/plain', content: outputOf(run) }]
  if (unsettled !== undefined || run.end.kind === 'absent')
    return { ...step, ...(unsettled && { unsettled }), attachments }
  const { findings, unsettled: broke } = runCheck(outcome, {
    fault,
    end: run.end,
    stderr: run.stderr,
    broken: run.broken,
    promises: job.promises.length,
    left: run.left,
    more: calm === undefined ? [] : surplus(run.left, calm.left),
  })
  const replay = `seatrial jobs ${job.name}${fault === undefined ? '' : ` --fault ${fault.name}`}`
  return {
    ...step,
    looked: [outcome.id],
    findings: findings.map((finding) => ({ ...finding, subject: step.subject, replay })),
    ...(broke !== undefined && { unsettled: broke }),
    attachments,
  }
}

/** A step that says of a job under a fault nothing yet. */
export function blank(job: Pick<Job, 'name'>, fault: string | undefined): Told {
  return { id: outcome.id, subject: subjectOf(job.name, fault), looked: [], findings: [] }
}

export function timed(clock: Clock): (step: Told) => StepReport {
  const startedAt = clock.now()
  const start = clock.elapsed()
  return (step) => ({ ...step, startedAt, durationMs: Math.round(clock.elapsed() - start) })
}

function whyUnsettled(job: Job, fault: ChosenFault | undefined, { end, exercise }: Run): Unsettled | undefined {
  if (end.kind === 'absent') {
    const why = `${job.name} could not be started: ${end.why}`
    return { because: 'unsupported', why, mend: `Install ${job.command[0]}, or mend the command.` }
  }
  if (fault === undefined) {
    const { defect } = kinds[job.endpoint]
    if (defect !== undefined && (exercise.errors[defect] ?? 0) > 0) {
      const why = `the mocked ${job.endpoint} answered ${defect} of its own accord`
      return { because: 'harness', why, mend: 'This is a defect of the mock; what it was stands in the warning above.' }
    }
    if (exercise.unknown.length === 0 || (end.kind === 'exit' && end.code === 0)) return undefined
    return {
      because: 'unsupported',
      why: `the mocked ${job.endpoint} has no ${exercise.unknown.join(', ')}, which ${job.name} asks for`,
      mend: 'Leave these calls out of the job, or add the operation: CONTRIBUTING.md tells how.',
    }
  }
  if (struck(fault, exercise) > 0) return undefined
  return {
    because: 'prerequisite',
    why: `"${fault.name}" never struck, so that this run shows nothing of it; ${job.name} called ${callsOf(exercise)}`,
    mend: 'Let its rules name operations that the job calls, and no more calls than there are.',
  }
}

/** What it said, for the record. */
function outputOf({ end, stdout, stderr, exercise }: Run): string {
  const errors = Object.entries(exercise.errors).map(([code, number]) => `${code} ${number}`)
  return [
    `end: ${JSON.stringify(end)}`,
    `calls: ${callsOf(exercise)}`,
    `errors: ${errors.join(', ') || 'none'}`,
    `--- standard output\n${stdout}`,
    `--- standard error\n${stderr}`,
  ].join('\n')
}

function callsOf({ calls }: Exercise): string {
  const list = Object.entries(calls).map(([name, number]) => (number === 1 ? name : `${name} (${number} times)`))
  return list.join(', ') || 'nothing'
}
