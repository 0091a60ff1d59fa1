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
  /** An address of the network that nobody has, another one each time. */
  readonly freeAddress: () => string
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
  const [control, relay, { stdout }, certificate] = await Promise.all([
    container.address(controlPort),
    container.address(relayPort),
    container.exec(['ip', '-4', '-o', 'addr', 'show', 'scope', 'global']),
    container.readFile('/srv/peers/certificate.pem'),
  ])
  const [, address = '', prefix = '16'] = /inet ([\d.]+)\/(\d+)/.exec(stdout) ?? []
  let taken = 0
  const kept = stack.move()
  return {
    network: network.name,
    peers: connectPeers(control, signal),
    way: wayThrough(relay, address, signal),
    freeAddress: () => lastAddress(address, Number(prefix), ++taken),
    certificate: new TextDecoder().decode(certificate),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

/** The n-th address from the end of a network; the engine gives them out from its beginning. */
function lastAddress(address: string, prefix: number, n: number): string {
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** (32 - prefix)
  const last = number - (number % size) + size - 1 - n
  return [24, 16, 8, 0].map((shift) => Math.floor(last / 2 ** shift) % 256).join('.')
}
