import { messageOf, SeatrialError, waitFor } from '../../kernel/index.ts'
import type { ContainerMachine } from '../machine.ts'
import type { ContainerSpec, WaitSpec } from './container-spec.ts'
import { readContainerFile, writeContainerFile } from './container-files.ts'
import { waitUntilReady } from './readiness.ts'
import { runInContainer } from './run-in-container.ts'
import type { Dockerode } from './shaped-container.ts'
import { interleaved } from './streams.ts'

/** A container as a machine, with what the harness itself needs of it. @internal */
export interface ContainerHandle extends ContainerMachine {
  readonly id: string
  /** Waits as at the first start. */
  readonly ready: (signal?: AbortSignal) => Promise<void>
  readonly restart: () => Promise<void>
  /** Its first process has ended. */
  readonly isOff: () => Promise<boolean>
}

export function containerMachine(
  docker: Dockerode,
  id: string,
  spec: ContainerSpec,
  portsHost: string,
): ContainerHandle {
  const container = docker.getContainer(id)
  const { name } = spec
  const state = async (): Promise<{ running: boolean; startedAt: Date; how: string }> => {
    const { State } = await container.inspect()
    const why = State.OOMKilled ? ' (out of memory)' : ''
    return { running: State.Running, startedAt: new Date(State.StartedAt), how: `exited with ${State.ExitCode}${why}` }
  }
  const logs = async (since?: Date): Promise<string> => {
    const raw = await container.logs({
      stdout: true,
      stderr: true,
      follow: false,
      ...(since === undefined ? {} : { since: since.getTime() / 1000 }),
    })
    const { Config } = await container.inspect()
    return new TextDecoder().decode(Config.Tty ? raw : interleaved(raw))
  }

  const machine: ContainerHandle = {
    id,
    name,
    async exec(command, options) {
      const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
      try {
        const { exitCode, stdout, stderr } = await runInContainer(docker, id, command, options)
        return { exitCode, stdout: decode(stdout), stderr: decode(stderr) }
      } catch (error) {
        const { running, how } = await state()
        throw new SeatrialError(
          'SEATRIAL_EXEC_REFUSED',
          `${name} cannot run ${command[0]}${running ? '' : `: it ${how}`}`,
          {
            mend: running ? `Find out why the engine refuses it.` : `Start ${name} first.`,
            cause: error,
          },
        )
      }
    },
    readFile: async (path) => readContainerFile(docker, id, name, path, (await state()).running),
    writeFile: async (path, content) =>
      writeContainerFile(docker, id, name, path, Buffer.from(content), (await state()).running),
    logs: () => logs(),
    async address(port) {
      const { NetworkSettings } = await container.inspect()
      const binding = NetworkSettings.Ports[`${port}/tcp`]?.[0]
      if (binding !== undefined) return { host: portsHost, port: Number(binding.HostPort) }
      const published = (spec.ports ?? []).join(', ') || 'none'
      throw new SeatrialError(
        'SEATRIAL_NO_ADDRESS',
        `port ${port} of ${name} does not answer here; its ports: ${published}`,
        {
          mend: (spec.ports ?? []).includes(port)
            ? `${name} is stopped or cut off from its network: undo that first.`
            : `Add ${port} to the ports of ${name}.`,
        },
      )
    },
    async kill(signal = 'SIGKILL') {
      await container.kill({ signal })
      if (signal === 'SIGKILL') await stopped()
    },
    async stop() {
      // 304: it is stopped already.
      await container.stop({ t: 10 }).catch(unlessStatus(304))
    },
    async start() {
      await container.start().catch(unlessStatus(304))
      await machine.ready()
    },
    async pause() {
      // On cgroup v1 the engine gives up now and then while the container makes a process; asked again it gets through.
      const failed = await waitFor(`${name} to freeze`, () => container.pause().then(isFrozen, whyNotFrozen), {
        deadlineMs: 5_000,
      })
      if (failed !== undefined) throw failed
    },
    resume: () => container.unpause().then(() => undefined),
    async disconnect() {
      await network().disconnect({ Container: id, Force: true })
    },
    async reconnect() {
      const aliases = [name, ...(spec.aliases ?? [])]
      await network().connect({ Container: id, EndpointConfig: { Aliases: aliases } })
    },
    isOff: async () => !(await state()).running,
    async restart() {
      await container.restart({ t: 10 })
      await machine.ready()
    },
    async ready(signal) {
      const { startedAt } = await state()
      const watched = {
        name,
        ended: async () => {
          const { running, how } = await state()
          return running ? undefined : how
        },
        exec: machine.exec,
        address: machine.address,
        logsSinceStart: () => logs(startedAt),
      }
      await waitUntilReady(watched, waitOf(spec), {
        deadlineMs: spec.startupMs ?? 60_000,
        ...(signal === undefined ? {} : { signal }),
      })
    },
  }
  return machine

  async function stopped(): Promise<void> {
    await waitFor(`${name} to be dead`, async () => ((await state()).running ? { seen: 'it runs' } : { done: true }), {
      deadlineMs: 10_000,
    })
  }

  function network(): ReturnType<Dockerode['getNetwork']> {
    if (spec.network !== undefined) return docker.getNetwork(spec.network)
    throw new SeatrialError('SEATRIAL_NO_NETWORK', `${name} is on no network of the run`, {
      mend: `Start ${name} on a network of its own (startNetwork) to be able to cut it off.`,
      because: 'unsupported',
    })
  }
}

const isFrozen = (): { done: undefined } => ({ done: undefined })

function whyNotFrozen(error: unknown): { done: Error } | { seen: string } {
  const why = messageOf(error)
  return why.includes('unable to freeze') ? { seen: why } : { done: error instanceof Error ? error : new Error(why) }
}

function waitOf(spec: ContainerSpec): WaitSpec | undefined {
  const first = spec.ports?.[0]
  if (spec.wait === undefined) return first === undefined ? undefined : { port: first }
  return 'http' in spec.wait && spec.wait.port === undefined && first !== undefined
    ? { ...spec.wait, port: first }
    : spec.wait
}

function unlessStatus(status: number): (error: unknown) => void {
  return (error) => {
    if (typeof error === 'object' && error !== null && 'statusCode' in error && error.statusCode === status) return
    throw error
  }
}
