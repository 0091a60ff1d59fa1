/** The first key of the local protocol; every further one is the byte before, as it was sent. */
const firstKey = 171

/** XOR with an autokey: it hides nothing, and it is what devices understand. */
export function encipher(plain: Uint8Array): Buffer {
  const bytes = Buffer.from(plain)
  let key = firstKey
  for (const [at, byte] of bytes.entries()) {
    key ^= byte
    bytes[at] = key
  }
  return bytes
}

export function decipher(sent: Uint8Array): Buffer {
  const bytes = Buffer.from(sent)
  let key = firstKey
  for (const [at, byte] of bytes.entries()) {
    bytes[at] = byte ^ key
    key = byte
  }
  return bytes
}

/** On TCP four bytes of length go before. */
export function framed(plain: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(plain.length)
  return Buffer.concat([length, encipher(plain)])
}

/** More than any device has memory for. */
const longestFrame = 64 * 1024

/** Puts frames together from what comes in. */
export class FrameReader {
  #held = Buffer.alloc(0)

  /** The frames that are whole by now; undefined for a length that no device would wait for. */
  push(chunk: Uint8Array): Buffer[] | undefined {
    this.#held = Buffer.concat([this.#held, chunk])
    const frames: Buffer[] = []
    while (this.#held.length >= 4) {
      const length = this.#held.readUInt32BE(0)
      if (length === 0 || length > longestFrame) return undefined
      if (this.#held.length < 4 + length) break
      frames.push(decipher(this.#held.subarray(4, 4 + length)))
      this.#held = this.#held.subarray(4 + length)
    }
    return frames
  }
}
