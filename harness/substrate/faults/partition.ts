import type { Machine, Partitionable } from '../machine.ts'
import type { FaultHandle } from './fault.ts'
import { inEffect } from './fault.ts'

/**
 * Cuts the target off: no peer and no client reaches it, while its processes run on. Undone by
 * joining it again under the same names; the port that it publishes here may have changed.
 */
export async function partition(target: Partitionable & Pick<Machine, 'name'>): Promise<FaultHandle> {
  await target.disconnect()
  return inEffect(`${target.name} is cut off from its network`, () => target.reconnect())
}
