import { SeatrialError, UsageError } from '../../kernel/index.ts'
import type { RunScope, StartedContainer } from '../../substrate/index.ts'
import { isOnHostNetwork, startContainer } from '../../substrate/index.ts'
import type { EndpointContainer, EndpointContainerOptions } from './container.ts'
import { configurationFile, configurationOf, endpointContainer } from './container.ts'
import { endpointImage } from './container-image.ts'

export type MetadataOptions = Omit<EndpointContainerOptions, 'network' | 'aliases' | 'port'>

const address = '169.254.169.254'

/**
 * Serves instance metadata to one application at 169.254.169.254, inside that application's own network namespace:
 * nobody else can reach it, and any number of applications on a host can each have their own. Also at fd00:ec2::254
 * where the application's loopback has IPv6. Disposing it takes the addresses away again. An application that is
 * started anew has a new namespace, and must be served anew.
 *
 *     application's namespace:  application --> 169.254.169.254:80 --> side container with NET_ADMIN
 *
 * @param application a running container, of whatever origin
 * @throws UsageError for options that are wrong, and for an application in the network of the host, where this would
 *   take the address of the true service
 * @throws SeatrialError as `startContainer` and `buildImage`
 */
export async function serveMetadataTo(
  application: { readonly id: string; readonly name: string },
  options: MetadataOptions,
  run: Pick<RunScope, 'labels'>,
): Promise<EndpointContainer> {
  const { name = `metadata-of-${application.name}`, progress, signal, ...rest } = options
  const content = await configurationOf('imds', rest, { port: 80, linkLocal: true })
  if (await isOnHostNetwork(application.id)) {
    throw new UsageError({
      path: `serveMetadataTo ${application.name}`,
      given: 'a container in the network of the host',
      wanted: 'one with a network of its own',
    })
  }
  const image = await endpointImage('imds', { ...(progress && { progress }), ...(signal && { signal }) })
  const machine = await startContainer(
    {
      name,
      image,
      networkOf: application.id,
      capabilities: ['NET_ADMIN'],
      files: { [configurationFile]: content },
      command: [configurationFile],
      wait: { log: '"ready":true' },
    },
    run,
    signal === undefined ? {} : { signal },
  )
  const url = `http://${address}`
  return {
    ...endpointContainer(machine, { url, innerUrl: url }, (...asked) => askInside(machine, asked)),
    async [Symbol.asyncDispose]() {
      // On SIGTERM it takes its addresses along; killed, it would leave them to the application.
      await machine.stop()
      await machine[Symbol.asyncDispose]()
    },
  }
}

/** The address is in the application's namespace only, so it is asked there. */
async function askInside(
  machine: StartedContainer,
  asked: readonly [method: string, path: string, body?: unknown],
): Promise<{ status: number; text: string }> {
  const program = `
    const [method, path, body] = JSON.parse(process.argv[1])
    const answer = await fetch('http://${address}/_seatrial/' + path, { method, body: body && JSON.stringify(body) })
    console.log(JSON.stringify({ status: answer.status, text: await answer.text() }))`
  const command = ['node', '--input-type=module', '-e', program, JSON.stringify(asked)] as const
  const { exitCode, stdout, stderr } = await machine.exec([...command])
  // What the program above has written.
  if (exitCode === 0) return JSON.parse(stdout) as { status: number; text: string }
  throw new SeatrialError('SEATRIAL_CONTROL', `${machine.name} does not answer: ${stderr.trim()}`, {
    mend: `Look at its log, and whether its application still runs.`,
  })
}
