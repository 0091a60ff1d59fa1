import type { Socket } from 'node:net'
import { connect } from 'node:net'
import type { Packet } from './packets.ts'
import { framed, PacketReader } from './packets.ts'

/** One end of a connection, as packets that are read one after the other. */
export interface Channel {
  /** The next packet; undefined when there will be none. */
  readonly next: () => Promise<Packet | undefined>
  readonly send: (packet: Packet) => void
  /** Ends it at once; a second time does nothing. */
  readonly close: () => void
  /** Resolves when it has ended, whoever ended it. */
  readonly closed: Promise<void>
}

export function channelOn(socket: Socket): Channel {
  const reader = new PacketReader()
  const waiting: Packet[] = []
  const state: { over: boolean; wake: (() => void) | undefined } = { over: false, wake: undefined }
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  const end = (): void => {
    state.over = true
    // What was sent is still written: a refusal is told before the end.
    socket.destroySoon()
    state.wake?.()
    resolve()
  }
  socket.on('data', (bytes: Buffer) => {
    try {
      waiting.push(...reader.push(bytes))
    } catch {
      // What we cannot follow is not carried on.
      end()
    }
    state.wake?.()
  })
  // An error is followed by a close; without a listener it would end the process.
  socket.on('error', () => undefined)
  socket.on('end', end)
  socket.on('close', end)
  return {
    async next() {
      while (waiting.length === 0 && !state.over) await new Promise<void>((awake) => (state.wake = awake))
      return waiting.shift()
    },
    send: (packet) => void (state.over || socket.write(framed(packet))),
    close: end,
    closed,
  }
}

/** @throws Error when nobody listens there, or takes the connection too late */
export async function dial(
  { host, port }: { readonly host: string; readonly port: number },
  timeoutMs: number,
): Promise<Channel> {
  const socket = connect({ host, port, noDelay: true })
  const late = setTimeout(() => socket.destroy(new Error(`no connection within ${timeoutMs} ms`)), timeoutMs)
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
  } finally {
    clearTimeout(late)
  }
  return channelOn(socket)
}
