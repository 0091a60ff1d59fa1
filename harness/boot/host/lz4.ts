/** In front of a frame, and of a further one behind it; the least significant byte first. */
const magic = 0x184c2102
/** What a block holds at most when it is unpacked, so that it can be unpacked in one piece. */
const blockBytes = 8 * 2 ** 20

export interface Unlz4Options {
  /** Bytes that may come of it. */
  readonly maxOutputLength: number
}

/**
 * Unpacks the old frame of LZ4, the only one that the kernel takes for an initrd: `lz4 -l`. After the magic number come
 * blocks, each behind its length and each for itself, until the end or a length of zero, which is padding.
 *
 * Source: Linux, lib/decompress_unlz4.c; LZ4, doc/lz4_Frame_format.md ("Legacy frame") and doc/lz4_Block_format.md.
 *
 * @throws Error for what is cut off, or no such frame, or longer than wanted when unpacked
 */
export function unlz4(bytes: Uint8Array, { maxOutputLength }: Unlz4Options): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // A byte of a length is what unpacks to most.
  const scratch = new Uint8Array(Math.min(blockBytes, bytes.length * 255))
  const blocks: Uint8Array[] = []
  let total = 0
  for (let at = 0; at < bytes.length;) {
    if (at + 4 > bytes.length) throw cutOff()
    const length = view.getUint32(at, true)
    at += 4
    if (length === magic) continue
    if (at === 4) throw new Error('it does not begin as a frame')
    if (length === 0) break
    if (at + length > bytes.length) throw cutOff()
    const size = unpackBlock(bytes.subarray(at, at + length), scratch)
    total += size
    if (total > maxOutputLength) throw new Error(`more than ${maxOutputLength} bytes come of it`)
    blocks.push(scratch.slice(0, size))
    at += length
  }
  return Buffer.concat(blocks, total)
}

/** Sequences of bytes as they are, and of bytes that were there before; of the last one the second part is missing. */
function unpackBlock(from: Uint8Array, into: Uint8Array): number {
  let [at, out] = [0, 0]
  // A length that does not fit into its four bits goes on in bytes, for as long as these are full.
  const longer = (length: number): number => {
    let sum = length
    for (let more = length === 15; more; at++) {
      const byte = from[at]
      if (byte === undefined) throw cutOff()
      sum += byte
      more = byte === 255
    }
    return sum
  }
  for (;;) {
    const token = from[at++]
    if (token === undefined) throw cutOff()
    const literals = longer(token >> 4)
    if (at + literals > from.length) throw cutOff()
    if (out + literals > into.length) throw tooLong()
    // To copy a few bytes one by one is quicker than to ask for it.
    if (literals > 32) into.set(from.subarray(at, at + literals), out)
    else for (let index = 0; index < literals; index++) into[out + index] = from[at + index] ?? 0
    at += literals
    out += literals
    if (at === from.length) return out
    const [low, high] = [from[at], from[at + 1]]
    if (low === undefined || high === undefined) throw cutOff()
    at += 2
    const back = low + high * 256
    if (back === 0 || back > out) throw new Error(`it goes back ${back} bytes where there are ${out}`)
    const matched = longer(token & 15) + 4
    if (out + matched > into.length) throw tooLong()
    // What is copied may reach into what the copy itself writes: that is how it repeats.
    if (matched > 32 && back >= matched) into.copyWithin(out, out - back, out - back + matched)
    else for (let index = 0; index < matched; index++) into[out + index] = into[out + index - back] ?? 0
    out += matched
  }
}

const cutOff = (): Error => new Error('it is cut off')
const tooLong = (): Error => new Error(`a block has more than ${blockBytes} bytes`)
