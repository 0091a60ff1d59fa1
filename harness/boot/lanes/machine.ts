import type { StepReport, Timeline } from '../../kernel/index.ts'
import { beginStep, unsettledBy, UsageError } from '../../kernel/index.ts'
import { bytesOf } from '../../input/index.ts'
import type { PowerOn, VirtualMachine } from '../../substrate/index.ts'
import { machineImage } from '../../substrate/index.ts'
import { askHost } from '../live/ask-host.ts'
import { judgeLive } from '../live/judge-live.ts'
import type { BootEnd } from '../live/wait-for-boot.ts'
import type { LiveObservation } from '../live-check.ts'
import { bootEnd, observed, shutDown } from '../machine/boot-anew.ts'
import { quickBoot } from '../machine/kernel-line.ts'
import { bootedHost, standingHost } from '../machine/standing-host.ts'
import type { MachineTarget } from '../section.ts'
import type { Lane } from './lane.ts'
import { imageOf, setUp } from './lane.ts'

/**
 * One step: a virtual machine is set up, looked at, rebooted, and looked at again. Its kernel, its disks and its way down
 * and up are real; a reboot is the guest's own, and the power is off in between.
 */
export async function lookAtMachine(target: MachineTarget, lane: Lane): Promise<StepReport> {
  const { name } = target
  const step = beginStep({ id: 'boot/machine', subject: name }, lane.clock)
  try {
    const { seen, timeline } = await rebooted(target, lane)
    const judged = await judgeLive(seen, { name, only: lane.only, replay: lane.command ?? 'seatrial run' })
    return step({ ...judged, timeline })
  } catch (error) {
    lane.signal.throwIfAborted()
    if (error instanceof UsageError) throw error
    return step({ unsettled: unsettledBy(error) })
  }
}

/** What else happens to the second boot. */
export interface Circumstance {
  /** The first boot is shared with others that begin on the same host. */
  readonly standing?: boolean
  /** Disks that are taken away for it. */
  readonly without?: readonly string[]
  /** Done beside it, from its power-on. */
  readonly meanwhile?: (
    machine: VirtualMachine,
    boot: { readonly ending: Promise<BootEnd>; readonly signal: AbortSignal },
  ) => Promise<void>
  /** Ports of the machine to be reached from here. */
  readonly ports?: readonly number[]
  /** Asked from here when it has ended, well or not. */
  readonly afterwards?: (
    machine: Pick<VirtualMachine, 'address' | 'slowness'>,
    signal: AbortSignal,
  ) => Promise<Partial<LiveObservation>>
}

/** Sets a machine up, looks at it, reboots it and looks again. @throws SeatrialError when it cannot be brought to its reboot */
export async function rebooted(
  target: MachineTarget,
  lane: Lane,
  { standing = false, without = [], meanwhile, ports = [], afterwards }: Circumstance = {},
): Promise<{ readonly seen: LiveObservation; readonly timeline: Timeline }> {
  const { name, declared, deadlineSeconds, loader, memory, processors } = target
  const { signal, clock, progress, run } = lane
  const limits = { deadlineMs: deadlineSeconds * 1000, signal }
  const disks = Object.fromEntries(Object.entries(target.disks).map(([disk, given]) => [disk, bytesOf(given)]))
  const power: PowerOn = { loader, kernelLine: loader === 'ours' ? quickBoot(declared) : [] }
  const image = await machineImage(await imageOf(target, lane), { progress, signal, loader })
  const memoryMiB = Math.ceil(bytesOf(memory) / 2 ** 20)
  const spec = { name, image, disks, ports, memoryMiB, processors }
  await using machine = standing
    ? await standingHost(spec, power, { ...limits, run, progress })
    : await bootedHost(spec, power, { ...limits, run, progress })
  const repeated = await setUp(machine, target, lane)
  const before = repeated?.after ?? (await askHost(machine, declared))

  progress(`${name}: rebooting it`)
  const began = clock.elapsed()
  const at = (): number => Math.round(clock.elapsed() - began)
  await shutDown(machine, 'reboot')
  const down = at()
  await machine.powerOn({ ...power, without })
  const ending = bootEnd(machine, limits)
  const [ended] = await Promise.all([ending, meanwhile?.(machine, { ending, signal })])
  const up = at()
  const seen = await observed(machine, declared, { before, ended })
  const more = await afterwards?.(machine, signal)
  return {
    seen: { ...seen, ...(repeated !== undefined && { repeated }), ...more },
    timeline: {
      title: `${name}: from the order to reboot`,
      unit: 'ms',
      marks: [
        { at: 0, what: 'told to reboot', kind: 'change' },
        { at: down, what: 'power off', kind: 'fault' },
        { at: up, what: `boot ended: ${ended.said}`, kind: ended.how === 'up' ? 'recovery' : 'end' },
      ],
      facts: [
        { what: 'boot', value: `${up - down} ms` },
        { what: 'processor', value: `${(await machine.processorSeconds()).toFixed(1)} s` },
      ],
    },
  }
}
