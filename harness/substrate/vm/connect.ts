import type { Socket } from 'node:net'
import { connect as dial } from 'node:net'
import { once } from 'node:events'
import { StringDecoder } from 'node:string_decoder'

export interface Connection {
  readonly write: (text: string) => void
  readonly close: () => void
  readonly closed: () => boolean
}

/** Connects to a port and hands on what comes as text. @throws Error when nobody listens */
export async function connect(
  { host, port }: { readonly host: string; readonly port: number },
  on: { readonly text: (text: string) => void; readonly close?: () => void },
): Promise<Connection> {
  const socket: Socket = dial({ host, port, noDelay: true })
  await once(socket, 'connect')
  const decoder = new StringDecoder('utf8')
  let open = true
  const over = (): void => {
    if (open) on.close?.()
    open = false
  }
  socket.on('data', (bytes) => on.text(decoder.write(bytes)))
  // A machine that is cut off resets its connections: that they are closed is all there is to know.
  socket.on('error', over)
  socket.on('close', over)
  return {
    write: (text) => void socket.write(text),
    close: () => void socket.destroy(),
    closed: () => !open,
  }
}

/** Cuts a stream of text into lines, without their ends. */
export function lines(each: (line: string) => void): (text: string) => void {
  let rest: string[] = []
  return (text) => {
    const parts = text.split('\n')
    const last = parts.pop() ?? ''
    for (const part of parts) {
      each([...rest, part].join(''))
      rest = []
    }
    if (last !== '') rest.push(last)
  }
}
