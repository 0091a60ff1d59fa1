import type { Discovered } from '../discover.ts'
import { discover } from '../discover.ts'
import type { StepReport } from '../kernel/index.ts'
import {
  beginStep,
  isAsked,
  isCheck,
  isNotApplicable,
  ofAsked,
  runCheck,
  seenBy,
  unsettledBy,
  UsageError,
} from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import type { BalancerProbe } from './balancer-probe.ts'
import { isBalancerProbe } from './balancer-probe.ts'
import type { Bench, Loaded } from './bench/open-bench.ts'
import { openBench } from './bench/open-bench.ts'
import type { Room } from './bench/room.ts'
import { openRoom } from './bench/room.ts'
import { lookAtInventory } from './inventory/look-at-inventory.ts'
import { loadTarget } from './load-target.ts'
import type { LoadbalancingSection } from './section.ts'

/** Those that ask a balancer, and the one that compares files. */
export function allChecks() {
  return discover(new URL('./checks/', import.meta.url), isCheck)
}

function allProbes(): Promise<Discovered<BalancerProbe>[]> {
  return discover(new URL('./checks/', import.meta.url), isBalancerProbe)
}

/**
 * Compares inventories with what is made from them, then puts every question to every balancer, a step each. Copies of the
 * balancer (`lanes`) are asked side by side: what one question breaks, another does not see.
 */
export async function* trial(context: TrialContext<LoadbalancingSection>): AsyncGenerator<StepReport> {
  const { section, baseFolder } = context
  for (const entry of section.inventory) yield* lookAtInventory(entry, context)
  const loaded = await Promise.all(section.targets.map((target) => loadTarget(target, baseFolder)))
  const probes = await probesFor(context.only)
  if (loaded.length === 0 || probes.length === 0) return
  await using room = await openRoom(context)
  yield* lookAt(loaded, probes, room, context)
}

/** @internal */
export async function probesFor(only: readonly string[]): Promise<readonly BalancerProbe[]> {
  return (await allProbes()).map(({ thing }) => thing).filter((one) => isAsked(one, only))
}

/** A question to a target, and where its step goes. */
interface Task {
  readonly loaded: Loaded
  readonly asked: BalancerProbe
  readonly told: PromiseWithResolvers<StepReport>
}

/** @internal */
export async function* lookAt(
  targets: readonly Loaded[],
  probes: readonly BalancerProbe[],
  room: Room,
  context: TrialContext<LoadbalancingSection>,
): AsyncGenerator<StepReport> {
  const tasks: readonly Task[] = targets.flatMap((loaded) =>
    probes.map((asked) => ({ loaded, asked, told: Promise.withResolvers<StepReport>() })),
  )
  for (const { told } of tasks) told.promise.catch(() => undefined)
  const waiting = tasks.filter((task) => !toldAtOnce(task, context))
  const count = Math.min(context.section.lanes, waiting.length)
  const ended = Promise.allSettled(Array.from({ length: count }, () => lane(waiting, room, context)))
  try {
    for (const { loaded, asked, told } of tasks) {
      context.progress(`${loaded.target.name}: ${asked.id}`)
      yield await told.promise
    }
  } finally {
    waiting.length = 0
    await ended
  }
}

/** What is not expected of a target needs no balancer to be passed over. */
function toldAtOnce({ loaded: { target }, asked, told }: Task, { clock }: TrialContext<unknown>): boolean {
  const skipped = asked.notAskedOf(target)
  if (skipped !== undefined) told.resolve(beginStep({ id: asked.id, subject: target.name }, clock)({ skipped }))
  return skipped !== undefined
}

/** Takes one task after the other, with a balancer that it keeps as long as they are about the same target. */
async function lane(waiting: Task[], room: Room, context: TrialContext<LoadbalancingSection>): Promise<void> {
  let kept: { readonly loaded: Loaded; readonly bench: Promise<Bench> } | undefined
  const close = async (): Promise<void> => {
    const bench = await kept?.bench.catch(() => undefined)
    await bench?.[Symbol.asyncDispose]()
  }
  try {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      const { loaded, asked, told } = task
      const step = beginStep({ id: asked.id, subject: loaded.target.name }, context.clock)
      try {
        context.signal.throwIfAborted()
        if (kept?.loaded !== loaded) {
          await close()
          kept = { loaded, bench: openBench(loaded, { ...context, room }) }
        }
        told.resolve(step(await lookOnce(asked, await kept.bench, context)))
      } catch (error) {
        if (context.signal.aborted || error instanceof UsageError) told.reject(error)
        else told.resolve(step({ looked: [asked.id], unsettled: unsettledBy(error) }))
      }
    }
  } finally {
    await close()
  }
}

async function lookOnce(
  asked: BalancerProbe,
  bench: Bench,
  { only, command = 'seatrial run' }: TrialContext<LoadbalancingSection>,
): Promise<Partial<StepReport>> {
  if (!asked.still) await bench.calm()
  const seen = await asked.gather(bench)
  if (isNotApplicable(seen)) return { skipped: seen.notApplicable }
  const result = ofAsked(runCheck<never>(asked, seen), only)
  const judged = seenBy([result], { subject: bench.target.name, replay: `${command} --only ${asked.id}` })
  return { ...judged, ...(asked.artifacts !== undefined && { attachments: asked.artifacts(seen) }) }
}
