import type { Bytes } from './bytes.ts'
import { noDiskImage } from './bytes.ts'

/** A file, folder or link of an ext file system. */
export interface Inode {
  readonly number: number
  /** Kind and permissions, as stat(2) has them in st_mode. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes. */
  readonly size: number
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number
}

/** An ext2, ext3 or ext4 file system, read only. */
export interface Ext {
  readonly inode: (number: number) => Promise<Inode>
  /** @throws SeatrialError for a file that is larger than `most` bytes */
  readonly content: (inode: Inode, most: number) => Promise<Buffer>
  /** The first `length` bytes of a file, however large it is; all of a shorter one. */
  readonly begins: (inode: Inode, length: number) => Promise<Buffer>
  /** Names of a folder and the numbers of their inodes, without `.` and `..`. */
  readonly names: (folder: Inode) => Promise<ReadonlyMap<string, number>>
}

export const rootInode = 2

/** Features without which the layout is another one. Source: Linux, Documentation/filesystems/ext4/super.rst. */
const unreadable: readonly (readonly [bit: number, name: string])[] = [
  [0x1, 'compression'],
  [0x8, 'journal_dev'],
  [0x10, 'meta_bg'],
]
const [extentsFlag, inlineFlag] = [0x80000, 0x10000000]
const cached = 4_096

/**
 * Opens a file system as it lies there: its journal is not replayed, so that an image of a host that was cut off shows
 * what had reached its place.
 *
 * @throws SeatrialError `SEATRIAL_NO_DISK_IMAGE` for one that is broken, or has a feature that is not read here
 */
