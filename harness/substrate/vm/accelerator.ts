import { accessSync, constants } from 'node:fs'
import { SeatrialError, systemClock } from '../../kernel/index.ts'
import type { Machine } from '../machine.ts'
import { killQemu } from './qemu-processes.ts'

/** What runs a guest's instructions here, and how slow that is. */
export interface Accelerator {
  readonly kind: 'tcg' | 'kvm'
  /** Time limits are multiplied by it; 1 on a quiet machine like the one where they were found, at most 5. */
  readonly slowness: number
}

/** Milliseconds that the trial took where the time limits were found: two cores, quiet, QEMU 7.2 with TCG. */
const usualTrialMs = 2_000
/** What is slower than this in the trial was busy with other things, which pass; limits that grew with it would not. */
const slowest = 5

/** The kernel and the initrd of ours say "trial" and power off. */
const trial = [
  '-nodefaults',
  '-no-user-config',
  '-display',
  'none',
  '-no-reboot',
  '-serial',
  'stdio',
  '-m',
  '128',
] as const
const kernel = [
  '-kernel',
  '/machine/vmlinux',
  '-initrd',
  '/machine/initrd',
  '-append',
  'console=ttyS0 no_timer_check seatrial.trial',
] as const

/** Whether the engine's host, when it is this one, offers KVM. That it offers it does not say that a guest runs. */
export const kvmDevices: readonly string[] = mayUse('/dev/kvm') ? ['/dev/kvm'] : []

/** Whether this process may read and write a device. */
export function mayUse(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}

let known: Promise<Accelerator> | undefined

/**
 * Boots the trial kernel once in a process, emulated and with KVM side by side: KVM is taken when it is first, and time
 * limits are scaled by how long the emulation took.
 *
 * @throws SeatrialError `SEATRIAL_NO_MACHINES` (unsettled: setup) when not even the emulation gets there
 */
export function findAccelerator(container: Pick<Machine, 'exec'>, deadlineMs = 120_000): Promise<Accelerator> {
  known ??= tryOut(container, deadlineMs)
  // What failed here may work in the next container.
  known.catch(() => (known = undefined))
  return known
}

interface Tried {
  readonly kind: Accelerator['kind']
  readonly ok: boolean
  readonly ms: number
  readonly said: string
}

async function tryOut({ exec }: Pick<Machine, 'exec'>, deadlineMs: number): Promise<Accelerator> {
  const boot = async (kind: Accelerator['kind'], accelerator: string, cpu: string): Promise<Tried> => {
    const start = systemClock.elapsed()
    // A guest that hangs under KVM does not even hear a polite end.
    const limit = ['timeout', '--kill-after=1', String(deadlineMs / 1000)] as const
    const machine = ['-accel', accelerator, '-cpu', cpu] as const
    const { stdout, stderr } = await exec([...limit, 'qemu-system-x86_64', ...trial, ...machine, ...kernel])
    const said = `${stdout}${stderr}`.trim()
    return { kind, ok: stdout.includes('seatrial: trial'), ms: systemClock.elapsed() - start, said }
  }
  const emulated = boot('tcg', 'tcg,thread=multi', 'max')
  const virtual = kvmDevices.length === 0 ? emulated : boot('kvm', 'kvm', 'host')
  virtual.catch(() => undefined)
  const first = await Promise.race([emulated, virtual.then((seen) => (seen.ok ? seen : emulated))])
  await exec(['sh', '-c', killQemu])
  if (!first.ok) {
    const why = first.said.slice(-300) || 'QEMU said nothing'
    throw new SeatrialError('SEATRIAL_NO_MACHINES', `no machine boots here: ${why}`, {
      mend: 'Give the engine two processors and 1 GiB, or leave the machine lane out.',
      because: 'setup',
    })
  }
  return { kind: first.kind, slowness: Math.min(slowest, Math.max(1, first.ms / usualTrialMs)) }
}
