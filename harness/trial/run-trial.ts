import { join } from 'node:path'
import type { Clock, RuleId, StepReport } from '../kernel/index.ts'
import { messageOf, systemClock, unsettledBy, UsageError } from '../kernel/index.ts'
import type { Depends, GatePolicy, RunRecord } from '../record/index.ts'
import { createRunFolder, machineFacts, newRunId, startCostMeter } from '../record/index.ts'
import { writeReports } from '../report/index.ts'
import type { Slice, TrialContext } from '../slice.ts'
import type { StackSpec, StartedStack } from '../stack/index.ts'
import { startStack } from '../stack/index.ts'
import type { RunScope } from '../substrate/index.ts'
import { findEngine, openRun, sweepLeftovers } from '../substrate/index.ts'
import { version } from '../version.ts'
import { collectLogs } from './logs.ts'
import { lookThrough } from './look.ts'
import type { Recording } from './recording.ts'
import { startRecording } from './recording.ts'

/** One plan, ready to be tried: what the configuration says under one profile. */
export interface TrialPlan {
  readonly profile: string
  /** Folder that the stack's files are relative to. */
  readonly baseFolder: string
  readonly stack: StackSpec
  /** Practices in order, each with its section of the configuration. */
  readonly practices: readonly { readonly slice: Slice; readonly section: unknown }[]
  readonly gate: GatePolicy
  /** What needs what, as the configuration says. */
  readonly depends?: Depends
  readonly seed: number
  readonly timeLimitMs: number
  readonly reportsFolder: string
  readonly formats: readonly string[]
  readonly secrets: readonly string[]
  readonly allow: (url: URL) => void
}

/** What work on a started stack is given: all that a practice is, but for its section. */
export type WorkContext = Omit<TrialContext<unknown>, 'section'>

export interface TrialOptions {
  /** The command line as people would type it, for the record. */
  readonly command: string
  readonly signal: AbortSignal
  readonly progress: (line: string) => void
  readonly only?: readonly string[]
  /** What to do with the started stack; every practice's trial unless said. */
  readonly work?: (plan: TrialPlan, context: WorkContext) => AsyncIterable<StepReport>
  readonly clock?: Clock
}

export interface TrialResult {
  readonly record: RunRecord
  /** Where `run.json`, the reports and the logs are. */
  readonly folder: string
}

/**
 * One plan from start to verdict. What goes wrong with the stack or a practice is in the record;
 * an abort ends the run in order and marks the record `interrupted`.
 *
 * @throws UsageError when the plan turns out to be wrong, after everything is torn down
 * @throws SeatrialError when nothing can be written
 */
export async function runTrial(plan: TrialPlan, options: TrialOptions): Promise<TrialResult> {
  const { clock = systemClock, progress } = options
  const meter = startCostMeter(clock)
  const startedAt = new Date(clock.now())
  const id = newRunId(startedAt)
  const folder = await createRunFolder(plan.reportsFolder, id)
  const engine = await findEngine()
  const recording = await startRecording(
    {
      version: 1,
      id,
      seatrial: version,
      command: options.command,
      profile: plan.profile,
      seed: plan.seed,
      startedAt: startedAt.toISOString(),
      machine: machineFacts(engine.found ? engine.version : null),
      gate: plan.gate,
      ...(plan.depends !== undefined && { depends: plan.depends }),
    },
    { folder, secrets: plan.secrets },
  )
  const limit = AbortSignal.timeout(plan.timeLimitMs)
  const signal = AbortSignal.any([options.signal, limit])
  let wrong: Error | undefined
  try {
    await tryPlan(plan, { ...options, clock, signal, id, folder, recording })
  } catch (error) {
    if (!signal.aborted) wrong = error instanceof Error ? error : new Error(messageOf(error))
    // The end that was asked for is no news; what went wrong on the way out is.
    else if (error !== signal.reason) progress(`while ending: ${messageOf(error)}`)
  }
  if (limit.aborted && !options.signal.aborted) recording.step(outOfTime(plan, clock))
  const state = signal.aborted || wrong !== undefined ? 'interrupted' : 'complete'
  const record = await recording.finish({ state, endedAt: new Date(clock.now()).toISOString(), cost: meter.read() })
  if (wrong !== undefined) throw wrong
  await writeReports(record, folder, plan.formats)
  progress(`reports: ${folder}`)
  return { record, folder }
}

