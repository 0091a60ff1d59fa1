import type { LocatedFinding, StepReport, Unsettled } from '../../kernel/index.ts'
import type { AcceptEntry, Depends, RunRecord } from '../../record/index.ts'
import { sampleFinding, sampleHead, samplePolicy, sampleStep } from '../../record/sample-run.ts'
import { completeRecord } from '../complete.ts'

/** What was seen in a run that somebody has to make sense of. */
export interface Scene {
  /** What the configuration says; a list is needs alone. */
  readonly depends?: Readonly<Record<string, readonly string[] | Depends[string]>>
  readonly steps: readonly StepReport[]
  readonly accept?: readonly AcceptEntry[]
  readonly block?: 'warning'
}

/** A finding about a thing, of level error unless said. */
export function about(thing: string, sentence: string, changes: Partial<LocatedFinding> = {}): LocatedFinding {
  const subject = thing.split(' on ')[1] ?? 'host'
  return sampleFinding({
    rule: 'boot/service-live-down',
    about: thing,
    sentence,
    subject,
    place: thing.replace(/^\w+:/, '').replace(/ on .*/, ''),
    evidence: {},
    ...changes,
  })
}

/** One look at a host: what it found, and all that it asked. */
export function look(
  subject: string,
  findings: readonly LocatedFinding[],
  asked: readonly string[] = [],
  changes: Partial<StepReport> = {},
): StepReport {
  const things = { ...changes.things, asked }
  return sampleStep({ id: 'boot/reboot', subject, looked: ['boot/live'], findings, ...changes, things })
}

/** Nobody answered: the look that could not be taken. */
export function noAnswer(subject: string, because: Unsettled['because'] = 'timeout'): Partial<StepReport> {
  const unsettled: Unsettled = { because, why: `${subject} gave no answer`, mend: 'Look at its log.' }
  return { looked: [], unsettled }
}

/** The record of such a run, made in the way of every run. */
export function recordOfScene({ depends, steps, accept = [], block }: Scene): RunRecord {
  const said = Object.entries(depends ?? {}).map(([thing, one]): [string, Depends[string]] => [
    thing,
    'needs' in one ? one : { needs: one },
  ])
  const head = sampleHead({
    gate: { ...samplePolicy, accept: [...accept], ...(block !== undefined && { block }) },
    ...(depends !== undefined && { depends: Object.fromEntries(said) }),
  })
  const end = {
    state: 'complete' as const,
    endedAt: '2026-11-21T09:49:00.000Z',
    cost: { wallMs: 1, cpuMs: 1, peakMemoryBytes: 1 },
  }
  return completeRecord({ head, parts: [], steps, end }, end)
}
