import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import type { Bytes } from './bytes.ts'
import { noDiskImage } from './bytes.ts'

/** By the first bytes of a file. */
export function isQcow2(first: Uint8Array): boolean {
  return Buffer.from(first).toString('latin1', 0, 4) === 'QFI\xfb'
}

const kept = 64
const mend = 'Convert it: qemu-img convert -O raw IMAGE host.img'
/** Flag of an entry that it is compressed, and the bits of an address in one that is not. */
const [compressedBit, addressBits] = [1n << 62n, 0x00fffffffffffe00n]

/**
 * The disk inside of a qcow2 image: clusters that are found by two tables, some of them compressed.
 * Source: QEMU, docs/interop/qcow2.txt.
 *
 * @throws SeatrialError `SEATRIAL_NO_DISK_IMAGE` (unsettled: unsupported) for one with a backing file, or encrypted
 */
export async function qcow2Bytes(path: string, file: Bytes): Promise<Bytes> {
  const refused = (what: string) => noDiskImage(`${path} is a qcow2 image ${what}`, mend, 'unsupported')
  const head = await file.read(0, Math.min(112, file.size))
  if (head.length < 72) throw noDiskImage(`${path} is cut off`, 'Copy the image again.')
  const version = head.readUInt32BE(4)
  if (head.readUInt32BE(16) !== 0) throw refused('on top of another one')
  if (head.readUInt32BE(32) !== 0) throw refused('that is encrypted')
  // Dirty is harmless for a reader; external data, extended entries and what is not known are not.
  const features = version >= 3 && head.length >= 80 ? head.readBigUInt64BE(72) : 0n
  if (version < 2 || version > 3 || (features & ~0b1001n) !== 0n) throw refused('of a kind that is not read here')
  const bits = head.readUInt32BE(20)
  if (bits < 9 || bits > 21) throw refused(`with clusters of 2^${bits} bytes`)
  const [clusterSize, size] = [2 ** bits, Number(head.readBigUInt64BE(24))]
  const [rows, tableAt] = [head.readUInt32BE(36), Number(head.readBigUInt64BE(40))]
  if ((features & 8n) !== 0n && head[104] !== 0) throw refused('compressed with zstd')
  const table = await file.read(tableAt, rows * 8)

  const clusters = new Map<string, Promise<Buffer>>()
  const once = (key: string, make: () => Promise<Buffer>): Promise<Buffer> => {
    const known = clusters.get(key)
    if (known !== undefined) return known
    if (clusters.size >= kept) clusters.clear()
    const made = make()
    clusters.set(key, made)
    return made
  }

  async function unpacked(entry: bigint): Promise<Buffer> {
    // The offset has no fixed width: what is left of the entry counts sectors that follow the first.
    const width = BigInt(62 - (bits - 8))
    const at = Number(entry & ((1n << width) - 1n))
    const more = Number((entry & (compressedBit - 1n)) >> width)
    const length = Math.min((more + 1) * 512 - (at % 512), file.size - at)
    const bytes = await file.read(at, length)
    const limits = { maxOutputLength: 2 * clusterSize }
    try {
      // What follows in the last sector is another cluster's.
      return await promisify(inflateRaw)(bytes, limits)
    } catch (cause) {
      throw noDiskImage(`${path} has a cluster that cannot be unpacked (${String(cause)})`, 'Check it: qemu-img check.')
    }
  }

  async function cluster(index: number): Promise<Buffer | undefined> {
    const each = clusterSize / 8
    const row = Math.floor(index / each)
    if (row >= rows) return undefined
    const second = Number(table.readBigUInt64BE(row * 8) & addressBits)
    if (second === 0) return undefined
    const entries = await once(`t${second}`, () => file.read(second, clusterSize))
    const entry = entries.readBigUInt64BE((index % each) * 8)
    if ((entry & compressedBit) !== 0n) return once(`c${entry}`, () => unpacked(entry))
    const at = Number(entry & addressBits)
    if (at === 0 || (entry & 1n) === 1n) return undefined
    return once(`d${at}`, () => file.read(at, Math.min(clusterSize, file.size - at)))
  }

  return {
    size,
    async read(at, length) {
      if (at < 0 || at + length > size)
        throw noDiskImage(`${path} has a disk of ${size} bytes, and more is asked for`, mend)
      const into = Buffer.alloc(length)
      for (let done = 0; done < length;) {
        const [index, offset] = [Math.floor((at + done) / clusterSize), (at + done) % clusterSize]
        const take = Math.min(clusterSize - offset, length - done)
        const from = await cluster(index)
        from?.copy(into, done, offset, offset + take)
        done += take
      }
      return into
    },
  }
}
