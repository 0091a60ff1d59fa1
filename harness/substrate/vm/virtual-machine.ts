import type { SeatrialError } from '../../kernel/index.ts'
import { messageOf, quoted, SeatrialError as Trouble, waitFor } from '../../kernel/index.ts'
import { launch } from '../docker/container.ts'
import type { ExecOptions, ExecResult, Machine } from '../machine.ts'
import type { RunScope } from '../run-scope.ts'
import type { Accelerator } from './accelerator.ts'
import { findAccelerator, kvmDevices } from './accelerator.ts'
import type { Agent } from './agent.ts'
import { connectAgent } from './agent.ts'
import { attachDisk } from './attach-disk.ts'
import { connect } from './connect.ts'
import type { ConsoleText } from './console-record.ts'
import { recordConsole } from './console-record.ts'
import type { Hardware, PowerOn } from './qemu-command.ts'
import { leftAs, lineports, qemuCommand } from './qemu-command.ts'
import type { Qmp } from './qmp.ts'
import { connectQmp } from './qmp.ts'
import { killQemu, qemuTicks } from './qemu-processes.ts'

export interface VirtualMachineSpec {
  readonly name: string
  /** Tag of an image with a root on it, as from `machineImage`. */
  readonly image: string
  /** Further disks, in this order: name to size in bytes. Empty, unless the image was prepared with them. */
  readonly disks?: Readonly<Record<string, number>>
  /** Ports of the guest to be reached from here. */
  readonly ports?: readonly number[]
  readonly processors?: number
  readonly memoryMiB?: number
}

/** How a machine went down. */
export type Down = 'reset' | 'powered off' | 'cut off' | { readonly broke: string }

/** A machine with a kernel and disks of its own. It is off until it is switched on. */
export interface VirtualMachine extends Machine, AsyncDisposable {
  /** Of the container in which it runs. @internal */
  readonly containerId: string
  /** Time limits are multiplied by it. */
  readonly slowness: number
  readonly accelerator: Accelerator['kind']
  /** Switches on; resolves when the processor runs, long before anything answers. */
  readonly powerOn: (power?: PowerOn) => Promise<void>
  /** Takes the power away, in the middle of whatever it does. What the disks had taken stays. */
  readonly cutPower: () => Promise<void>
  /** Takes the power away, and leaves its memory with its disks: `powerOn({ asLeft: true })` goes on from there. */
  readonly leave: () => Promise<void>
  /** Of a machine that was switched on with `hold`: goes on to the real root. */
  readonly release: () => Promise<void>
  /** Resolves when it went down by itself, however. @throws SeatrialError past the deadline */
  readonly down: (deadlineMs: number) => Promise<Down>
  readonly isOff: () => boolean
  /** Puts a disk that was taken away for this boot (`without`) into the running machine. */
  readonly attachDisk: (disk: string) => Promise<void>
  /** What the serial console showed since it was switched on. */
  readonly console: () => ConsoleText
  /** Seconds of processor that QEMU used since it was switched on. */
  readonly processorSeconds: () => Promise<number>
}

/** Milliseconds that a command has unless it says otherwise; scaled. */
const commandMs = 60_000

interface Session {
  readonly qmp: Qmp
  readonly agent: Agent
  readonly closeConsole: () => void
  readonly ended: Promise<void>
  readonly how: () => string | undefined
}

/**
 * Makes a machine of the run, with overlays on the disks of its image: nothing that happens to it reaches the image.
 * QEMU runs in a container of the run, so that whatever ends the run ends the machine. Disposing removes both.
 *
 * @throws SeatrialError `SEATRIAL_NO_MACHINES`, or as `startContainer`
 */