export async function openExt(part: Bytes): Promise<Ext> {
  const broken = (what: string) =>
    noDiskImage(`the file system is broken: ${what}`, 'Check it: fsck -n IMAGE; or give an archive of the files.')
  const inlined = () =>
    noDiskImage('the file system keeps files inside of inodes', 'Give an archive of the files.', 'unsupported')
  const head = await part.read(1_024, 1_024)
  const features = head.readUInt32LE(96)
  for (const [bit, name] of unreadable) {
    if ((features & bit) !== 0) {
      throw noDiskImage(`the file system has the feature ${name}`, 'Give an archive of the files.', 'unsupported')
    }
  }
  const blockSize = 1_024 << head.readUInt32LE(24)
  const [inodes, perGroup] = [head.readUInt32LE(0), head.readUInt32LE(40)]
  const inodeSize = head.readUInt32LE(76) === 0 ? 128 : head.readUInt16LE(88)
  const wide = (features & 0x80) !== 0
  const rowSize = wide ? Math.max(32, head.readUInt16LE(254)) : 32
  if (blockSize > 65_536 || blockSize < 1_024 || perGroup === 0 || inodeSize < 128 || inodeSize > blockSize) {
    throw broken('its sizes make no sense')
  }
  const rowsAt = (head.readUInt32LE(20) + 1) * blockSize

  const blocks = new Map<number, Buffer>()
  const block = async (number: number): Promise<Buffer> => {
    const known = blocks.get(number)
    if (known !== undefined) return known
    const read = await part.read(number * blockSize, blockSize)
    if (blocks.size >= cached) blocks.clear()
    blocks.set(number, read)
    return read
  }
  const bytesAt = async (at: number, length: number): Promise<Buffer> => {
    const offset = at % blockSize
    return (await block((at - offset) / blockSize)).subarray(offset, offset + length)
  }

  async function raw(number: number): Promise<Buffer> {
    if (number < 1 || number > inodes) throw broken(`there is no inode ${number}`)
    const [group, index] = [Math.floor((number - 1) / perGroup), (number - 1) % perGroup]
    const row = await bytesAt(rowsAt + group * rowSize, rowSize)
    const table = row.readUInt32LE(8) + (wide && rowSize >= 64 ? row.readUInt32LE(40) * 2 ** 32 : 0)
    return bytesAt(table * blockSize + index * inodeSize, inodeSize)
  }

  /** Numbers of the blocks of a file in their order; undefined is a hole. */
  async function blocksOf(node: Buffer, count: number): Promise<(number | undefined)[]> {
    const found = Array<number | undefined>(count).fill(undefined)
    const map = node.subarray(40, 100)
    if ((node.readUInt32LE(32) & extentsFlag) !== 0) await followExtents(map, found, 0)
    else await followPointers(map, found)
    return found
  }

  async function followExtents(node: Buffer, found: (number | undefined)[], level: number): Promise<void> {
    if (node.readUInt16LE(0) !== 0xf30a || level > 5) throw broken('a tree of extents')
    const [entries, depth] = [node.readUInt16LE(2), node.readUInt16LE(6)]
    for (let index = 0; index < entries && 24 + index * 12 <= node.length; index++) {
      const at = 12 + index * 12
      if (depth > 0) {
        const below = node.readUInt32LE(at + 4) + node.readUInt16LE(at + 8) * 2 ** 32
        await followExtents(await block(below), found, level + 1)
        continue
      }
      const [first, length] = [node.readUInt32LE(at), node.readUInt16LE(at + 4)]
      // Longer than that is a promise of blocks that nobody has written.
      if (length > 32_768) continue
      const start = node.readUInt32LE(at + 8) + node.readUInt16LE(at + 6) * 2 ** 32
      for (let each = 0; each < length && first + each < found.length; each++) found[first + each] = start + each
    }
  }

  async function followPointers(map: Buffer, found: (number | undefined)[]): Promise<void> {
    let at = 0
    const put = async (pointer: number, depth: number): Promise<void> => {
      const span = (blockSize / 4) ** depth
      if (pointer === 0 || depth === 0) {
        if (pointer !== 0 && at < found.length) found[at] = pointer
        at += span
        return
      }
      const table = await block(pointer)
      for (let index = 0; index < blockSize && at < found.length; index += 4)
        await put(table.readUInt32LE(index), depth - 1)
    }
    for (let index = 0; index < 15 && at < found.length; index++)
      await put(map.readUInt32LE(index * 4), Math.max(0, index - 11))
  }

  async function begins({ number, size: whole, mode }: Inode, length: number): Promise<Buffer> {
    const size = Math.min(whole, length)
    const node = await raw(number)
    const flags = node.readUInt32LE(32)
    const inside = (mode & 0o170000) === 0o120000 && whole < 60 && (flags & extentsFlag) === 0
    if (inside || (flags & inlineFlag) !== 0) {
      if (whole > 60) throw inlined()
      return Buffer.from(node.subarray(40, 40 + size))
    }
    const numbers = await blocksOf(node, Math.ceil(size / blockSize))
    const into = Buffer.alloc(numbers.length * blockSize)
    for (let index = 0; index < numbers.length;) {
      const from = numbers[index]
      if (from === undefined) {
        index++
        continue
      }
      // Blocks that follow each other are one read.
      let run = 1
      while (numbers[index + run] === from + run) run++
      if (run === 1) (await block(from)).copy(into, index * blockSize)
      else (await part.read(from * blockSize, run * blockSize)).copy(into, index * blockSize)
      index += run
    }
    return into.subarray(0, size)
  }

  async function content(inode: Inode, most: number): Promise<Buffer> {
    if (inode.size > most) throw broken(`inode ${inode.number} has ${inode.size} bytes`)
    return begins(inode, inode.size)
  }

  return {
    async inode(number) {
      const node = await raw(number)
      const half = (low: number, high: number): number => node.readUInt16LE(low) + node.readUInt16LE(high) * 65_536
      return {
        number,
        mode: node.readUInt16LE(0),
        uid: half(2, 120),
        gid: half(24, 122),
        size: node.readUInt32LE(4) + node.readUInt32LE(108) * 2 ** 32,
        modifiedAt: node.readInt32LE(16) * 1_000,
      }
    },
    content,
    begins,
    async names(folder) {
      if (((await raw(folder.number)).readUInt32LE(32) & inlineFlag) !== 0) throw inlined()
      const bytes = await content(folder, 64 * 2 ** 20)
      const found = new Map<string, number>()
      for (let at = 0; at + 8 <= bytes.length;) {
        const [number, length, nameSize] = [bytes.readUInt32LE(at), bytes.readUInt16LE(at + 4), bytes[at + 6] ?? 0]
        if (length < 8) throw broken(`the folder of inode ${folder.number}`)
        const name = bytes.toString('utf8', at + 8, at + 8 + nameSize)
        if (number !== 0 && nameSize > 0 && name !== '.' && name !== '..') found.set(name, number)
        at += length
      }
      return found
    },
  }
}
