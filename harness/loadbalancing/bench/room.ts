import { fileURLToPath } from 'node:url'
import type { RunScope } from '../../substrate/index.ts'
import { buildImage, startContainer, startNetwork } from '../../substrate/index.ts'
import type { Peers } from './peers.ts'
import { connectPeers } from './peers.ts'
import type { Way } from './way.ts'
import { wayThrough } from './way.ts'

/** The network that balancers under test stand in, with what is behind them and before them. */
export interface Room extends AsyncDisposable {
  readonly network: string
  readonly peers: Peers
  readonly way: Way
  /** A certificate and its key, as one PEM text, for a balancer whose own is not given. */
  readonly certificate: string
}

export interface RoomContext {
  readonly run: RunScope
  readonly signal: AbortSignal
  readonly progress: (line: string) => void
}

const image = fileURLToPath(new URL('../../../fixtures/images/peers', import.meta.url))
const [controlPort, relayPort] = [9000, 9001]

/** @throws SeatrialError as `buildImage`, `startContainer` */
export async function openRoom({ run, signal, progress }: RoomContext): Promise<Room> {
  const tag = await buildImage(image, { progress, signal })
  await using stack = new AsyncDisposableStack()
  const network = stack.use(await startNetwork(run))
  const ports = [controlPort, relayPort]
  const spec = { name: 'peers', image: tag, network: network.name, ports, capabilities: ['NET_ADMIN'] }
  const container = stack.use(await startContainer(spec, run, { signal }))
  const [control, relay, { stdout: address }, certificate] = await Promise.all([
    container.address(controlPort),
    container.address(relayPort),
    container.exec(['hostname', '-i']),
    container.readFile('/srv/peers/certificate.pem'),
  ])
  const kept = stack.move()
  return {
    network: network.name,
    peers: connectPeers(control, signal),
    way: wayThrough(relay, address.trim().split(' ')[0] ?? '', signal),
    certificate: new TextDecoder().decode(certificate),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}
