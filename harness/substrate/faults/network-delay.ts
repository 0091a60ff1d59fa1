import { SeatrialError } from '../../kernel/index.ts'
import type { ExecResult, Machine } from '../machine.ts'
import type { FaultHandle } from './fault.ts'
import { inEffect } from './fault.ts'

export interface NetworkDelayOptions {
  /** Milliseconds added to every packet that the target sends. */
  readonly delayMs: number
  /** Milliseconds that the delay varies up and down. */
  readonly jitterMs?: number
}

/**
 * Delays what the target sends, with the kernel's netem. The target needs the capability
 * NET_ADMIN and the program `tc`. Undone by removing the queue.
 *
 * @throws SeatrialError `SEATRIAL_NO_NETEM` (unsettled: unsupported) where kernel, capability or `tc` is missing
 */
export async function networkDelay(target: Machine, options: NetworkDelayOptions): Promise<FaultHandle> {
  const { delayMs, jitterMs = 0 } = options
  const links = await target.exec(['ls', '/sys/class/net'])
  const link = links.stdout.split(/\s+/).find((name) => name !== '' && name !== 'lo')
  if (link === undefined) throw unsupported(target, 'it has no network')
  const added = await tc(target, 'add', link, 'netem', 'delay', `${delayMs}ms`, `${jitterMs}ms`)
  if (added.exitCode !== 0) throw unsupported(target, added.stderr.trim())
  return inEffect(`${target.name} answers ${delayMs} ms late`, async () => {
    const removed = await tc(target, 'del', link)
    if (removed.exitCode !== 0) {
      throw new SeatrialError('SEATRIAL_FAULT_STUCK', `${target.name} is still slow: ${removed.stderr.trim()}`, {
        mend: `Start ${target.name} anew.`,
      })
    }
  })
}

async function tc(target: Machine, verb: 'add' | 'del', link: string, ...rest: string[]): Promise<ExecResult> {
  const queue = verb === 'add' ? ['root', ...rest] : ['root']
  try {
    return await target.exec(['tc', 'qdisc', verb, 'dev', link, ...queue], { user: 'root' })
  } catch (error) {
    // Some engines refuse a program that is not there, others run it and answer 127.
    return { exitCode: 127, stdout: '', stderr: error instanceof Error ? error.message : String(error) }
  }
}

function unsupported(target: Machine, why: string): SeatrialError {
  return new SeatrialError('SEATRIAL_NO_NETEM', `cannot delay the network of ${target.name}: ${why}`, {
    mend: 'Put the TCP fault proxy of harness/wire in front of it: it delays, throttles and resets without the kernel.',
    because: 'unsupported',
  })
}
