import { messageOf, SeatrialError } from '../../kernel/index.ts'
import type { ContainerMachine } from '../machine.ts'
import type { RunScope } from '../run-scope.ts'
import type { ContainerHandle } from './container-machine.ts'
import { containerMachine } from './container-machine.ts'
import type { ContainerSpec, EngineExtras, FileContent } from './container-spec.ts'
import { requireEngine } from './engine.ts'
import { ensureImage } from './pull.ts'
import type { Dockerode } from './shaped-container.ts'
import { testcontainers } from './testcontainers.ts'

export interface StartedContainer extends ContainerMachine, AsyncDisposable {
  /** As the engine names it. */
  readonly id: string
}

/**
 * Starts a container of the run and waits until it is ready; disposing removes it.
 *
 * @throws SeatrialError `SEATRIAL_CONTAINER_FAILED` (unsettled: setup) with the container's last log lines,
 *   `SEATRIAL_NO_ENGINE`, `SEATRIAL_NO_IMAGE`
 */
export async function startContainer(
  spec: ContainerSpec,
  run: Pick<RunScope, 'labels'>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<StartedContainer> {
  return launch(spec, run, {}, options)
}

/** @internal */
export async function launch(
  spec: ContainerSpec,
  run: Pick<RunScope, 'labels'>,
  extras: EngineExtras,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<ContainerHandle & AsyncDisposable> {
  signal?.throwIfAborted()
  const [engine, library] = [await requireEngine(), await testcontainers()]
  const docker = await library.dockerode()
  await ensureImage(docker, spec.image)

  let id: string | undefined
  const death = new AbortController()
  const { promise: died, reject: tell } = Promise.withResolvers<never>()
  const container = new library.ShapedContainer(spec, extras, engine.sharesLoopback, (created) => {
    id = created
    watchForDeath(docker, created, death.signal, tell)
  })
    .withLabels({ ...spec.labels, ...run.labels })
    .withEnvironment({ ...spec.env })
    .withCopyContentToContainer(Object.entries(spec.files ?? {}).map(copied))
  if (spec.command !== undefined) container.withCommand([...spec.command])
  if (spec.entrypoint !== undefined) container.withEntrypoint([...spec.entrypoint])
  if (spec.user !== undefined) container.withUser(spec.user)
  try {
    await firstOf(container.start(), died)
    if (id === undefined) throw new Error('the engine named no container')
    const machine = containerMachine(docker, id, spec, await library.portsHost())
    await machine.ready(signal)
    return Object.assign(machine, { [Symbol.asyncDispose]: () => remove(docker, machine.id) })
  } catch (error) {
    const tail = id === undefined ? '' : await lastLines(docker, id, spec)
    if (id !== undefined) await remove(docker, id)
    signal?.throwIfAborted()
    throw new SeatrialError(
      'SEATRIAL_CONTAINER_FAILED',
      `${spec.name} (${spec.image}) did not start: ${messageOf(error)}${tail}`,
      {
        mend: error instanceof SeatrialError ? error.mend : `Try it by hand: docker run --rm -it ${spec.image}`,
        because: 'setup',
        cause: error,
      },
    )
  } finally {
    death.abort()
  }
}

// Testcontainers waits ten seconds for the ports of a container that ended at once.
function watchForDeath(docker: Dockerode, id: string, signal: AbortSignal, tell: (error: Error) => void): void {
  docker
    .getContainer(id)
    .wait({ condition: 'next-exit', abortSignal: signal })
    .then(
      ({ StatusCode }: { StatusCode: number }) => tell(new Error(`it exited at once with ${StatusCode}`)),
      // Aborted, because it came up; or the engine does not answer, which the start itself will tell.
      () => undefined,
    )
}

async function firstOf(started: Promise<unknown>, died: Promise<never>): Promise<void> {
  // Whichever loses the race may still reject, later, when nobody listens any more.
  for (const promise of [started, died]) promise.catch(() => undefined)
  await Promise.race([started, died])
}

function copied([target, file]: [string, string | Uint8Array | FileContent]): {
  target: string
  content: Buffer
  mode: number
} {
  const { content, mode = 0o644 }: FileContent =
    typeof file === 'string' || file instanceof Uint8Array ? { content: file } : file
  return { target, content: Buffer.from(content), mode }
}

async function lastLines(docker: Dockerode, id: string, spec: ContainerSpec): Promise<string> {
  try {
    const lines = (await containerMachine(docker, id, spec, '').logs()).trimEnd().split('\n').slice(-15)
    return lines.join('') === ''
      ? '\n  (it wrote no log)'
      : `\n  last log lines:\n${lines.map((l) => `    ${l}`).join('\n')}`
  } catch (error) {
    return `\n  (its log cannot be read: ${messageOf(error)})`
  }
}

async function remove(docker: Dockerode, id: string): Promise<void> {
  try {
    await docker.getContainer(id).remove({ force: true, v: true })
  } catch (error) {
    // 404: gone. 409: its removal is under way already.
    if (!/no such container|already in progress/i.test(messageOf(error))) throw error
  }
}
