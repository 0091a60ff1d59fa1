import type { Machine, Pausable } from '../machine.ts'
import type { FaultHandle } from './fault.ts'
import { inEffect } from './fault.ts'

/** Freezes the target: connections are taken and stay open, and nothing answers. Undone by thawing it. */
export async function pause(target: Pausable & Pick<Machine, 'name'>): Promise<FaultHandle> {
  await target.pause()
  return inEffect(`${target.name} is paused`, () => target.resume())
}
