import { randomBytes } from 'node:crypto'
import { SeatrialError } from '../../kernel/index.ts'
import type { Machine } from '../../substrate/index.ts'
import type { Declared } from '../declared.ts'
import { hostIn } from './host-in.ts'
import type { LiveHost } from './live-host.ts'
import { scriptFor } from './script.ts'
import { waitForPorts } from './wait-for-ports.ts'

export interface AskOptions {
  /** Ask for what starts by itself too, which takes longer: for `seatrial boot learn`. */
  readonly started?: boolean
  /** Ask for what is installed too: for hosts that are made anew. */
  readonly packages?: boolean
  /** Milliseconds that active services are given until they listen on the declared ports; 10 000 unless said; scaled by the machine's slowness. */
  readonly portsWithinMs?: number
}

/**
 * Asks a host that runs, all in one command, once its declared ports are served or had the time to be. What it could not tell is unknown in the answer, with the reason.
 *
 * @throws SeatrialError `SEATRIAL_HOST_SILENT` (unsettled: prerequisite) when it has no shell, or none that answers
 */
export async function askHost(
  machine: Pick<Machine, 'exec' | 'name' | 'slowness'>,
  declared: Declared,
  options: AskOptions = {},
): Promise<LiveHost> {
  const deadlineMs = (options.portsWithinMs ?? 10_000) * (machine.slowness ?? 1)
  await waitForPorts(machine, declared, { deadlineMs })
  const mark = `@@${randomBytes(8).toString('hex')}`
  const { exitCode, stdout, stderr } = await machine.exec(['sh', '-c', scriptFor(declared, { ...options, mark })])
  if (stdout.includes(mark)) return hostIn(stdout, mark)
  const said = (stderr.trim() || stdout.trim()).split('\n').slice(-3).join('; ') || `its shell ended with ${exitCode}`
  throw new SeatrialError('SEATRIAL_HOST_SILENT', `${machine.name} cannot be asked: ${said}`, {
    mend: 'The host needs a shell (sh), /proc, sed and cat.',
    because: 'prerequisite',
  })
}
