import type { Bytes } from './bytes.ts'

/** What lies on a partition, told by its first bytes as blkid does. */
export interface Contents {
  /** `ext4` for all of ext; `crypto_LUKS`, `linux_raid_member`, `LVM2_member`, `swap`, `vfat`, `xfs`, `btrfs`. */
  readonly type?: string
  readonly uuid?: string
  readonly label?: string
  /** Of a mirror's half: bytes before the data. */
  readonly dataAt?: number
}

/** Looks what a partition holds; empty when it is nothing that is known. */
export async function contentsOf(part: Bytes): Promise<Contents> {
  const length = Math.min(part.size, 128 * 1_024)
  const first = await part.read(0, length)
  const text = (at: number, size: number): string => first.toString('latin1', at, Math.min(at + size, length))
  const word = (at: number, size: number): string => text(at, size).replace(/[\0 ]+$/, '')
  const uuid = (at: number): string => dashed(first.toString('hex', at, at + 16))
  const named = (type: string, at: number, labelAt: number, size: number): Contents => {
    const label = word(labelAt, size)
    return { type, uuid: uuid(at), ...(label !== '' && { label }) }
  }
  if (text(0, 6) === 'LUKS\xba\xbe') return { type: 'crypto_LUKS', uuid: word(168, 40) }
  for (const at of [4_096, 0]) {
    // md, version 1.2 and 1.1; those of 1.0 have the file system in front and are read as what it is.
    if (length < at + 256 || first.readUInt32LE(at) !== 0xa92b4efc) continue
    const mirror = first.readInt32LE(at + 72) === 1
    const dataAt = mirror ? Number(first.readBigUInt64LE(at + 128)) * 512 : undefined
    const raw = first.toString('hex', at + 16, at + 32)
    const own = (raw.match(/.{8}/g) ?? []).join(':')
    return { type: 'linux_raid_member', uuid: own, ...(dataAt !== undefined && { dataAt }) }
  }
  if (text(512, 8) === 'LABELONE') return { type: 'LVM2_member' }
  if (length > 2_048 && first.readUInt16LE(1_024 + 56) === 0xef53) return named('ext4', 1_024 + 104, 1_024 + 120, 16)
  if (text(0, 4) === 'XFSB') return named('xfs', 32, 108, 12)
  if (text(65_536 + 64, 8) === '_BHRfS_M') return named('btrfs', 65_536 + 32, 65_536 + 299, 256)
  if (text(4_086, 10) === 'SWAPSPACE2') return named('swap', 1_036, 1_052, 16)
  const fat = text(82, 5) === 'FAT32' ? 67 : /^FAT1[26]/.test(text(54, 5)) ? 39 : undefined
  if (fat !== undefined) {
    const serial = first.readUInt32LE(fat).toString(16).toUpperCase().padStart(8, '0')
    const label = word(fat + 4, 11)
    const shown = label === '' || label === 'NO NAME' ? {} : { label }
    return { type: 'vfat', uuid: `${serial.slice(0, 4)}-${serial.slice(4)}`, ...shown }
  }
  return {}
}

const dashed = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
