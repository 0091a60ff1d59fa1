import type { Socket as DatagramSocket } from 'node:dgram'
import { createSocket } from 'node:dgram'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Delivery } from '../../core/index.ts'
import { bodyBytes } from '../../core/index.ts'
import { decipher, encipher, framed, FrameReader } from './cipher.ts'

export type Transport = 'tcp' | 'udp'

/** What a device answers to the text of a request. */
export type Answer = (text: string, transport: Transport) => Delivery

export interface LocalDevice extends AsyncDisposable {
  readonly port: number
}

/** So many free ports are tried until one is free on both protocols. */
const tries = 10

/**
 * One device on TCP and UDP, both at the same port as real ones have it.
 *
 * @throws the engine's error when the port is taken (`EADDRINUSE`)
 */
export async function serveDevice(host: string, wanted: number, answer: Answer): Promise<LocalDevice> {
  for (let attempt = 1; ; attempt++) {
    const tcp = await listenTcp(host, wanted, answer)
    try {
      const udp = await bindUdp(host, tcp.port, answer)
      return {
        port: tcp.port,
        async [Symbol.asyncDispose]() {
          await Promise.all([tcp.close(), new Promise<void>((resolve) => udp.close(() => resolve()))])
        },
      }
    } catch (error) {
      await tcp.close()
      // A port that is free on TCP can be taken on UDP; a port that was asked for by number has no second.
      if (wanted !== 0 || attempt === tries) throw error
    }
  }
}

async function listenTcp(
  host: string,
  wanted: number,
  answer: Answer,
): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    converse(socket, answer)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted, host, resolve)
  })
  return {
    // A TCP server's address is never a string or null once it listens.
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** Requests of a connection are answered one after the other. */
function converse(socket: Socket, answer: Answer): void {
  const reader = new FrameReader()
  let last: Promise<void> = Promise.resolve()
  socket.on('data', (chunk) => {
    const frames = reader.push(chunk)
    // A length beyond all memory: a device drops the connection without a word.
    if (frames === undefined) socket.destroy()
    for (const frame of frames ?? []) {
      last = last
        .then(async () => send(socket, answer(frame.toString('utf8'), 'tcp')))
        .catch(() => void socket.destroy())
    }
  })
}

async function send(socket: Socket, delivery: Delivery): Promise<void> {
  if (delivery.kind === 'silence' || socket.destroyed) return
  if (delivery.afterMs !== undefined) await pause(delivery.afterMs, undefined, { ref: false })
  if (delivery.kind === 'reset') {
    socket.resetAndDestroy()
    return
  }
  const frame = framed(bodyBytes(delivery.reply))
  if (delivery.kind === 'cut') {
    socket.write(frame.subarray(0, 4 + delivery.bytes), () => socket.resetAndDestroy())
    return
  }
  socket.write(frame)
}

async function bindUdp(host: string, port: number, answer: Answer): Promise<DatagramSocket> {
  const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' })
  socket.on('message', (message, from) => {
    void reply(socket, answer(decipher(message).toString('utf8'), 'udp'), from)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close()
      reject(error)
    })
    socket.bind(port, host, resolve)
  })
  // Errors of single datagrams, such as a peer that has gone.
  socket.removeAllListeners('error').on('error', () => undefined)
  return socket
}

async function reply(socket: DatagramSocket, delivery: Delivery, to: { port: number; address: string }): Promise<void> {
  if (delivery.kind === 'silence' || delivery.kind === 'reset') return
  if (delivery.afterMs !== undefined) await pause(delivery.afterMs, undefined, { ref: false })
  const body = bodyBytes(delivery.reply)
  const sent = encipher(delivery.kind === 'cut' ? body.subarray(0, delivery.bytes) : body)
  socket.send(sent, to.port, to.address, () => undefined)
}
