import type { Machine } from '../../substrate/index.ts'
import type { Look } from '../../kernel/index.ts'
import { isSeatrialError, messageOf, systemClock, waitFor } from '../../kernel/index.ts'
import { deadEnd } from './console.ts'

/**
 * How a boot ended.
 * - `up`: systemd says running or degraded
 * - `maintenance`: an emergency or rescue shell, and nothing more to do
 * - `console`: the console shows that nobody will: a kernel panic, a shell in the initramfs, a boot loader's prompt
 * - `off`: it turned itself off
 * - `late`: the deadline passed
 */
export interface BootEnd {
  readonly how: 'up' | 'maintenance' | 'console' | 'off' | 'late'
  /** systemd's last word, or what else was last seen. */
  readonly said: string
  /** Milliseconds that were waited. */
  readonly waitedMs: number
}

export interface BootWait {
  /** Milliseconds until the boot counts as one that does not end. */
  readonly deadlineMs: number
  readonly signal?: AbortSignal
  /** What the serial console showed of this boot so far; left out where there is none. */
  readonly console?: () => string | Promise<string>
  /** Whether the machine's power is gone; left out where nobody can tell. */
  readonly isOff?: () => boolean | Promise<boolean>
  /** Milliseconds between two looks. */
  readonly everyMs?: number
}

/** systemd's state, the number of its jobs, and the targets of a shell that somebody would have to leave. */
const question = [
  // One that asks in the first moments of PID 1 is now and then never answered, and would wait for minutes.
  't() { if command -v timeout >/dev/null; then timeout 10 "$@"; else "$@"; fi; }',
  'echo "state $(t systemctl is-system-running 2>&1)"',
  'echo "jobs $(t systemctl list-jobs --no-legend --no-pager 2>/dev/null | grep -c .)"',
  'echo "shells $(t systemctl list-units --type=target --state=active --no-legend --no-pager --plain 2>/dev/null |' +
    ' grep -cE "^(emergency|rescue)[.]target")"',
].join('\n')

type Ended = Pick<BootEnd, 'how' | 'said'>

/**
 * Waits until a boot has ended, in one way or another: systemd says so, a shell for emergencies is all that there is, or
 * the console shows that nobody will. A machine that does not answer yet is asked again.
 *
 * @throws only what the signal was aborted with
 */
export async function waitForBoot(
  machine: Pick<Machine, 'exec' | 'name'>,
  { deadlineMs, signal, console, isOff, everyMs = 100 }: BootWait,
): Promise<BootEnd> {
  const began = systemClock.elapsed()
  const waited = (): number => Math.round(systemClock.elapsed() - began)
  try {
    const ask = asker(machine)
    const ended = await waitFor(`the boot of ${machine.name} to end`, () => look(ask, { console, isOff }), {
      deadlineMs,
      everyMs,
      ...(signal !== undefined && { signal }),
    })
    return { ...ended, waitedMs: waited() }
  } catch (error) {
    signal?.throwIfAborted()
    if (!isSeatrialError(error) || error.code !== 'SEATRIAL_WAIT_DEADLINE') throw error
    const said = error.message.replace(/^.*; last saw: /s, '')
    return { how: 'late', said, waitedMs: waited() }
  }
}

async function look(
  ask: () => Promise<Look<Ended>>,
  { console, isOff }: { readonly console: BootWait['console']; readonly isOff: BootWait['isOff'] },
): Promise<Look<Ended>> {
  // The console first: where it is a dead end the machine answers no more.
  const words = console === undefined ? undefined : deadEnd(await console())
  if (words !== undefined) return { done: { how: 'console', said: words } }
  if (isOff !== undefined && (await isOff())) return { done: { how: 'off', said: 'its power is gone' } }
  return ask()
}

/** Milliseconds after which nobody looks at the answer any more, but at the console again. */
const patienceMs = 500
/** Milliseconds after which a question counts as lost, as one that was asked while the machine went down is. */
const lostMs = 15_000

/** Asks one question at a time: a machine that does not answer yet is not asked more and more. */
function asker(machine: Pick<Machine, 'exec'>): () => Promise<Look<Ended>> {
  let open: { readonly answer: Promise<Look<Ended>>; readonly since: number } | undefined
  return async () => {
    const now = systemClock.elapsed()
    if (open === undefined || now - open.since > lostMs) open = { answer: answerOf(machine), since: now }
    const asked = open
    const pause = new AbortController()
    const none = systemClock.pause(patienceMs, pause.signal).then(
      () => undefined,
      () => undefined,
    )
    const answer = await Promise.race([asked.answer, none])
    pause.abort()
    if (answer === undefined) return { seen: 'no answer yet' }
    open = undefined
    return answer
  }
}

async function answerOf(machine: Pick<Machine, 'exec'>): Promise<Look<Ended>> {
  try {
    return endOf((await machine.exec(['sh', '-c', question])).stdout)
  } catch (error) {
    return { seen: `no answer: ${messageOf(error)}` }
  }
}

function endOf(answer: string): Look<Ended> {
  const value = (name: string): string => new RegExp(`^${name} (.*)$`, 'm').exec(answer)?.[1]?.trim() ?? ''
  const [state, jobs, shells] = [value('state'), value('jobs'), value('shells')]
  if (state === 'running' || state === 'degraded') return { done: { how: 'up', said: state } }
  if (state === 'maintenance' || (shells !== '0' && shells !== '' && jobs === '0')) {
    return { done: { how: 'maintenance', said: state } }
  }
  return { seen: `systemd says "${state}", with ${jobs || 'no'} jobs left` }
}
