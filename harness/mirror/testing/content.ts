import { createHash } from 'node:crypto'

/** Content of a length, told by its place: a piece that is lost, doubled or moved shows. */
export function contentOf(bytes: number): Buffer {
  const words = new Uint32Array(Math.ceil(bytes / 4))
  for (let at = 0; at < words.length; at++) words[at] = at
  return Buffer.from(words.buffer, 0, bytes)
}

export function sumOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