export async function createVirtualMachine(
  spec: VirtualMachineSpec,
  run: Pick<RunScope, 'labels'>,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<VirtualMachine> {
  const { name, image, disks = {}, ports = [] } = spec
  const container = await launch(
    { name, image, ports: [...Object.values(lineports), ...ports], wait: { command: ['true'] } },
    run,
    { devices: kvmDevices },
    signal === undefined ? {} : { signal },
  )
  try {
    const { kind, slowness } = await findAccelerator(container)
    const made = await container.exec([
      'sh',
      '-ec',
      [
        'mkdir -p /disks',
        make('root', '-b /machine/root.qcow2 -F qcow2'),
        ...Object.entries(disks).map(([each, bytes]) => make(each, '', bytes)),
      ].join('\n'),
    ])
    if (made.exitCode !== 0) throw new Error(made.stderr.trim())
    return machineOf(name, hardwareOf(spec, kind), container, slowness, signal)
  } catch (error) {
    await container[Symbol.asyncDispose]()
    if (error instanceof Trouble) throw error
    throw new Trouble('SEATRIAL_NO_DISKS', `${name} gets no disks: ${messageOf(error)}`, {
      mend: 'Make room where the engine keeps its containers, and see that the image has /machine/root.qcow2.',
      because: 'setup',
      cause: error,
    })
  }
}

/** What QEMU is given for it. */
export function hardwareOf(
  { disks = {}, ports = [], processors = 1, memoryMiB = 512 }: VirtualMachineSpec,
  accelerator: Accelerator['kind'],
): Hardware {
  const files = ['root', ...Object.keys(disks)].map((name) => ({ name, file: `/disks/${name}.qcow2` }))
  return { processors, memoryMiB, ports, accelerator, disks: files }
}

/** A disk that the image brings, because it was prepared with it, is taken as it is. */
function make(name: string, on: string, bytes: number | '' = ''): string {
  const file = `/disks/${name}.qcow2`
  return `[ -e ${file} ] || qemu-img create -q -f qcow2 ${on} ${file} ${bytes}`
}

function machineOf(
  name: string,
  hardware: Hardware,
  container: Awaited<ReturnType<typeof launch>>,
  slowness: number,
  signal: AbortSignal | undefined,
): VirtualMachine {
  let session: Session | undefined
  let record = recordConsole()
  let wasCut = false
  const limit = signal === undefined ? {} : { signal }

  const off = (): SeatrialError =>
    new Trouble('SEATRIAL_MACHINE_OFF', `${name} is off`, { mend: 'Switch it on first: powerOn().' })
  const running = (): Session | undefined => (session?.how() === undefined ? session : undefined)
  const on = (): Session => {
    const current = running()
    if (current === undefined) throw off()
    return current
  }
  const sh = async (script: string, deadlineMs = commandMs): Promise<ExecResult> =>
    on().agent.ask(script, { deadlineMs: deadlineMs * slowness, ...limit })
  const close = (): void => {
    session?.qmp.close()
    session?.agent.close()
    session?.closeConsole()
  }

  const machine: VirtualMachine = {
    name,
    containerId: container.id,
    slowness,
    accelerator: hardware.accelerator,
    async powerOn(power = {}) {
      if (running() !== undefined) {
        throw new Trouble('SEATRIAL_MACHINE_ON', `${name} is on already`, {
          mend: 'Cut its power or shut it down first.',
        })
      }
      close()
      record = recordConsole()
      wasCut = false
      let how: string | undefined
      const { promise: ended, resolve } = Promise.withResolvers<void>()
      container.exec(qemuCommand(hardware, power)).then(
        ({ exitCode, stderr }) => over(exitCode === 0 ? '' : `exit code ${exitCode}: ${stderr.trim().slice(-500)}`),
        (error: unknown) => over(messageOf(error)),
      )
      function over(why: string): void {
        how = why
        resolve()
      }
      const where = (port: number) => () => container.address(port)
      const qmp = await connectQmp(where(lineports.qmp), { deadlineMs: 30_000 * slowness, ended: () => how, ...limit })
      const consoleLine = await connect(await container.address(lineports.console), { text: record.add })
      const agent = await connectAgent(await container.address(lineports.agent), name, () => record.read().text)
      session = { qmp, agent, closeConsole: consoleLine.close, ended, how: () => how }
      // What a machine says before somebody listens is gone: it stays halted until both lines are taken.
      await waitFor(
        `${name}'s lines to be taken`,
        async () => {
          const lines = JSON.stringify(await qmp.execute('query-chardev'))
          return /disconnected:tcp[^"]*:700[23]/.test(lines) ? { seen: lines } : { done: true }
        },
        { deadlineMs: 10_000 * slowness, everyMs: 10, ...limit },
      )
      await qmp.execute('cont')
    },
    async cutPower() {
      const { ended } = on()
      wasCut = true
      // Not QEMU's own quit, which would tidy up first.
      await container.exec(['sh', '-c', killQemu])
      await ended
      close()
    },
    async leave() {
      const { qmp } = on()
      await qmp.execute('stop')
      const said = await qmp.execute('human-monitor-command', { 'command-line': `savevm ${leftAs}` })
      if (said !== '') {
        throw new Trouble('SEATRIAL_NOT_LEFT', `${name} cannot be left as it is: ${String(said).trim()}`, {
          mend: 'Make room where the engine keeps its containers: the memory of the machine goes there.',
          because: 'setup',
        })
      }
      await machine.cutPower()
    },
    release: async () => {
      const { exitCode, stderr } = await sh('touch /run/seatrial/go')
      if (exitCode !== 0) throw new Error(stderr)
    },
    async down(deadlineMs) {
      const current = session
      if (current === undefined) throw off()
      await waitFor(`${name} to go down`, () => (current.how() === undefined ? { seen: 'it runs' } : { done: true }), {
        deadlineMs: deadlineMs * slowness,
        ...limit,
      })
      close()
      if (wasCut) return 'cut off'
      const [how, reason] = [current.how() ?? '', current.qmp.shutdownReason()]
      if (how !== '') return { broke: how }
      return reason === 'guest-reset' ? 'reset' : 'powered off'
    },
    isOff: () => running() === undefined,
    console: () => record.read(),
    async processorSeconds() {
      const { stdout } = await container.exec(['sh', '-c', qemuTicks])
      return Number(stdout.trim()) / 100
    },
    attachDisk: (disk) => attachDisk(on().qmp, hardware, disk),
    exec: (command, options) => sh(asScript(command, options), options?.deadlineMs),
    async readFile(path) {
      const { exitCode, stdout, stderr } = await sh(`base64 -- ${quoted(path)}`)
      if (exitCode !== 0) throw noFile(name, path, stderr)
      return Buffer.from(stdout, 'base64')
    },
    async writeFile(path, content) {
      const { exitCode, stderr } = await sh(
        `base64 -d >${quoted(path)} <<'seatrial-end'\n${Buffer.from(content).toString('base64')}\nseatrial-end`,
      )
      if (exitCode !== 0) throw noFile(name, path, stderr)
    },
    logs: async () => record.read().text,
    address: (port) => container.address(port),
    async [Symbol.asyncDispose]() {
      close()
      await container[Symbol.asyncDispose]()
    },
  }
  return machine
}

function asScript(command: readonly string[], { user, env, workingDirectory }: ExecOptions = {}): string {
  const variables = Object.entries(env ?? {}).map(([key, value]) => `${key}=${quoted(value)}`)
  const words = [...(variables.length > 0 ? ['env', ...variables] : []), ...command.map(quoted)].join(' ')
  const as = user === undefined ? words : `su -s /bin/sh ${quoted(user)} -c ${quoted(words)}`
  return workingDirectory === undefined ? as : `cd ${quoted(workingDirectory)} && ${as}`
}

function noFile(name: string, path: string, why: string): SeatrialError {
  return new Trouble('SEATRIAL_NO_FILE', `${name} does not give or take ${path}: ${why.trim()}`, {
    mend: 'See that its folder is there and may be written.',
  })
}
