import type { StepReport, Timeline } from '../../kernel/index.ts'
import { beginStep, messageOf, SeatrialError, unsettledBy, UsageError } from '../../kernel/index.ts'
import type { SystemdMachine } from '../../substrate/index.ts'
import { startSystemdMachine } from '../../substrate/index.ts'
import { parseFstab } from '../fstab/parse.ts'
import { askHost } from '../live/ask-host.ts'
import { judgeLive } from '../live/judge-live.ts'
import type { BootEnd } from '../live/wait-for-boot.ts'
import { waitForBoot } from '../live/wait-for-boot.ts'
import type { LiveObservation } from '../live-check.ts'
import type { ContainerTarget } from '../section.ts'
import type { Lane } from './lane.ts'
import { imageOf, notUp, setUp } from './lane.ts'
import { refusedLines } from './refused-lines.ts'

/**
 * One step: a container whose PID 1 is systemd is set up, looked at, restarted, and looked at again. A restart is a real
 * boot for units, their links, bind and tmpfs lines, timers and temporary storage. For disks it is none, and a host whose
 * fstab names one is refused: unsettled, never passed.
 */
export async function lookAtContainer(target: ContainerTarget, lane: Lane): Promise<StepReport> {
  const { name } = target
  const step = beginStep({ id: 'boot/container', subject: name }, lane.clock)
  try {
    const { seen, timeline } = await bootedAnew(target, lane)
    const judged = await judgeLive(seen, { name, only: lane.only, replay: lane.command ?? 'seatrial run' })
    return step({ ...judged, timeline })
  } catch (error) {
    lane.signal.throwIfAborted()
    if (error instanceof UsageError) throw error
    return step({ unsettled: unsettledBy(error) })
  }
}

async function bootedAnew(target: ContainerTarget, lane: Lane): Promise<{ seen: LiveObservation; timeline: Timeline }> {
  const { name, declared, deadlineSeconds } = target
  const { signal, clock, progress } = lane
  const deadlineMs = deadlineSeconds * 1000
  await using host = await started(target, lane)
  const first = await waitForBoot(host, { deadlineMs, signal, isOff: host.isOff })
  if (first.how === 'late' || first.how === 'off') throw notUp(name, first)
  const repeated = await setUp(host, target, lane)
  await demandNoDisks(host)

  progress(`${name}: looking at it`)
  const before = repeated?.after ?? (await askHost(host, declared))
  const shown = (await host.logs()).length
  progress(`${name}: booting it anew`)
  const began = clock.elapsed()
  const ended = await booted(host, { deadlineMs, signal })
  const rebootMs = Math.round(clock.elapsed() - began)
  const after = ended.how === 'off' ? undefined : await askHost(host, declared).catch(() => undefined)
  const console = (await host.logs()).slice(shown)
  return {
    seen: { declared, before, after, ended, console, ...(repeated !== undefined && { repeated }) },
    timeline: {
      title: `${name}: from its restart`,
      unit: 'ms',
      marks: [
        { at: 0, what: 'restarted', kind: 'change' },
        { at: rebootMs, what: `boot ended: ${ended.said}`, kind: ended.how === 'up' ? 'recovery' : 'end' },
      ],
      facts: [{ what: 'boot', value: `${rebootMs} ms` }],
    },
  }
}

async function started(target: ContainerTarget, lane: Lane): Promise<SystemdMachine> {
  const { name } = target
  const { signal, progress, run } = lane
  const tag = await imageOf(target, lane)
  progress(`${name}: starting it`)
  const host = await startSystemdMachine({ name, image: tag }, run, { signal, until: 'answering' })
  try {
    const { stdout } = await host.exec(['cat', '/proc/1/comm'])
    if (['systemd', 'init'].includes(stdout.trim())) return host
    throw new SeatrialError('SEATRIAL_NO_SYSTEMD', `PID 1 of ${name} is ${stdout.trim()}, and no systemd`, {
      mend: 'Install systemd-sysv in the image and end its Dockerfile with CMD ["/sbin/init"].',
      because: 'unsupported',
    })
  } catch (error) {
    await host[Symbol.asyncDispose]()
    throw error
  }
}

/** @throws SeatrialError `SEATRIAL_FSTAB_NEEDS_MACHINE` (unsettled: unsupported) naming the lines */
async function demandNoDisks(host: SystemdMachine): Promise<void> {
  const { stdout } = await host.exec(['sh', '-c', 'cat /etc/fstab 2>/dev/null'])
  const loops = await host.exec(['sh', '-c', '[ -e /dev/loop-control ] && [ -b /dev/loop0 ]'])
  const refused = refusedLines(parseFstab(new TextEncoder().encode(stdout)), loops.exitCode === 0)
  if (refused.length === 0) return
  const lines = refused.map(({ line, text }) => `line ${line} (${text.trim()})`).join(', ')
  throw new SeatrialError(
    'SEATRIAL_FSTAB_NEEDS_MACHINE',
    `a container cannot try ${lines} of /etc/fstab: systemd passes over disks there, and would say that all is well`,
    {
      mend: 'Try this host in the machine lane (boot.machines), which has a kernel and disks.',
      because: 'unsupported',
    },
  )
}

/** A restart whose PID 1 never answers again is a boot that did not end; what was last seen tells why. */
async function booted(
  host: SystemdMachine,
  { deadlineMs, signal }: { readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<BootEnd> {
  const began = performance.now()
  try {
    await host.reboot()
  } catch (error) {
    signal.throwIfAborted()
    const how = (await host.isOff()) ? 'off' : 'late'
    return { how, said: messageOf(error), waitedMs: Math.round(performance.now() - began) }
  }
  return waitForBoot(host, { deadlineMs, signal, isOff: host.isOff })
}
