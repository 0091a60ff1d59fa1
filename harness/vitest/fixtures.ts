import { test as base } from 'vitest'
import type { StepReport, Unsettled } from '../kernel/index.ts'
import { systemClock, unsettledBy } from '../kernel/index.ts'
import type { Redactor } from '../record/index.ts'
import { createRedactor } from '../record/index.ts'
import type { Slice } from '../slice.ts'
import type { StartedStack } from '../stack/index.ts'
import { startStack } from '../stack/index.ts'
import type { RunScope } from '../substrate/index.ts'
import { openRun } from '../substrate/index.ts'
import type { TrialPlan } from '../trial/index.ts'
import { lookThrough, prepareTrial } from '../trial/index.ts'
import { slices } from '../registry.ts'
import { guardTest } from './guard.ts'
import './matchers.ts'
import { redactStep } from './redact-step.ts'
import { metaOf } from './task-meta.ts'

/** What a test may narrow when it looks. */
export interface LookFor {
  /** The practice; `http` and the like, by the id of its slice. */
  readonly practice: string
  /** Its section of the configuration, or what the test wants instead. */
  readonly section?: unknown
  /** Ids of checks, probes or rules; all when empty. */
  readonly only?: readonly string[]
}

type Deployment = { readonly run: RunScope; readonly stack: StartedStack } | { readonly unsettled: Unsettled }

/**
 * Vitest's `test` with the deployment of the nearest configuration under it.
 *
 * - `configFile`: which configuration; override it with `test.override`
 * - `stack`: the started deployment, shared by all files of a worker. Where it cannot be had the
 *   test is unsettled, never passed
 * - `look`: what a practice says of it, as steps for the matchers
 * - `evidence`: keeps a text beside the test in the run record, without the configuration's secrets
 *
 * @example
 * test('no page of the shop has a warning', async ({ look }) => {
 *   expect(await look({ practice: 'http' })).toHaveNoFindings()
 * })
 */
export const test = base
  .extend('configFile', { scope: 'worker', injected: true }, '')
  .extend('plan', { scope: 'worker' }, async ({ configFile }): Promise<TrialPlan> => {
    return prepareTrial({
      folder: process.cwd(),
      profile: process.env['SEATRIAL_PROFILE'] ?? 'commit',
      slices,
      env: process.env,
      ...(configFile !== '' && { configFile }),
    })
  })
  .extend('redact', { scope: 'worker' }, ({ plan }): Redactor => createRedactor({ secrets: plan.secrets }))
  .extend('guarded', { auto: true }, ({ plan, redact, task }): void => {
    guardTest(task, { allow: plan.allow, redact, seed: plan.seed })
  })
  .extend('deployment', { scope: 'worker' }, async ({ plan }, { onCleanup }): Promise<Deployment> => {
    const run = await openRun()
    const open = new AsyncDisposableStack()
    open.use(run)
    onCleanup(() => open.disposeAsync())
    try {
      return { run, stack: open.use(await startStack(plan.stack, { run, baseFolder: plan.baseFolder })) }
    } catch (error) {
      const unsettled = unsettledBy(error)
      // A machine that cannot do it is not the test's failure; everything else is.
      if (unsettled.because === 'unsupported') return { unsettled }
      throw error
    }
  })
  .extend('stack', ({ deployment, redact, task, skip }, { onCleanup }): StartedStack => {
    if ('unsettled' in deployment) {
      metaOf(task).unsettled = deployment.unsettled
      return skip(`unsettled: ${deployment.unsettled.because}: ${deployment.unsettled.why}`)
    }
    const { stack } = deployment
    onCleanup(async () => {
      // The logs of what ran are worth most when the test failed, and then is when Vitest refuses annotations.
      if (task.result?.state === 'fail') await keepLogs(stack, task, redact)
    })
    return stack
  })
  .extend('run', ({ deployment, stack: _started }): RunScope => {
    // A deployment that did not come up has skipped the test by now.
    if ('unsettled' in deployment) throw new Error('there is no run without a deployment')
    return deployment.run
  })
  .extend('evidence', ({ task, redact }) => (name: string, content: string, contentType = 'text/plain'): void => {
    const meta = metaOf(task)
    meta.attachments = [...(meta.attachments ?? []), { name, contentType, content: redact(content, name) }]
  })
  .extend('look', ({ plan, redact, stack, run, signal, evidence, task }, { onCleanup }) => {
    const seen: StepReport[] = []
    onCleanup(() => {
      if (task.result?.state === 'fail') evidence('steps.json', JSON.stringify(seen, undefined, 2), 'application/json')
    })
    return async ({ practice, section, only = [] }: LookFor): Promise<readonly StepReport[]> => {
      const { slice, section: planned } = practiceOf(plan, practice)
      const context = {
        section: section ?? planned,
        stack,
        run,
        baseFolder: plan.baseFolder,
        clock: systemClock,
        seed: plan.seed,
        signal,
        allow: plan.allow,
        only,
        progress: () => {},
      }
      const steps = (await Array.fromAsync(lookThrough(slice, context))).map((step) => redactStep(step, redact))
      seen.push(...steps)
      return steps
    }
  })

function practiceOf(plan: TrialPlan, id: string): { readonly slice: Slice; readonly section: unknown } {
  const found = plan.practices.find(({ slice }) => slice.id === id)
  if (found !== undefined) return found
  const slice = slices.find((one) => one.id === id)
  if (slice === undefined)
    throw new TypeError(`there is no practice "${id}"; there are ${slices.map((one) => one.id).join(', ')}`)
  return { slice, section: undefined }
}

async function keepLogs(stack: StartedStack, task: Parameters<typeof metaOf>[0], redact: Redactor): Promise<void> {
  const meta = metaOf(task)
  const logs = await Promise.allSettled(
    stack.parts.flatMap(({ name, machine }) =>
      machine === undefined ? [] : [machine.logs().then((content) => ({ name, content }))],
    ),
  )
  const kept = logs.flatMap((log) => (log.status === 'fulfilled' ? [log.value] : []))
  meta.attachments = [
    ...(meta.attachments ?? []),
    ...kept.map(({ name, content }) => ({
      name: `${name}.log`,
      contentType: 'text/plain',
      content: redact(content).slice(-20_000),
    })),
  ]
}
