import type { Killable, Machine } from '../machine.ts'
import type { FaultHandle } from './fault.ts'
import { inEffect } from './fault.ts'

/** Ends the target at once, without a word to its processes, as a crash does. Undone by starting it. */
export async function kill(target: Killable & Pick<Machine, 'name'>): Promise<FaultHandle> {
  await target.kill('SIGKILL')
  return inEffect(`${target.name} is killed`, () => target.start())
}
