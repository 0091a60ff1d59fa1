import { randomBytes } from 'node:crypto'
import { messageOf } from '../../kernel/index.ts'
import type { RunScope } from '../run-scope.ts'
import { testcontainers } from './testcontainers.ts'

export interface CreatedVolume extends AsyncDisposable {
  /** As `volumes` of a container takes it. */
  readonly name: string
}

/** Creates a volume of the run, which several containers may have at once. The first one fills it with what its image has there. */
export async function createVolume(run: Pick<RunScope, 'id' | 'labels'>): Promise<CreatedVolume> {
  const docker = await (await testcontainers()).dockerode()
  const name = `seatrial-${run.id}-${randomBytes(3).toString('hex')}`
  await docker.createVolume({ Name: name, Labels: { ...run.labels } })
  return {
    name,
    async [Symbol.asyncDispose]() {
      await docker
        .getVolume(name)
        .remove({})
        .catch((error: unknown) => {
          if (!/no such volume/i.test(messageOf(error))) throw error
        })
    },
  }
}
