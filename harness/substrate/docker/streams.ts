import type { Duplex } from 'node:stream'

/** What a container's processes wrote, still as bytes. */
export interface Output {
  readonly stdout: Uint8Array
  readonly stderr: Uint8Array
}

interface Frame {
  readonly stream: 'stdout' | 'stderr'
  readonly content: Buffer
}

/**
 * Takes the engine's multiplexed stream apart: 8 bytes of head (stream number, three zeroes,
 * big-endian length), then the content. A cut last frame keeps what is there of it.
 *
 * Source: Docker Engine API, "Attach to a container", stream format.
 */
function demultiplex(raw: Buffer): Frame[] {
  const frames: Frame[] = []
  for (let at = 0; at + 8 <= raw.length;) {
    const end = at + 8 + raw.readUInt32BE(at + 4)
    frames.push({ stream: raw[at] === 2 ? 'stderr' : 'stdout', content: raw.subarray(at + 8, end) })
    at = end
  }
  return frames
}

export function outputOf(raw: Buffer): Output {
  const frames = demultiplex(raw)
  const only = (stream: Frame['stream']): Buffer =>
    Buffer.concat(frames.filter((frame) => frame.stream === stream).map((frame) => frame.content))
  return { stdout: only('stdout'), stderr: only('stderr') }
}

/** Both streams as they came, oldest first. */
export function interleaved(raw: Buffer): Uint8Array {
  return Buffer.concat(demultiplex(raw).map((frame) => frame.content))
}

/** Sends `input`, closes the sending side, and reads to the end. */
export async function exchangeBytes(stream: Duplex, input?: Uint8Array): Promise<Buffer> {
  const chunks: Buffer[] = []
  if (input !== undefined) stream.end(input)
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  return Buffer.concat(chunks)
}
