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
  for (const one of loaded) yield* lookAt(one, probes, room, context)
}

/** @internal */
export async function probesFor(only: readonly string[]): Promise<readonly BalancerProbe[]> {
  return (await allProbes()).map(({ thing }) => thing).filter((one) => isAsked(one, only))
}

/** @internal */
export async function* lookAt(
  loaded: Loaded,
  probes: readonly BalancerProbe[],
  room: Room,
  context: TrialContext<LoadbalancingSection>,
): AsyncGenerator<StepReport> {
  const { section, clock, signal } = context
  const steps = probes.map(() => Promise.withResolvers<StepReport>())
  let next = 0
  const lane = async (): Promise<void> => {
    const opened = openBench(loaded, { ...context, room })
    opened.catch(() => undefined)
    for (let at = next++; at < probes.length; at = next++) {
      const asked = probes[at]
      if (asked === undefined || signal.aborted) break
      const step = beginStep({ id: asked.id, subject: loaded.target.name }, clock)
      try {
        steps[at]?.resolve(step(await lookOnce(asked, await opened, context)))
      } catch (error) {
        if (signal.aborted || error instanceof UsageError) steps[at]?.reject(error)
        else steps[at]?.resolve(step({ looked: [asked.id], unsettled: unsettledBy(error) }))
      }
    }
    await (await opened)[Symbol.asyncDispose]()
  }
  const lanes = Array.from({ length: Math.min(section.lanes, probes.length) }, lane)
  const ended = Promise.allSettled(lanes)
  try {
    for (const [at, { promise }] of steps.entries()) {
      promise.catch(() => undefined)
      context.progress(`${loaded.target.name}: ${probes[at]?.id ?? ''}`)
      yield await promise
    }
  } finally {
    next = probes.length
    await ended
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
