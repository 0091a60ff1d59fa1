import type { StepReport } from '../kernel/index.ts'
import { beginStep, sideBySide, unsettledBy, UsageError } from '../kernel/index.ts'
import type { TrialContext, Try } from '../slice.ts'
import { openRoom } from './bench/room.ts'
import { loadTarget } from './load-target.ts'
import type { LoadbalancingSection } from './section.ts'
import { lookAt, probesFor } from './trial.ts'

/**
 * Looks at targets of the section with a change made in each: each try is a balancer of its own, and as many are tried side
 * by side as the section has lanes. One that is to be looked at as it is has all lanes for itself.
 */
export async function* tryChanges(
  context: TrialContext<LoadbalancingSection>,
  tries: readonly Try[],
): AsyncGenerator<readonly StepReport[]> {
  await using room = await openRoom(context)
  const { section, baseFolder } = context
  const loads = tries.map(({ part, change, only }) => ({
    processors: change === undefined ? section.lanes : 1,
    async work() {
      const begun = beginStep({ id: 'loadbalancing/try', subject: part }, context.clock)
      const target = section.targets.find(({ name }) => name === part)
      if (target === undefined) {
        throw new UsageError({ path: change?.id ?? 'loadbalancing', given: part, wanted: 'a target of the section' })
      }
      const asked = { ...context, only, section: { ...section, lanes: change === undefined ? section.lanes : 1 } }
      try {
        const loaded = await loadTarget(target, baseFolder, change)
        return await Array.fromAsync(lookAt(loaded, await probesFor(only), room, asked))
      } catch (error) {
        context.signal.throwIfAborted()
        // One change that cannot be made says nothing of the others.
        return [begun({ unsettled: unsettledBy(error) })]
      }
    },
  }))
  yield* sideBySide(loads, section.lanes)
}
