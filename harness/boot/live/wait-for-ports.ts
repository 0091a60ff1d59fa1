import type { Look } from '../../kernel/index.ts'
import { isSeatrialError, waitFor } from '../../kernel/index.ts'
import type { Machine } from '../../substrate/index.ts'
import type { Declared } from '../declared.ts'
import { readPorts } from './read-network.ts'

export interface PortWait {
  readonly deadlineMs: number
  readonly signal?: AbortSignal
}

/**
 * Gives services that systemd calls active the time to listen: of most kinds it knows only that their process was
 * started. Ends when all declared ports are served, when no declared service runs that could, or at the deadline: whether
 * they are served is for a check to say.
 */
export async function waitForPorts(
  machine: Pick<Machine, 'exec' | 'name'>,
  { ports, services }: Pick<Declared, 'ports' | 'services'>,
  options: PortWait,
): Promise<void> {
  if (ports.length === 0) return
  const question =
    'cat /proc/net/tcp; [ ! -e /proc/net/tcp6 ] || cat /proc/net/tcp6; echo states; systemctl is-active -- "$@"'
  const units = services.map(({ unit }) => unit)
  const look = async (): Promise<Look<true>> => {
    const { stdout } = await machine.exec(['sh', '-c', question, 'sh', ...units])
    const [tables = '', states = ''] = stdout.split('states\n')
    const served = new Set(readPorts(tables).map(({ port }) => port))
    const silent = ports.filter((port) => !served.has(port))
    const runs = units.length === 0 || /^(?:active|activating|reloading)$/m.test(states)
    return silent.length === 0 || !runs ? { done: true } : { seen: `nobody listens on ${silent.join(', ')}` }
  }
  try {
    await waitFor(`the ports of ${machine.name} to be served`, look, { everyMs: 200, ...options })
  } catch (error) {
    options.signal?.throwIfAborted()
    if (!isSeatrialError(error) || error.code !== 'SEATRIAL_WAIT_DEADLINE') throw error
  }
}
