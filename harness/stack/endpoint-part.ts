import { resolve } from 'node:path'
import { configurationFile, configurationOf, endpointImage } from '../endpoints/containers.ts'
import { readData } from '../input/index.ts'
import type { BuildOptions, FileContent } from '../substrate/index.ts'
import type { EndpointPart, PartSpec } from './spec.ts'

/** The port inside, so that other parts need not name one. */
const port = 80

/** A part that is an endpoint in the words of any other part: its image, its files, how it is started and ready. */
export interface EndpointContainerPart {
  readonly image: string
  readonly part: PartSpec
  readonly files: Readonly<Record<string, FileContent>>
}

/**
 * Checks what the endpoint is given, and builds its image.
 *
 * @throws UsageError for a kind, a seed, a fault plan or a clock that is wrong
 */
export async function endpointContainerPart(
  name: string,
  { kind, seed, faults, clock, signatures }: EndpointPart,
  baseFolder: string,
  options: BuildOptions,
): Promise<EndpointContainerPart> {
  const read = async (key: string, given: unknown): Promise<unknown> =>
    typeof given === 'string' ? readData(`stack.${name}.endpoint.${key}`, resolve(baseFolder, given)) : given
  const given = {
    ...(seed !== undefined && { seed: await read('seed', seed), seedName: `stack.${name}.endpoint.seed` }),
    ...(faults !== undefined && { faults: await read('faults', faults), faultsName: `stack.${name}.endpoint.faults` }),
    ...(clock !== undefined && { clock }),
    ...(signatures !== undefined && { signatures }),
  }
  const content = await configurationOf(kind, given, { port, linkLocal: false })
  return {
    image: await endpointImage(kind, options),
    files: { [configurationFile]: { content } },
    part: { ports: [port], command: [configurationFile], wait: { http: '/_seatrial/health', status: 200 } },
  }
}
