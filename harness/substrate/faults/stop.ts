import type { Killable, Machine } from '../machine.ts'
import type { FaultHandle } from './fault.ts'
import { inEffect } from './fault.ts'

/** Stops the target in order: its processes are asked to end first. Undone by starting it. */
export async function stop(target: Killable & Pick<Machine, 'name'>): Promise<FaultHandle> {
  await target.stop()
  return inEffect(`${target.name} is stopped`, () => target.start())
}
