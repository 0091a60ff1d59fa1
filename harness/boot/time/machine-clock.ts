import { SeatrialError, waitFor } from '../../kernel/index.ts'
import type { BuildOptions, Machine, RunScope, VirtualMachine } from '../../substrate/index.ts'
import { buildAssembledImage, createVirtualMachine, imageEnvironment, machineImage } from '../../substrate/index.ts'
import type { Clocked, DatedResult, UnderDate } from './clocked.ts'
import type { ContainerClockSpec } from './container-clock.ts'
import { datedResult } from './dated-result.ts'
import { readyMachine, runOnMachine } from './run-on-machine.ts'

interface Context {
  readonly run: Pick<RunScope, 'labels'>
  readonly signal: AbortSignal
  readonly progress: (line: string) => void
}

/** Milliseconds beyond a command's own time, scaled, after which the machine is not waited for. */
const patienceMs = 30_000

/** Seconds within which a command begins, and by which clocks may differ that were read one after the other. */
const slackSeconds = 30

const mend = 'Look whether the image has sh and date, and whether its /tmp can be written to.'

/**
 * Gives commands dates by the own clock of a virtual machine, whose root is the image: every program sees it, static or
 * not. Nothing else runs in it, so that nothing sets the clock back. With `fresh` each date has a machine of its own,
 * which finds the date in its battery-backed clock when it is switched on.
 *
 * @throws SeatrialError as `machineImage`, `createVirtualMachine`
 */
export async function machineClock(
  { image, env = {}, files = {}, user, fresh = false }: ContainerClockSpec,
  context: Context,
): Promise<Clocked & Pick<Machine, 'exec' | 'readFile'> & AsyncDisposable> {
  const { signal, progress, run } = context
  const root = await machineImage(await withInit(image, { progress, signal }), { progress, signal })
  const environment = { ...(await imageEnvironment(image)), ...env }
  const open = async (clock?: Date): Promise<VirtualMachine> => {
    const machine = await createVirtualMachine({ name: 'dated', image: root }, run, { signal })
    try {
      await hold(machine, clock, signal)
      for (const [path, file] of Object.entries(files)) await place(machine, path, file)
      return machine
    } catch (error) {
      await machine[Symbol.asyncDispose]()
      throw error
    }
  }
  const under = async (machine: VirtualMachine, command: Command, date: UnderDate): Promise<DatedResult> => {
    const { at, zone, limitMs, ready = '' } = date
    // An emulated processor takes longer for everything.
    const limit = Math.max(1, Math.ceil((limitMs / 1_000) * machine.slowness))
    const words = [String(at), zone, String(limit), ready, user ?? '', ...command]
    const result = await machine.exec(['sh', '-c', runOnMachine, 'sh', ...words], {
      env: environment,
      deadlineMs: limitMs + patienceMs,
    })
    return demandSteady(datedResult(result, mend))
  }

  const machine = await open()
  progress(`its machine is on, ${machine.accelerator === 'kvm' ? 'with KVM' : 'emulated'}`)
  return {
    lane: 'machine',
    slackSeconds,
    async unreachable([program]) {
      const look = ['sh', '-c', 'command -v "$1"', 'sh', program] as const
      const { exitCode } = await machine.exec(look, { env: environment })
      if (exitCode !== 0) throw noProgram(image, program)
      return []
    },
    async run(command, date) {
      if (!fresh) return under(machine, command, date)
      await using own = await open(new Date(date.at * 1_000))
      await demandBootedUnder(own, date.at)
      return await under(own, command, date)
    },
    exec: machine.exec,
    readFile: machine.readFile,
    [Symbol.asyncDispose]: () => machine[Symbol.asyncDispose](),
  }
}

type Command = readonly [string, ...string[]]

/** Switches a machine on and keeps it before its init: a kernel with its root, and nothing that runs. */
async function hold(machine: VirtualMachine, clock: Date | undefined, signal: AbortSignal): Promise<void> {
  await machine.powerOn({ hold: true, ...(clock !== undefined && { clock }) })
  await waitFor(
    `${machine.name} to be held`,
    () => {
      const { text } = machine.console()
      return text.includes('seatrial: holding') ? { done: true } : { seen: text.slice(-200) }
    },
    { deadlineMs: 60_000 * machine.slowness, everyMs: 50, signal },
  )
  const { exitCode, stderr } = await machine.exec(['sh', '-c', readyMachine])
  if (exitCode === 0) return
  throw new SeatrialError('SEATRIAL_NO_DATE', `the machine of the image is not usable: ${stderr.trim()}`, {
    mend,
    because: 'unsupported',
  })
}

async function place(machine: VirtualMachine, path: string, file: FileOf): Promise<void> {
  const { content, mode = 0o644 } = typeof file === 'string' || file instanceof Uint8Array ? { content: file } : file
  await machine.exec(['mkdir', '-p', path.replace(/\/[^/]*$/, '') || '/'])
  await machine.writeFile(path, content)
  await machine.exec(['chmod', mode.toString(8), path])
}

type FileOf = NonNullable<ContainerClockSpec['files']>[string]

/** The clock must have gone on by itself while the command ran. */
function demandSteady(result: DatedResult): DatedResult {
  const { began, ended } = result.evidence
  const off = ended - began - result.lastedMs / 1_000
  if (!(Math.abs(off) > slackSeconds)) return result
  throw new SeatrialError('SEATRIAL_NO_DATE', `the clock was set while the command ran: it is off by ${off} s`, {
    mend: 'Leave out what the command does to the clock of its host.',
    because: 'unsupported',
  })
}

/** The machine must have found the date when it was switched on, before anybody set it. */
async function demandBootedUnder(machine: VirtualMachine, at: number): Promise<void> {
  const { stdout } = await machine.exec(['date', '+%s'])
  const late = Number(stdout.trim()) - at
  if (late >= 0 && late <= slackSeconds * machine.slowness) return
  throw new SeatrialError('SEATRIAL_NO_DATE', `the machine booted ${late} s away from the date that it was to find`, {
    mend: 'Leave "fresh" out: the date is set in the running machine then.',
    because: 'unsupported',
  })
}

function noProgram(image: string, program: string): SeatrialError {
  return new SeatrialError('SEATRIAL_NO_PROGRAM', `${image} has no program ${program}`, {
    mend: 'Name a program of the image, or its whole path.',
    because: 'prerequisite',
  })
}

/** The image with an init where it has none: it is never started, and a disk is not made without one. */
async function withInit(image: string, options: BuildOptions): Promise<string> {
  const link = '[ -e /sbin/init ] || [ -L /sbin/init ] || { mkdir -p /sbin && ln -s /bin/false /sbin/init; }'
  return buildAssembledImage({ name: 'dated', dockerfile: `FROM ${image}\nUSER root\nRUN ${link}\n` }, options)
}
