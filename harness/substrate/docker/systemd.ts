import type { ContainerMachine, Rebootable } from '../machine.ts'
import { SeatrialError, waitFor } from '../../kernel/index.ts'
import type { RunScope } from '../run-scope.ts'
import { launch } from './container.ts'
import type { ContainerHandle } from './container-machine.ts'
import type { ContainerSpec, EngineExtras } from './container-spec.ts'

export type SystemdMachine = ContainerMachine & Rebootable & Pick<ContainerHandle, 'isOff'> & AsyncDisposable

/** The wait is systemd's own word, so it is not for the caller to choose. */
export type SystemdSpec = Omit<ContainerSpec, 'wait' | 'command' | 'entrypoint'>

export interface SystemdOptions {
  readonly signal?: AbortSignal
  /**
   * `answering`: started, and booted anew, as soon as PID 1 can be asked, however its boot ends; where PID 1 is something
   * else, at once. `up` unless said.
   */
  readonly until?: 'up' | 'answering'
}

/**
 * Starts a container whose PID 1 is systemd, such as `fixtures/images/systemd`. It is up when
 * systemd says `running`, or `degraded`: a failed unit is for a check to judge, not for the start.
 * A reboot is a restart: disks stay, /run and /tmp are new, units start from the beginning.
 * The kernel is the host's, so fstab, initrd and a power cut need a virtual machine.
 *
 * @throws SeatrialError as `startContainer`
 */
export async function startSystemdMachine(
  spec: SystemdSpec,
  run: Pick<RunScope, 'labels'>,
  { until = 'up', ...options }: SystemdOptions = {},
): Promise<SystemdMachine> {
  const capabilities = [...new Set(['SYS_ADMIN', ...(spec.capabilities ?? [])])]
  const machine = await launch(
    { ...spec, capabilities, wait: { command: until === 'up' ? isUp : isAnswering } },
    run,
    extras,
    options,
  )
  return Object.assign(machine, {
    async reboot() {
      const before = await bootTime(machine)
      await machine.restart()
      await waitFor(
        `${spec.name} to have booted anew`,
        async () => {
          const now = await bootTime(machine)
          return now === before ? { seen: `PID 1 still that of ${before}` } : { done: now }
        },
        { deadlineMs: 5_000 },
      )
    },
  })
}

// is-system-running exits with 1 on a degraded system, which is up all the same.
const isUp = [
  'sh',
  '-c',
  's=$(systemctl is-system-running); echo "$s"; [ "$s" = running ] || [ "$s" = degraded ]',
] as const

const isAnswering = [
  'sh',
  '-c',
  'case $(cat /proc/1/comm) in systemd|init) systemctl show --property=Version ;; esac',
] as const

const extras: EngineExtras = {
  securityOptions: ['seccomp=unconfined'],
  // With cgroup version 1 systemd mounts the unified hierarchy for itself, in this namespace. The engine's own systemd
  // hierarchy must not be given to it: one that goes down trims it, and takes along the groups of all containers beside it.
  privateCgroup: true,
  tmpfsOptions: { '/run': 'rw,exec,mode=755', '/run/lock': 'rw', '/tmp': 'rw,mode=1777' },
  terminal: true,
  stopSignal: 'SIGRTMIN+3',
}

/** When the machine's PID 1 was started, as its kernel counts it. */
async function bootTime(machine: ContainerMachine): Promise<string> {
  const { exitCode, stdout, stderr } = await machine.exec(['cat', '/proc/1/stat'])
  const started = stdout.slice(stdout.lastIndexOf(')') + 2).split(' ')[19]
  if (exitCode === 0 && started !== undefined) return started
  throw new SeatrialError(
    'SEATRIAL_NO_BOOT_TIME',
    `${machine.name} does not tell when it was booted: ${stderr.trim()}`,
    {
      mend: 'Use an image with /proc mounted and cat.',
    },
  )
}
