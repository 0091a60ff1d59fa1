import { SeatrialError, waitFor } from '../kernel/index.ts'
import type { ExecResult, Machine } from '../substrate/machine.ts'

export interface RestartOptions {
  /** Milliseconds until the new process must listen; 10,000 unless said. */
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
}

/**
 * Lets the service of a machine test its own configuration, in its own way. The machine's image
 * carries `supervise` (see fixtures/images), so nobody here asks which server it is.
 */
export async function checkService(machine: Machine): Promise<ExecResult> {
  return supervise(machine, 'check')
}

/**
 * Ends the service of a machine and waits until its next process listens on all of its ports.
 *
 * @throws SeatrialError `SEATRIAL_NO_SUPERVISOR` when the machine's image has none
 * @throws SeatrialError `SEATRIAL_WAIT_DEADLINE` (unsettled: timeout) when it does not come back
 */
export async function restartService(machine: Machine, options: RestartOptions = {}): Promise<void> {
  const { deadlineMs = 10_000, signal } = options
  const { exitCode, stdout, stderr } = await supervise(machine, 'restart')
  const generation = stdout.trim()
  if (exitCode !== 0 || !/^\d+$/.test(generation)) {
    throw noSupervisor(machine, `${stdout} ${stderr}`.trim())
  }
  await waitFor(
    `${machine.name} to listen again, as process number ${generation}`,
    async () => {
      const look = await supervise(machine, 'ready', generation)
      return look.exitCode === 0 ? { done: undefined } : { seen: `${look.stdout} ${look.stderr}`.trim() }
    },
    { deadlineMs, everyMs: 10, mend: `Read the log of ${machine.name}.`, ...(signal === undefined ? {} : { signal }) },
  )
}

async function supervise(machine: Machine, ...words: string[]): Promise<ExecResult> {
  const result = await machine.exec(['supervise', ...words])
  // 126 and 127 are what a container engine and a shell answer for a program that is not there.
  if (result.exitCode === 126 || result.exitCode === 127) throw noSupervisor(machine, result.stderr || result.stdout)
  return result
}

function noSupervisor(machine: Machine, said: string): SeatrialError {
  return new SeatrialError('SEATRIAL_NO_SUPERVISOR', `${machine.name} cannot restart its service: ${said}`, {
    mend: 'Copy fixtures/images/nginx/supervise into the image and make it the entry point, as its neighbours do.',
    because: 'unsupported',
  })
}
