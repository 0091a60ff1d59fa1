import type { Socket } from 'node:net'
import { Waiting } from '../waiting.ts'

/** What happens to one socket, and waiting for it. */
export class SocketWatch extends Waiting {
  readonly #socket: Socket
  #ended = false
  #error: Error | undefined

  constructor(socket: Socket, onData: (bytes: Uint8Array) => void) {
    super()
    this.#socket = socket
    socket.on('data', (bytes: Uint8Array) => {
      onData(bytes)
      this.tell()
    })
    socket.on('end', () => {
      this.#ended = true
      this.tell()
    })
    socket.on('error', (error) => {
      this.#error ??= error
      this.tell()
    })
    socket.on('close', () => this.tell())
  }

  /** The first error; undefined while there is none, and after an orderly end. */
  get error(): Error | undefined {
    return this.#error
  }

  /** The peer closed its side or broke the connection; false when only we did. */
  get peerClosed(): boolean {
    return this.#ended || this.#error !== undefined
  }

  /** Nothing more will come. */
  get over(): boolean {
    return this.peerClosed || this.#socket.destroyed
  }
}
