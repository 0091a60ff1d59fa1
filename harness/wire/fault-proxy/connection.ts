import type { Socket } from 'node:net'
import type { Clock } from '../../kernel/index.ts'
import { seededRandom } from '../../kernel/index.ts'
import type { Pump } from './pump.ts'
import { startPump } from './pump.ts'
import type { Effect, Ending, Toxic } from './toxic.ts'

/** Milliseconds in which the other side may still end what we closed in order. */
const lingerMs = 1_000

type Way = 'up' | 'down'

export interface ConnectionOptions {
  readonly id: number
  readonly client: Socket
  readonly server: Socket
  readonly clock: Clock
  readonly seed: number
  readonly passed: (way: Way, bytes: number) => void
}

/** A client's socket and ours to the server, tied together. */
export interface Connection {
  readonly add: (toxic: Toxic) => void
  readonly remove: (toxic: Toxic) => void
  readonly end: (how: Ending) => void
  /** Gone without a word of ours, for the end of the proxy. */
  readonly destroy: () => void
  /** Resolves when both sockets are closed. */
  readonly closed: Promise<void>
}

export function tie({ id, client, server, clock, seed, passed }: ConnectionOptions): Connection {
  const effects: Record<Way, Map<Toxic, Effect>> = { up: new Map(), down: new Map() }
  const sockets = [client, server]
  let over = false

  const stop = (): void => {
    over = true
    for (const pump of Object.values(pumps)) pump.stop()
    for (const each of Object.values(effects)) {
      for (const effect of each.values()) effect.stop?.()
      each.clear()
    }
  }
  const end = (how: Ending): void => {
    if (over) return
    stop()
    for (const socket of sockets) {
      if (how === 'reset') socket.resetAndDestroy()
      else closeInOrder(socket)
    }
  }
  const pump = (way: Way, source: Socket, sink: Socket): Pump =>
    startPump({
      source,
      sink,
      clock,
      end,
      effects: () => [...effects[way].values()],
      passed: (bytes) => passed(way, bytes),
    })
  const pumps: Record<Way, Pump> = { up: pump('up', client, server), down: pump('down', server, client) }
  const closed = Promise.all(sockets.map(gone))

  const waysOf = ({ direction }: Toxic): readonly Way[] => (direction === 'both' ? ['up', 'down'] : [direction])

  return {
    add(toxic) {
      for (const way of waysOf(toxic)) {
        if (over) return
        const random = seededRandom(seed, `${id} ${way}`)
        // A toxic may end the connection from the very call.
        effects[way].set(toxic, toxic.onFlow({ clock, random, end: (how) => queueMicrotask(() => end(how)) }))
        pumps[way].wake()
      }
    },
    remove(toxic) {
      for (const way of waysOf(toxic)) {
        effects[way].get(toxic)?.stop?.()
        effects[way].delete(toxic)
        pumps[way].wake()
      }
    },
    end,
    destroy() {
      stop()
      for (const socket of sockets) socket.destroy()
    },
    closed: closed.then(stop),
  }
}

/**
 * When a socket is closed. Node 24 never says so of one that is to be reset while its FIN is being sent: the reset is
 * refused (EINVAL), that is told as an error, and the socket is let go of without a word.
 */
function gone(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve())
    socket.on('error', (error) => {
      if ('syscall' in error && error.syscall === 'reset') resolve()
    })
  })
}

/** FIN after what was written. What still comes in is read away: unread bytes would make the system send a RST. */
function closeInOrder(socket: Socket): void {
  socket.end()
  socket.resume()
  const linger = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(linger))
}
