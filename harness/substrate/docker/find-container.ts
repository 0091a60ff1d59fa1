import { messageOf, SeatrialError } from '../../kernel/index.ts'
import type { Machine } from '../machine.ts'
import { runInContainer } from './run-in-container.ts'
import { testcontainers } from './testcontainers.ts'

/** A container that somebody else has started. */
export interface FoundContainer {
  readonly id: string
  readonly name: string
  readonly exec: Machine['exec']
}

/**
 * A running container by its name or its id, or the beginning of that.
 *
 * @throws SeatrialError `SEATRIAL_NO_CONTAINER` (unsettled: setup) when there is none, or it does not run
 */
export async function findContainer(nameOrId: string): Promise<FoundContainer> {
  const docker = await (await testcontainers()).dockerode()
  const gone = (why: string, cause?: unknown): SeatrialError =>
    new SeatrialError('SEATRIAL_NO_CONTAINER', `container ${nameOrId}: ${why}`, {
      mend: 'Look which ones run: docker ps',
      because: 'setup',
      cause,
    })
  const found = await docker
    .getContainer(encodeURIComponent(nameOrId))
    .inspect()
    .catch((error: unknown) => {
      throw /no such container/i.test(messageOf(error)) ? gone('there is none of that name or id') : error
    })
  if (!found.State.Running) throw gone('it does not run')
  const id = found.Id
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
  return {
    id,
    name: found.Name.replace(/^\//, ''),
    async exec(command, options) {
      const { exitCode, stdout, stderr } = await runInContainer(docker, id, command, options)
      return { exitCode, stdout: text(stdout), stderr: text(stderr) }
    },
  }
}