interface Trying extends TrialOptions {
  readonly clock: Clock
  readonly id: string
  readonly folder: string
  readonly recording: Recording
}

async function tryPlan(plan: TrialPlan, options: Trying): Promise<void> {
  const { clock, recording, signal, progress, folder } = options
  await sweepLeftovers()
  await using run = await openRun({ id: runIdOf(options.id) })
  const stack = await startedOrTold(plan, run, options)
  if (stack === undefined) return
  await using _stack = stack
  recording.parts(stack.parts.map(({ name, kind, description }) => ({ name, kind, description })))
  const { baseFolder, seed, allow } = plan
  const context = {
    stack,
    run,
    baseFolder,
    clock,
    seed,
    signal,
    allow,
    only: options.only ?? [],
    progress,
    command: options.command,
  }
  const work = options.work ?? lookAround
  for await (const step of work(plan, context)) recording.step(step)
  await collectLogs(stack, join(folder, 'logs'), plan.secrets)
}

/** What a trial does unless told otherwise: every practice of the plan, one after the other. */
export async function* lookAround(plan: TrialPlan, context: WorkContext): AsyncGenerator<StepReport> {
  for (const { slice, section } of plan.practices) {
    context.progress(slice.title)
    yield* lookThrough(slice, { ...context, section })
  }
}

/** The stack, or undefined and a step that says why there is none. */
async function startedOrTold(plan: TrialPlan, run: RunScope, options: Trying): Promise<StartedStack | undefined> {
  const { clock, recording, signal, progress } = options
  const startedAt = clock.now()
  const start = clock.elapsed()
  const step = (rest: Partial<StepReport>): StepReport => ({
    id: 'trial/stack',
    subject: Object.keys(plan.stack).join(', ') || 'nothing to start',
    looked: [],
    findings: [],
    startedAt,
    durationMs: Math.round(clock.elapsed() - start),
    ...rest,
  })
  try {
    const stack = await startStack(plan.stack, { run, baseFolder: plan.baseFolder, signal, clock, progress })
    recording.step(step({ looked: ['trial/stack'] satisfies RuleId[] }))
    return stack
  } catch (error) {
    signal.throwIfAborted()
    const logs = error instanceof Error && 'logs' in error && error.logs instanceof Map ? [...error.logs] : []
    const attachments = logs.map(([name, content]) => ({
      name: `${String(name)}.log`,
      contentType: 'text/plain',
      content: String(content),
    }))
    if (error instanceof UsageError) throw error
    const unsettled = unsettledBy(error)
    recording.step(step({ unsettled, ...(attachments.length > 0 && { attachments }) }))
    return unsettled.because === 'unsupported' ? startWithoutEngine(plan, run, signal) : undefined
  }
}

/** What runs already can be looked at on a machine that can start nothing. */
async function startWithoutEngine(
  plan: TrialPlan,
  run: RunScope,
  signal: AbortSignal,
): Promise<StartedStack | undefined> {
  const running = Object.entries(plan.stack).filter(([, part]) => part.url !== undefined)
  if (running.length === 0) return undefined
  const alone = running.map(([name, { needs: _, ...part }]) => [name, part] as const)
  return startStack(Object.fromEntries(alone), { run, baseFolder: plan.baseFolder, signal })
}

/** Containers and folders are named after the run, in the letters that they all allow. */
function runIdOf(id: string): string {
  return id.toLowerCase()
}

function outOfTime(plan: TrialPlan, clock: Clock): StepReport {
  return {
    id: 'trial/time-limit',
    subject: `profile ${plan.profile}`,
    looked: [],
    findings: [],
    unsettled: {
      because: 'timeout',
      why: `the run passed its limit of ${Math.round(plan.timeLimitMs / 1000)} s`,
      mend: 'Look in the timeline for what was slow, or raise timeLimitSeconds of the profile.',
    },
    startedAt: clock.now(),
    durationMs: 0,
  }
}
