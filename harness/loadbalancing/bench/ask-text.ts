import type { Front, Way } from './way.ts'

/** Sends a line and reads until the other side closes. */
export async function askText(way: Way, front: Front, line: string): Promise<string> {
  const socket = await way.open(front)
  try {
    socket.setTimeout(5_000, () => socket.destroy(new Error('no answer in 5 s')))
    socket.write(`${line}\n`)
    let text = ''
    for await (const piece of socket.setEncoding('utf8')) text += String(piece)
    return text
  } finally {
    socket.destroy()
  }
}
