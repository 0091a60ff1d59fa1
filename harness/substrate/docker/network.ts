import { randomBytes } from 'node:crypto'
import { messageOf } from '../../kernel/index.ts'
import type { RunScope } from '../run-scope.ts'
import { testcontainers } from './testcontainers.ts'

export interface StartedNetwork extends AsyncDisposable {
  readonly name: string
}

export interface NetworkOptions {
  /** No way out: nothing on it reaches the host or what the host reaches, and no port can be published. */
  readonly internal?: boolean
}

/** Starts a bridge network of the run, on which containers find each other by name. */
export async function startNetwork(
  run: Pick<RunScope, 'id' | 'labels'>,
  { internal = false }: NetworkOptions = {},
): Promise<StartedNetwork> {
  const docker = await (await testcontainers()).dockerode()
  const name = `seatrial-${run.id}-${randomBytes(3).toString('hex')}`
  const network = await docker.createNetwork({
    Name: name,
    Driver: 'bridge',
    Internal: internal,
    Labels: { ...run.labels },
  })
  return {
    name,
    async [Symbol.asyncDispose]() {
      await network.remove().catch((error: unknown) => {
        if (!/not found|no such network/i.test(messageOf(error))) throw error
      })
    },
  }
}

/**
 * Whether a container is in the network of the engine's host, itself or by way of the container whose network it has.
 *
 * @throws the engine's error when there is no such container
 */
export async function isOnHostNetwork(id: string): Promise<boolean> {
  const docker = await (await testcontainers()).dockerode()
  const { HostConfig } = await docker.getContainer(id).inspect()
  const mode = HostConfig.NetworkMode ?? ''
  return mode.startsWith('container:') ? isOnHostNetwork(mode.slice('container:'.length)) : mode === 'host'
}
