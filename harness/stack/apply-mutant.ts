import { SeatrialError } from '../kernel/index.ts'
import type { Machine } from '../substrate/machine.ts'
import type { Change } from './mutant.ts'
import type { RestartOptions } from './restart-service.ts'
import { checkService, restartService } from './restart-service.ts'
import type { StartedStack } from './stack.ts'

/**
 * Makes the change of a mutant, or a harmless one, in the running stack and restarts the service that reads the file.
 * Disposing puts the file back byte for byte and restarts the service again.
 *
 * @throws SeatrialError `SEATRIAL_MUTANT_STALE` when `find` does not occur exactly once in the file
 * @throws SeatrialError `SEATRIAL_MUTANT_BROKEN` when the service refuses the changed file: such a
 *   mutant proves nothing, whatever rule would fire
 * @throws SeatrialError `SEATRIAL_WAIT_DEADLINE` when the service does not come back
 */
export async function applyMutant(
  stack: Pick<StartedStack, 'part'>,
  mutant: Change,
  options: RestartOptions = {},
): Promise<AsyncDisposable> {
  const machine = machineOf(stack, mutant)
  const original = await machine.readFile(mutant.file)
  await machine.writeFile(mutant.file, changed(mutant, new TextDecoder().decode(original)))
  try {
    await refuseBroken(machine, mutant)
  } catch (error) {
    // The service still runs on the old file: nothing but the file has to go back.
    await machine.writeFile(mutant.file, original)
    throw error
  }
  const undo = async (): Promise<void> => {
    await machine.writeFile(mutant.file, original)
    // The signal of a run that is being stopped must not keep the stack from being put right.
    await restartService(machine, options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs })
  }
  try {
    await restartService(machine, options)
  } catch (error) {
    await undo()
    throw error
  }
  return { [Symbol.asyncDispose]: undo }
}

/**
 * The text with the mutant's change made.
 *
 * @throws SeatrialError `SEATRIAL_MUTANT_STALE` when `find` does not occur exactly once
 */
export function changed({ id, part, file, find, replace }: Change, text: string): string {
  const pieces = text.split(find)
  if (find === '' || pieces.length !== 2) {
    const times = find === '' ? 'is empty' : `occurs ${pieces.length - 1} times`
    throw new SeatrialError('SEATRIAL_MUTANT_STALE', `${id}: ${JSON.stringify(find)} ${times} in ${file} of ${part}`, {
      mend: `Give ${id} a "find" that occurs exactly once in that file.`,
    })
  }
  return pieces.join(replace)
}

function machineOf(stack: Pick<StartedStack, 'part'>, { id, part }: Change): Machine {
  const { machine, description } = stack.part(part)
  if (machine === undefined) {
    throw new SeatrialError('SEATRIAL_MUTANT_FOREIGN', `${id}: ${part} (${description}) runs already, elsewhere`, {
      mend: 'Change only what the trial has started: build the part from an image.',
      because: 'unsupported',
    })
  }
  return machine
}

async function refuseBroken(machine: Machine, { id, file }: Change): Promise<void> {
  const { exitCode, stdout, stderr } = await checkService(machine)
  if (exitCode === 0) return
  throw new SeatrialError('SEATRIAL_MUTANT_BROKEN', `${id}: the service refuses its ${file}: ${stderr || stdout}`, {
    mend: `Change "replace" of ${id} so that the service accepts the file.`,
  })
}
