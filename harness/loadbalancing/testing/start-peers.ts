import { connectPeers } from '../bench/peers.ts'
import type { Peers } from '../bench/peers.ts'
import type { Way } from '../bench/way.ts'
import { wayThrough } from '../bench/way.ts'

interface Opened {
  readonly controlPort: number
  readonly relayPort: number
  readonly close: () => Promise<void>
}

interface PeersModule {
  readonly openPeers: (options: { control: number; relay: number; host: string }) => Promise<Opened>
}

const program = new URL('../../../fixtures/images/peers/peers.mjs', import.meta.url)

/** What stands in the container of the peers, in this process and on loopback. */
export async function startPeers(): Promise<AsyncDisposable & { readonly peers: Peers; readonly way: Way }> {
  const { openPeers }: PeersModule = await import(program.href)
  const host = '127.0.0.1'
  const { controlPort, relayPort, close } = await openPeers({ control: 0, relay: 0, host })
  const ended = new AbortController()
  return {
    peers: connectPeers({ host, port: controlPort }, ended.signal),
    way: wayThrough({ host, port: relayPort }, host, ended.signal),
    async [Symbol.asyncDispose]() {
      ended.abort()
      await close()
    },
  }
}
