import { randomBytes } from 'node:crypto'
import { messageOf } from '../../kernel/index.ts'
import type { RunScope } from '../run-scope.ts'
import { testcontainers } from './testcontainers.ts'

export interface StartedNetwork extends AsyncDisposable {
  readonly name: string
}

/** Starts a bridge network of the run, on which containers find each other by name. */
export async function startNetwork(run: Pick<RunScope, 'id' | 'labels'>): Promise<StartedNetwork> {
  const docker = await (await testcontainers()).dockerode()
  const name = `seatrial-${run.id}-${randomBytes(3).toString('hex')}`
  const network = await docker.createNetwork({ Name: name, Driver: 'bridge', Labels: { ...run.labels } })
  return {
    name,
    async [Symbol.asyncDispose]() {
      await network.remove().catch((error: unknown) => {
        if (!/not found|no such network/i.test(messageOf(error))) throw error
      })
    },
  }
}
