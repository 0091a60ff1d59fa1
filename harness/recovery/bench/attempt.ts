import { SeatrialError } from '../../kernel/index.ts'
import type { Machine } from '../../substrate/index.ts'
import type { DrillContext } from '../drill.ts'
import type { Attempt } from '../seen.ts'
import type { KillWhen } from './kill-when.ts'
import { groupFile, killWhen, watchedFile } from './kill-when.ts'

export interface AttemptOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Seconds until it is ended from outside; 120 when left out. */
  readonly deadlineSeconds?: number
  /** Of the shell that calls it, as an operator has it; 022 when left out. */
  readonly umask?: string
  /** It is killed before the command of this number is carried out, 1 or more. Of bash scripts only. */
  readonly stopBefore?: number
  /** It is killed as soon as this is so: for a single command that takes long. */
  readonly killWhen?: KillWhen
}

const script = '/seatrial/procedure'
const counter = '/seatrial/count-steps'
const steps = '/seatrial/steps'
/** Characters of output that are kept: its end, where the reason stands. */
const kept = 8_000

/** Puts the script that is tried into a machine. */
export async function install(machine: Machine, text: string): Promise<void> {
  await machine.writeFile(script, text)
  await machine.writeFile(counter, countSteps)
  const { exitCode, stderr } = await machine.exec(['chmod', '755', script])
  if (exitCode !== 0) throw new Error(`${script} of ${machine.name} cannot be made a program: ${stderr.trim()}`)
}

/**
 * Calls the script with a verb, and keeps what it said.
 *
 * @throws SeatrialError `SEATRIAL_NOT_INTERRUPTED` (unsettled) when it was to be killed and ended before,
 *   `SEATRIAL_SCRIPT_NOT_RUN` (unsettled) when the machine cannot run such a script at all
 */
export async function attempt(machine: Machine, verb: string, options: AttemptOptions = {}): Promise<Attempt> {
  const { env = {}, deadlineSeconds = 120, umask = '022', stopBefore, killWhen: moment } = options
  const started = performance.now()
  await machine.exec(['rm', '-f', steps, groupFile, watchedFile])
  // timeout leads the process group in which everything runs that it starts. Who is to kill it may come late.
  const lines = `umask ${umask}; echo $$ >${groupFile}
${moment === undefined ? '' : `until [ -e ${watchedFile} ]; do sleep 0.01; done`}
exec timeout --kill-after=2 ${deadlineSeconds} ${script} "$1"`
  const called = machine.exec(['sh', '-c', lines, 'attempt', verb], {
    env: { ...env, BASH_ENV: counter, SEATRIAL_STOP_BEFORE: String(stopBefore ?? 0) },
  })
  // Both are waited for, whichever fails: nothing of it may go on behind the drill's back.
  const [run, killed] = await Promise.allSettled([called, moment && killWhen(machine, moment, deadlineSeconds)])
  if (run.status === 'rejected') throw run.reason
  const { exitCode, stdout, stderr } = run.value
  // What timeout says itself, before there is anything to judge.
  if (stderr.startsWith('timeout: failed to run command')) throw notRun(machine, stderr)
  if (killed.status === 'rejected') throw killed.reason
  const durationMs = Math.round(performance.now() - started)
  const hung = (exitCode === 124 || exitCode === 137) && durationMs >= deadlineSeconds * 1_000
  const onPurpose = exitCode === 137 && (stopBefore !== undefined || moment !== undefined)
  const said = exitCode === 0 ? 'done' : hung ? 'hung' : onPurpose ? 'interrupted' : 'failed'
  return { verb, said, exitCode, durationMs, output: `${stdout}${stderr}`.slice(-kept) }
}

function notRun(machine: Machine, stderr: string): SeatrialError {
  return new SeatrialError('SEATRIAL_SCRIPT_NOT_RUN', `${machine.name} cannot run the script: ${stderr.trim()}`, {
    mend: 'Let its first line name a program that the machine has, such as #!/bin/bash.',
    because: 'prerequisite',
  })
}

/** The commands that the last attempt began, in order: `stopBefore` n ends it before the n-th. Empty of no bash script. */
export async function stepsOf(machine: Machine): Promise<readonly string[]> {
  const { exitCode, stdout } = await machine.exec(['cat', steps])
  if (exitCode !== 0) return []
  return stdout.split('\0').filter((command) => command !== '')
}

// Bash reads this file before a script because BASH_ENV names it. Only the script's own shell counts: a subshell's
// commands are part of the step that it belongs to. Killing the group takes the children along, as losing a host does.
const countSteps = `# Counts the commands of a script, and kills it before one of them.
seatrial_step=0
seatrial_next() {
  [ "$BASH_SUBSHELL" -eq 0 ] && [ "$0" = ${script} ] || return 0
  seatrial_step=$((seatrial_step + 1))
  if [ "$seatrial_step" -eq "$SEATRIAL_STOP_BEFORE" ]; then kill -KILL 0; fi
  printf '%s\\0' "$1" >>${steps}
}
set -o functrace
trap 'seatrial_next "$BASH_COMMAND"' DEBUG
`

/**
 * Calls the script for a drill: with the variables of its kind, of its procedure and of this call, the last of which
 * counts, and with a line for the reader.
 */
export async function attemptFor(
  { procedure, signal, progress }: DrillContext,
  machine: Machine,
  verb: string,
  kind: Readonly<Record<string, string>>,
  { env, ...options }: AttemptOptions = {},
): Promise<Attempt> {
  signal.throwIfAborted()
  const told = await attempt(machine, verb, { ...options, env: { ...kind, ...procedure.env, ...env } })
  progress(`${verb}: ${told.said} after ${(told.durationMs / 1_000).toFixed(1)} s`)
  return told
}
