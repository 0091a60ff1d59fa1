import { SeatrialError } from '../../kernel/index.ts'
import type { ContainerMachine, RunScope, StartedContainer } from '../../substrate/index.ts'
import { startContainer } from '../../substrate/index.ts'
import type { CoverageReport } from '../core/index.ts'
import type { CreateOptions } from '../core/create.ts'
import { loadKind } from '../core/create.ts'
import { checkOptions } from './check-options.ts'
import { endpointImage } from './container-image.ts'

export interface EndpointContainerOptions extends CreateOptions {
  /** Its name on the network; the kind's unless given. */
  readonly name?: string
  readonly network?: string
  readonly aliases?: readonly string[]
  /** The port inside, 80 unless given: what others on its network ask. */
  readonly port?: number
  /** One line, when an image is built. */
  readonly progress?: (line: string) => void
  readonly signal?: AbortSignal
}

/** A mocked endpoint that runs in a container. */
export interface EndpointContainer extends AsyncDisposable {
  readonly machine: ContainerMachine
  /** Where it answers from here, such as `http://127.0.0.1:32768`. */
  readonly url: string
  /** Where it answers on its network: `http://NAME:PORT`. */
  readonly innerUrl: string
  /** Asks `/_seatrial/PATH` inside, and gives its JSON. @throws SeatrialError SEATRIAL_CONTROL for any other status than 200 */
  readonly control: (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) => Promise<unknown>
  readonly reset: (namespace?: string) => Promise<void>
  readonly coverage: () => Promise<CoverageReport>
}

/** Where the program finds what it is to be. @internal */
export const configurationFile = '/etc/seatrial/endpoint.json'

/**
 * Starts a mocked endpoint in a container of the run and waits until it answers. Whatever is wrong with the options
 * is told before anything is started.
 *
 * @throws UsageError, or an AggregateError of several, as `createEndpoint`
 * @throws SeatrialError as `startContainer` and `buildImage`
 */
export async function startEndpointContainer(
  kindId: string,
  options: EndpointContainerOptions,
  run: Pick<RunScope, 'labels'>,
): Promise<EndpointContainer> {
  const { name = kindId, network, aliases, port = 80, progress, signal, ...rest } = options
  const { id: kind } = await loadKind(kindId)
  const content = await configurationOf(kind, rest, { port, linkLocal: false })
  const image = await endpointImage(kind, { ...(progress && { progress }), ...(signal && { signal }) })
  const machine = await startContainer(
    {
      name,
      image,
      ports: [port],
      files: { [configurationFile]: content },
      command: [configurationFile],
      wait: { http: '/_seatrial/health', port, status: 200 },
      ...(network !== undefined && { network }),
      ...(aliases !== undefined && { aliases }),
    },
    run,
    signal === undefined ? {} : { signal },
  )
  const at = await machine.address(port)
  const url = `http://${at.host}:${at.port}`
  return endpointContainer(machine, { url, innerUrl: `http://${name}${port === 80 ? '' : `:${port}`}` }, askOver(url))
}

/** What the program reads; the options are tried here first. @internal */
export async function configurationOf(
  kind: string,
  options: CreateOptions,
  place: { readonly port: number; readonly linkLocal: boolean },
): Promise<string> {
  await checkOptions(kind, options)
  return JSON.stringify({ kind, options, ...place })
}

type Ask = (method: string, path: string, body?: unknown) => Promise<{ readonly status: number; readonly text: string }>

/** @internal */
export function endpointContainer(
  machine: StartedContainer,
  places: Pick<EndpointContainer, 'url' | 'innerUrl'>,
  ask: Ask,
): EndpointContainer {
  const control: EndpointContainer['control'] = async (method, path, body) => {
    const { status, text } = await ask(method, path, body)
    if (status === 200) return JSON.parse(text) as unknown
    throw new SeatrialError('SEATRIAL_CONTROL', `${method} /_seatrial/${path} of ${machine.name} answered ${status}`, {
      mend: text.trim(),
    })
  }
  return {
    machine,
    ...places,
    control,
    async reset(namespace) {
      await control('POST', 'reset', namespace === undefined ? undefined : { namespace })
    },
    // The report of our own program, made by the same sources.
    coverage: async () => (await control('GET', 'coverage')) as CoverageReport,
    [Symbol.asyncDispose]: () => machine[Symbol.asyncDispose](),
  }
}

function askOver(url: string): Ask {
  return async (method, path, body) => {
    const answer = await fetch(`${url}/_seatrial/${path}`, {
      method,
      signal: AbortSignal.timeout(10_000),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, text: await answer.text() }
  }
}
