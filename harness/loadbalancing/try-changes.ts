import type { StepReport } from '../kernel/index.ts'
import { beginStep, sideBySide, unsettledBy, UsageError } from '../kernel/index.ts'
import type { TrialContext, Try } from '../slice.ts'
import { openRoom } from './bench/room.ts'
import { lookAtInventory } from './inventory/look-at-inventory.ts'
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
      const entry = section.inventory.find(({ name }) => name === part)
      const target = section.targets.find(({ name }) => name === part)
      const subject = entry ?? target
      if (subject === undefined) {
        const wanted = 'a target or an inventory of the section'
        throw new UsageError({ path: change?.id ?? 'loadbalancing', given: part, wanted })
      }
      const asked = { ...context, only, section: { ...section, lanes: change === undefined ? section.lanes : 1 } }
      try {
        if ('file' in subject) return await Array.fromAsync(lookAtInventory(subject, asked, change))
        const loaded = await loadTarget(subject, baseFolder, change)
        return await Array.fromAsync(lookAt([loaded], await probesFor(only), room, asked))
      } catch (error) {
        context.signal.throwIfAborted()
        // One change that cannot be made says nothing of the others.
        return [begun({ unsettled: unsettledBy(error) })]
      }
    },
  }))
  yield* sideBySide(loads, section.lanes)
}
