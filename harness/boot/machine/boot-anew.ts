import type { PowerOn, VirtualMachine } from '../../substrate/index.ts'
import type { Look } from '../../kernel/index.ts'
import { SeatrialError, systemClock, waitFor } from '../../kernel/index.ts'
import type { Declared } from '../declared.ts'
import { deadEnd, plainConsole } from '../live/console.ts'
import { askHost } from '../live/ask-host.ts'
import type { LiveHost } from '../live/live-host.ts'
import type { BootEnd } from '../live/wait-for-boot.ts'
import { waitForBoot } from '../live/wait-for-boot.ts'
import type { LiveObservation } from '../live-check.ts'

export interface BootLimits {
  /** Milliseconds until a boot counts as one that does not end, where machines are as quick as they should be. */
  readonly deadlineMs: number
  readonly signal: AbortSignal
}

/** Switches a machine on and waits until its boot has ended, in one way or another. */
export async function boot(
  machine: VirtualMachine,
  power: PowerOn,
  { deadlineMs, signal }: BootLimits,
): Promise<BootEnd> {
  await machine.powerOn(power)
  return bootEnd(machine, { deadlineMs, signal })
}

/**
 * Words on a console that tell that systemd is near the end of a boot, or has given it up. Where somebody may log in on
 * the console, systemd leaves it to them before it has told of the last targets.
 */
const nearTheEnd =
  /Reached target .*(?:multi-user|graphical|emergency|rescue)\.target|(?:emergency|rescue) mode|^\S+ login: /m

/**
 * Milliseconds of silence after which it is asked all the same: a kernel's line with "quiet" shows no such words, and an
 * emulated serial line now and then keeps its last ones until the next.
 */
const silenceMs = 6_000

/**
 * Waits for the end of a boot that is under way.
 *
 * @throws SeatrialError `SEATRIAL_MACHINE_STARVED` (unsettled: setup) for a kernel that gave up because this place is busy
 */
export async function bootEnd(machine: VirtualMachine, { deadlineMs, signal }: BootLimits): Promise<BootEnd> {
  const began = systemClock.elapsed()
  const console = (): string => machine.console().text
  let [written, since] = [-1, began]
  // Each question costs an emulated machine a second of its boot, so none is asked before there can be an answer.
  const told = (): Look<true> => {
    const shown = machine.console()
    const text = plainConsole(shown.text)
    if (shown.written !== written) [written, since] = [shown.written, systemClock.elapsed()]
    if (nearTheEnd.test(text) || deadEnd(text) !== undefined) return { done: true }
    const silent = systemClock.elapsed() - since > silenceMs * machine.slowness
    return silent || machine.isOff() ? { done: true } : { seen: text.slice(-200) }
  }
  const limit = deadlineMs * machine.slowness
  await waitFor(`the console of ${machine.name}`, told, { deadlineMs: limit, everyMs: 200, signal }).catch(() =>
    signal.throwIfAborted(),
  )
  const left = limit - (systemClock.elapsed() - began)
  const ended = await waitForBoot(machine, {
    deadlineMs: Math.max(1, left),
    signal,
    console,
    everyMs: 1_000,
    isOff: () => machine.isOff(),
  })
  const waitedMs = Math.round(systemClock.elapsed() - began)
  if (ended.how === 'console' && starved.test(ended.said)) throw noProcessor(machine.name, ended.said)
  if (ended.how === 'maintenance') await shellOnConsole(machine, signal)
  return { ...ended, waitedMs }
}

/** A kernel that waited for its timer while the emulation got no processor: nothing that the host did. */
const starved = /IO-APIC \+ timer doesn't work/

function noProcessor(name: string, said: string): SeatrialError {
  return new SeatrialError('SEATRIAL_MACHINE_STARVED', `${name} got too little of the processor to boot: ${said}`, {
    mend: 'Let less run beside it; or give its kernel the word no_timer_check, in GRUB_CMDLINE_LINUX of /etc/default/grub.',
    because: 'setup',
  })
}

/** What the shell for emergencies says first: that it wants a password, or that nobody may come in. */
const shell = /Press Enter for maintenance|Give root password|Cannot open access to console/

/** systemd tells of maintenance before the shell has said a word; one that never says any is none of this wait's business. */
async function shellOnConsole(machine: VirtualMachine, signal: AbortSignal): Promise<void> {
  await waitFor(
    `a shell on the console of ${machine.name}`,
    () => (shell.test(plainConsole(machine.console().text)) ? { done: true } : { seen: 'none' }),
    { deadlineMs: 15_000 * machine.slowness, signal },
  ).catch(() => signal.throwIfAborted())
}

/** Asks the machine to restart itself, in order, and waits until its power is gone. @throws SeatrialError past the deadline */
export async function shutDown(
  machine: VirtualMachine,
  how: 'reboot' | 'poweroff',
  deadlineMs = 60_000,
): Promise<void> {
  await machine.exec(['systemctl', '--no-block', how])
  await machine.down(deadlineMs)
}

/** What there is to see of a machine whose boot has ended. */
export async function observed(
  machine: VirtualMachine,
  declared: Declared,
  { before, ended }: { readonly before: LiveHost | undefined; readonly ended: BootEnd },
): Promise<LiveObservation> {
  // Where the console is a dead end nobody answers, and asking would only cost the time of the question.
  const after = ended.how === 'console' ? undefined : await askHost(machine, declared).catch(() => undefined)
  return { declared, before, after, ended, console: machine.console().text, slowness: machine.slowness }
}
