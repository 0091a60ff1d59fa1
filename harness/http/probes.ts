import { discover } from '../discover.ts'
import type {
  Clock,
  Finding,
  LocatedFinding,
  NotApplicable,
  Probe,
  RuleId,
  StepReport,
  Unsettled,
} from '../kernel/index.ts'
import { isNotApplicable, isSeatrialError, messageOf, runCheck } from '../kernel/index.ts'
import type { OpenedProbeContext } from './open-probe-context.ts'
import type { ProbeContext } from './probe-context.ts'

/** Why an intrusive probe is left out. */
const notOurs = 'it is put only to servers of the trial, or with --intrusive'

/** Probes that run side by side, each with one connection at a time. */
const sideBySide = 4

/** Every probe in `active/`, sorted by id. */
export async function activeProbes(): Promise<readonly Probe<ProbeContext>[]> {
  const found = await discover(new URL('./active/', import.meta.url), isProbe)
  return found.map(({ thing }) => thing).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

export interface RunProbeOptions {
  /** Stable name of the page in reports, such as `balancer /page`; its path unless said. */
  readonly subject?: string
  /** Whether the server may be put to intrusive probes; they are skipped, visibly, unless it may. */
  readonly intrusive?: boolean
}

/**
 * Asks and judges. Never throws for what the page does: a probe that has no business there is
 * skipped, one that could not look is unsettled.
 */
export async function runProbe<Observation>(
  probe: Probe<ProbeContext, RuleId, Observation>,
  context: OpenedProbeContext,
  { subject = context.url.pathname, intrusive = false }: RunProbeOptions = {},
): Promise<StepReport> {
  const { clock } = context
  const startedAt = clock.now()
  const start = clock.elapsed()
  const report = (
    rest: { looked: boolean } & Pick<Partial<StepReport>, 'unsettled' | 'skipped'>,
    found: readonly Finding[],
  ): StepReport => {
    const { looked, ...more } = rest
    return {
      id: probe.id,
      subject,
      looked: looked ? [probe.id] : [],
      findings: found.map((finding) => located(finding, subject, probe, context)),
      startedAt,
      durationMs: elapsedSince(clock, start),
      ...more,
    }
  }
  if (probe.intrusive && !intrusive) return report({ looked: false, skipped: notOurs }, [])
  let observation: Observation | NotApplicable
  try {
    observation = await probe.gather(context.for(probe.id))
  } catch (error) {
    return report({ looked: false, unsettled: couldNotLook(probe, error) }, [])
  }
  if (isNotApplicable(observation)) return report({ looked: false, skipped: observation.notApplicable }, [])
  const { findings, unsettled } = runCheck(probe, observation)
  return report({ looked: true, ...(unsettled === undefined ? {} : { unsettled }) }, findings)
}

/** Runs probes a few at a time; the reports come in the order of the probes, whatever ended first. */
export async function runProbes(
  probes: readonly Probe<ProbeContext>[],
  context: OpenedProbeContext,
  options: RunProbeOptions = {},
): Promise<readonly StepReport[]> {
  const reports = new Map<Probe<ProbeContext>, StepReport>()
  const waiting = probes[Symbol.iterator]()
  const worker = async (): Promise<void> => {
    for (const probe of waiting) reports.set(probe, await runProbe(probe, context, options))
  }
  await Promise.all(Array.from({ length: sideBySide }, worker))
  return probes.flatMap((probe) => reports.get(probe) ?? [])
}

function located(
  finding: Finding,
  subject: string,
  probe: { readonly id: RuleId },
  context: OpenedProbeContext,
): LocatedFinding {
  return { ...finding, subject, replay: `seatrial http ${context.url.href} --only ${probe.id}` }
}

function couldNotLook(probe: { readonly id: RuleId }, error: unknown): Unsettled {
  if (isSeatrialError(error)) return { because: error.because, why: `${probe.id}: ${error.message}`, mend: error.mend }
  return {
    because: 'harness',
    why: `${probe.id} threw while asking: ${messageOf(error)}`,
    mend: 'This is a defect of the probe; report it with the replay line.',
  }
}

const elapsedSince = (clock: Clock, start: number): number => Math.max(0, Math.round(clock.elapsed() - start))

function isProbe(value: unknown): value is Probe<ProbeContext> {
  return typeof value === 'object' && value !== null && 'gather' in value && 'run' in value && 'rules' in value
}
