import type { PowerOn, RunScope, VirtualMachine, VirtualMachineSpec } from '../../substrate/index.ts'
import { createVirtualMachine, standingImage } from '../../substrate/index.ts'
import { notUp } from '../lanes/lane.ts'
import type { BootLimits } from './boot-anew.ts'
import { boot } from './boot-anew.ts'
import type { BootEnd } from '../live/wait-for-boot.ts'

interface HostOptions extends BootLimits {
  readonly run: RunScope
  readonly progress: (line: string) => void
}

/** A machine that was booted, well or into maintenance. @throws SeatrialError `SEATRIAL_HOST_NOT_UP` (unsettled: setup) */
export async function bootedHost(
  spec: VirtualMachineSpec,
  power: PowerOn,
  options: HostOptions,
): Promise<VirtualMachine> {
  return started(spec, options, async (machine) => {
    const ended = await firstBoot(machine, power, options)
    if (ended.how === 'late' || ended.how === 'console') throw notUp(spec.name, ended)
  })
}

/**
 * A machine that is up, for a drill to begin with: the boot that brought it there is done once for all procedures that
 * begin on such a host. Only what comes after that is tried, and boots for itself.
 *
 * @throws SeatrialError `SEATRIAL_HOST_NOT_UP` (unsettled: setup) when that boot does not end well
 */
export async function standingHost(
  spec: VirtualMachineSpec,
  power: PowerOn,
  options: HostOptions,
): Promise<VirtualMachine> {
  const up = async (machine: VirtualMachine): Promise<void> => {
    const ended = await firstBoot(machine, power, options)
    if (ended.how !== 'up') throw notUp(spec.name, ended)
  }
  const image = await standingImage({ spec, power }, options.run, up, options)
  return started({ ...spec, image }, options, (machine) => machine.powerOn({ ...power, asLeft: true }))
}

function firstBoot(machine: VirtualMachine, power: PowerOn, options: HostOptions): Promise<BootEnd> {
  options.progress(`${machine.name}: booting it, ${machine.accelerator === 'kvm' ? 'with KVM' : 'emulated'}`)
  return boot(machine, power, options)
}

async function started(
  spec: VirtualMachineSpec,
  { run, signal }: HostOptions,
  start: (machine: VirtualMachine) => Promise<void>,
): Promise<VirtualMachine> {
  const machine = await createVirtualMachine(spec, run, { signal })
  try {
    await start(machine)
    return machine
  } catch (error) {
    await machine[Symbol.asyncDispose]()
    throw error
  }
}
