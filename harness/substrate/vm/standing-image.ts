import { createHash } from 'node:crypto'
import { commitOnce } from '../docker/commit.ts'
import type { BuildOptions } from '../docker/image.ts'
import type { RunScope } from '../run-scope.ts'
import { kvmDevices } from './accelerator.ts'
import type { PowerOn } from './qemu-command.ts'
import { qemuCommand } from './qemu-command.ts'
import type { VirtualMachine, VirtualMachineSpec } from './virtual-machine.ts'
import { createVirtualMachine, hardwareOf } from './virtual-machine.ts'

/** A machine, and how it is switched on. */
export interface Standing {
  readonly spec: VirtualMachineSpec
  readonly power: PowerOn
}

/**
 * The tag of an image whose machine is up, its memory and all. It is booted once; each machine of it goes on from there
 * when it is switched on with `asLeft` and the same words otherwise. What is the same before each of many trials is
 * waited for once so; what is tried must boot for itself.
 *
 * @param up switches it on with `power`, and resolves when it is where it shall be left
 * @throws what `up` throws
 */
export async function standingImage(
  { spec, power }: Standing,
  run: Pick<RunScope, 'labels'>,
  up: (machine: VirtualMachine) => Promise<void>,
  options: BuildOptions = {},
): Promise<string> {
  // Memory fits only into the same hardware.
  const words = qemuCommand(hardwareOf(spec, kvmDevices.length === 0 ? 'tcg' : 'kvm'), power)
  const hash = createHash('sha256')
    .update(JSON.stringify([spec.image, spec.disks, words]))
    .digest('hex')
    .slice(0, 12)
  const tag = `seatrial/standing:${hash}`
  await commitOnce(
    tag,
    async () => {
      const machine = await createVirtualMachine(spec, run, options)
      try {
        await up(machine)
        await machine.leave()
        return machine
      } catch (error) {
        await machine[Symbol.asyncDispose]()
        throw error
      }
    },
    options,
  )
  return tag
}
