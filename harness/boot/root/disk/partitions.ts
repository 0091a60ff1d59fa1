import type { Bytes } from './bytes.ts'

/** A partition, as the table of its disk has it. */
export interface Partition {
  /** Counted from 1, as in /dev/vda1. */
  readonly number: number
  /** Bytes from the beginning of the disk. */
  readonly start: number
  /** Bytes. */
  readonly size: number
  /** Of MBR: one byte in hex, such as `83`; of GPT: a GUID in lower case. */
  readonly type: string
  readonly partuuid: string
  readonly partlabel?: string
}

export interface PartitionTable {
  readonly kind: 'mbr' | 'gpt' | 'none'
  readonly partitions: readonly Partition[]
  /** Whether a BIOS finds a program in the first sector. */
  readonly bootCode: boolean
  /** What cannot be as it is written, in words. */
  readonly problems: readonly string[]
}

/** A partition to start UEFI from. */
export const efiSystem = 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b'
/** Where GRUB puts what does not fit into the first sector of a GPT disk. */
export const biosBoot = '21686148-6449-6e6f-744e-656564454649'

const most = 128

/** Reads the table of a disk: MBR with its logical partitions, or GPT. A disk without one has none. */
export async function readPartitions(disk: Bytes): Promise<PartitionTable> {
  if (disk.size < 1_024) return { kind: 'none', partitions: [], bootCode: false, problems: [] }
  const first = await disk.read(0, 512)
  const bootCode = first.subarray(0, 440).some((byte) => byte !== 0)
  if (first.readUInt16LE(510) !== 0xaa55) return { kind: 'none', partitions: [], bootCode, problems: [] }
  const protective = [0, 1, 2, 3].some((index) => first[446 + 16 * index + 4] === 0xee)
  const { kind, partitions } = protective
    ? { kind: 'gpt' as const, partitions: await gptPartitions(disk) }
    : { kind: 'mbr' as const, partitions: await mbrPartitions(disk, first) }
  const problems = partitions.flatMap(({ number, start, size }) =>
    start + size > disk.size ? [`partition ${number} ends at byte ${start + size}, and the disk at ${disk.size}`] : [],
  )
  return { kind, partitions, bootCode, problems }
}

async function mbrPartitions(disk: Bytes, first: Buffer): Promise<Partition[]> {
  const id = first.readUInt32LE(440).toString(16).padStart(8, '0')
  const found: Partition[] = []
  const add = (number: number, type: number, start: number, sectors: number): void => {
    const partuuid = `${id}-${number.toString(16).padStart(2, '0')}`
    const hex = type.toString(16).padStart(2, '0')
    found.push({ number, type: hex, start: start * 512, size: sectors * 512, partuuid })
  }
  const rowOf = (sector: Buffer, index: number): { type: number; start: number; sectors: number } => {
    const at = 446 + 16 * index
    return { type: sector[at + 4] ?? 0, start: sector.readUInt32LE(at + 8), sectors: sector.readUInt32LE(at + 12) }
  }
  for (const index of [0, 1, 2, 3]) {
    const { type, start, sectors } = rowOf(first, index)
    if (type === 0 || sectors === 0) continue
    if (![0x05, 0x0f, 0x85].includes(type)) {
      add(index + 1, type, start, sectors)
      continue
    }
    // A chain of tables: each names one logical partition and where the next table is.
    let next = 0
    for (let number = 5; number < most; number++) {
      const at = start + next
      if ((at + 1) * 512 > disk.size) break
      const table = await disk.read(at * 512, 512)
      if (table.readUInt16LE(510) !== 0xaa55) break
      const [own, link] = [rowOf(table, 0), rowOf(table, 1)]
      if (own.type !== 0 && own.sectors > 0) add(number, own.type, at + own.start, own.sectors)
      if (link.start <= next) break
      next = link.start
    }
  }
  return found
}

async function gptPartitions(disk: Bytes): Promise<Partition[]> {
  for (const sector of [512, 4_096]) {
    if (disk.size < 2 * sector) continue
    const head = await disk.read(sector, 512)
    if (head.toString('latin1', 0, 8) !== 'EFI PART') continue
    const [table, count, each] = [Number(head.readBigUInt64LE(72)), head.readUInt32LE(80), head.readUInt32LE(84)]
    const rows = Math.min(count, most)
    if (each < 128 || each > 4_096 || table * sector + rows * each > disk.size) return []
    const bytes = await disk.read(table * sector, rows * each)
    return Array.from({ length: rows }, (_, index) => bytes.subarray(index * each, (index + 1) * each)).flatMap(
      (row, index): Partition[] => {
        if (row.subarray(0, 16).every((byte) => byte === 0)) return []
        const [from, to] = [Number(row.readBigUInt64LE(32)), Number(row.readBigUInt64LE(40))]
        const partlabel = row.toString('utf16le', 56, 128).replace(/\0.*$/s, '')
        const place = { number: index + 1, start: from * sector, size: Math.max(0, to - from + 1) * sector }
        return [{ ...place, type: guidOf(row, 0), partuuid: guidOf(row, 16), partlabel }]
      },
    )
  }
  return []
}

/** The first three parts of a GUID are stored the other way round. */
function guidOf(bytes: Buffer, at: number): string {
  const hex = (from: number, to: number): string => bytes.toString('hex', at + from, at + to)
  const turned = (from: number, to: number): string =>
    Buffer.from(bytes.subarray(at + from, at + to).toReversed()).toString('hex')
  return [turned(0, 4), turned(4, 6), turned(6, 8), hex(8, 10), hex(10, 16)].join('-')
}
