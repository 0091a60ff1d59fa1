import { SeatrialError } from '../../kernel/index.ts'
import type { Machine } from '../../substrate/index.ts'

/** When a script that runs is to be killed, with everything that it started. */
export interface KillWhen {
  /** As it ends "killed when": `the first MiB is there`. */
  readonly name: string
  /** A command of the shell that succeeds when it is so. */
  readonly holds: string
}

/** Where the process group of a running script is written down, and what says that somebody watches it. */
export const groupFile = '/seatrial/group'
export const watchedFile = '/seatrial/watched'

/** More than this many KiB below a folder. */
export const holdsMoreThan = (folder: string, kib: number): string =>
  `[ "$(du -sk ${folder} | cut -f1)" -gt ${Math.round(kib)} ]`

/**
 * Runs a script to the moment at which it is to be killed. It goes on by a few milliseconds at a time and is looked at
 * while it stands still, so that what was seen is what is killed, however fast it is.
 *
 * @throws SeatrialError `SEATRIAL_NOT_INTERRUPTED` (unsettled) when it ended before
 */
export async function killWhen(machine: Machine, { name, holds }: KillWhen, deadlineSeconds: number): Promise<void> {
  const { exitCode, stderr } = await machine.exec([
    'timeout',
    '--kill-after=2',
    String(deadlineSeconds),
    'bash',
    '-c',
    steps,
    'kill-when',
    holds,
  ])
  if (exitCode === 0) return
  await machine.exec(['bash', '-c', `kill -KILL -- "-$(cat ${groupFile})"`])
  const why = exitCode === ended ? 'it ended before' : `it was not so after ${deadlineSeconds} s`
  throw new SeatrialError(
    'SEATRIAL_NOT_INTERRUPTED',
    `the script was to be killed when ${name}, and ${why}${stderr.trim() === '' ? '' : ` (${stderr.trim()})`}`,
    {
      mend: 'Look in the output what it did first; a drill that interrupts needs work that takes a while.',
      because: 'setup',
    },
  )
}

const ended = 9

const steps = `until [ -s ${groupFile} ]; do sleep 0.002; done
read -r group <${groupFile}
touch ${watchedFile}
while kill -STOP -- "-$group" 2>/dev/null; do
  if eval "$1"; then kill -KILL -- "-$group"; exit; fi
  kill -CONT -- "-$group"
  sleep 0.003
done
exit ${ended}`
