import { afterAll, beforeAll } from 'vitest'
import type { CreateOptions } from '../../harness/endpoints/index.ts'
import type { EndpointContainer } from '../../harness/endpoints/faces/container.ts'
import { serveMetadataTo } from '../../harness/endpoints/faces/link-local.ts'
import type { ExecResult, RunScope, StartedContainer } from '../../harness/substrate/index.ts'
import { openRun, startContainer, startNetwork } from '../../harness/substrate/index.ts'
import { fixtureImage } from '../../harness/substrate/fixture-image.ts'

/** A machine with clients on it, and metadata at its link-local address. */
export interface MachineWithMetadata {
  readonly exec: (...command: [string, ...string[]]) => Promise<ExecResult>
  readonly control: EndpointContainer['control']
}

/**
 * One machine for the tests of a file; its metadata is served anew where a test wants other options. Its network has no
 * way out, and nothing is run before the address is proven to be its own: a request that leaves it would reach the
 * metadata service of the true machine.
 */
export function inMachine(standard: CreateOptions): (options?: CreateOptions) => Promise<MachineWithMetadata> {
  let run: RunScope
  let app: StartedContainer
  let served: { readonly options: CreateOptions; readonly metadata: EndpointContainer } | undefined

  beforeAll(async () => {
    run = await openRun()
    const network = await startNetwork(run, { internal: true })
    app = await startContainer(
      { name: 'machine', image: await fixtureImage('cloud-client'), network: network.name },
      run,
    )
  }, 300_000)
  afterAll(() => run[Symbol.asyncDispose]())

  return async (options = standard) => {
    if (served?.options !== options) {
      await served?.metadata[Symbol.asyncDispose]()
      served = undefined
      served = { options, metadata: await serveMetadataTo(app, options, run) }
    }
    const { stdout } = await app.exec(['ip', '-4', '-o', 'address', 'show', 'dev', 'lo'])
    if (!stdout.includes(' 169.254.169.254/32 ')) throw new Error('the address is not the machine’s own')
    return { exec: (...command) => app.exec(command), control: served.metadata.control }
  }
}
