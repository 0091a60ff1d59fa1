import { parseFstab } from '../../fstab/parse.ts'
import type { FstabLine } from '../../fstab/parse.ts'
import { isWithin } from '../../paths.ts'
import type { DiskFacts, DiskPart, Root } from '../root.ts'
import { followed } from '../root.ts'
import type { Bytes } from './bytes.ts'
import { fileBytes, noDiskImage, partOf } from './bytes.ts'
import type { Contents } from './contents.ts'
import { contentsOf } from './contents.ts'
import { openExt } from './ext.ts'
import { extRoot } from './ext-root.ts'
import type { Partition, PartitionTable } from './partitions.ts'
import { readPartitions } from './partitions.ts'
import { isQcow2, qcow2Bytes } from './qcow2.ts'

/** A partition, and its tree where it has one that is read. */
interface Volume {
  readonly facts: Omit<DiskPart, 'root'>
  readonly tree: Root | undefined
}

/** What belongs to the tree that a boot reads, when it has a partition of its own. */
const joined = ['/boot', '/usr']

/**
 * The tree of a host on the image of its disk: the partition with an `/etc/fstab`, with its `/boot` and `/usr` where these
 * have partitions. Nothing is mounted, and nobody needs to be root: ext2, ext3 and ext4 are read here, also inside the half
 * of a mirror; the image is raw or qcow2.
 *
 * @throws SeatrialError `SEATRIAL_NO_DISK_IMAGE` for an image without such a partition, for one that is broken, and
 *   (unsettled: unsupported) for another file system
 */
export async function diskRoot(path: string): Promise<Root> {
  const file = await fileBytes(path)
  try {
    const disk = isQcow2(await file.read(0, Math.min(4, file.size))) ? await qcow2Bytes(path, file) : file
    return { ...(await rootOn(path, disk)), [Symbol.asyncDispose]: () => file[Symbol.asyncDispose]() }
  } catch (error) {
    await file[Symbol.asyncDispose]()
    throw error
  }
}

/** Whether a file may be the image of a disk, by its first bytes: of a bare file system these are nothing. */
export async function isDisk(path: string): Promise<boolean> {
  await using file = await fileBytes(path)
  if (file.size < 2_048) return false
  const first = await file.read(0, 2_048)
  const { type } = await contentsOf(file)
  return isQcow2(first) || first.readUInt16LE(510) === 0xaa55 || type !== undefined
}

async function rootOn(path: string, disk: Bytes): Promise<Root> {
  const whole = await contentsOf(disk)
  const bare = whole.type !== undefined && whole.type !== 'vfat'
  const table: PartitionTable = bare
    ? { kind: 'none', partitions: [], bootCode: false, problems: [] }
    : await readPartitions(disk)
  const volumes = bare
    ? [await volumeOf(path, disk, whole, { number: 0 })]
    : await Promise.all(table.partitions.map((each) => partitionVolume(path, disk, each)))
  const own = await rootVolume(volumes)
  if (own?.tree === undefined) throw noRoot(path, table, volumes)
  const lines = await linesOf(own.tree)
  const others = joined.flatMap((at) => {
    const line = lines.find(({ target }) => target === at)
    const volume = line === undefined ? undefined : volumes.find(({ facts }) => isNamed(line, facts))
    return volume?.tree === undefined || volume === own ? [] : [{ at, tree: volume.tree }]
  })
  const parts = await Promise.all(
    volumes.map(async (volume): Promise<DiskPart> => {
      const names = await volume.tree?.list('/')
      return { ...volume.facts, root: volume === own, ...(names !== undefined && { names }) }
    }),
  )
  const facts: DiskFacts = { table: table.kind, bootCode: table.bootCode, problems: table.problems, parts }
  return { ...withJoined(path, own.tree, others), disk: facts }
}

async function partitionVolume(path: string, disk: Bytes, partition: Partition): Promise<Volume> {
  const { number, start, size, type: partitionType, partuuid, partlabel } = partition
  const facts = { number, partitionType, partuuid, ...(partlabel !== undefined && { partlabel }) }
  if (start + size > disk.size) return { facts, tree: undefined }
  const part = partOf(disk, start, size)
  return volumeOf(path, part, await contentsOf(part), facts)
}

async function volumeOf(path: string, part: Bytes, contents: Contents, own: Volume['facts']): Promise<Volume> {
  const { type, uuid, label, dataAt } = contents
  const facts = { ...own, ...(type && { type }), ...(uuid && { uuid }), ...(label && { label }) }
  if (type === 'ext4') return { facts, tree: extRoot(path, await openExt(part)) }
  if (dataAt !== undefined && dataAt < part.size) {
    const inside = partOf(part, dataAt, part.size - dataAt)
    if ((await contentsOf(inside)).type === 'ext4') return { facts, tree: extRoot(path, await openExt(inside)) }
  }
  return { facts, tree: undefined }
}

async function rootVolume(volumes: readonly Volume[]): Promise<Volume | undefined> {
  for (const wanted of ['/etc/fstab', '/etc/os-release', '/etc']) {
    for (const volume of volumes) if ((await volume.tree?.entry(wanted)) !== undefined) return volume
  }
  return undefined
}

async function linesOf(tree: Root): Promise<readonly FstabLine[]> {
  return parseFstab((await tree.read('/etc/fstab')) ?? new Uint8Array()).lines
}

/** Whether a line of fstab means a partition: by what it is called, or by its number at the end of a device. */
function isNamed({ source: { kind, tag, value } }: FstabLine, part: Volume['facts']): boolean {
  const same = (own?: string): boolean => own?.toLowerCase() === value.toLowerCase()
  if (tag === 'UUID') return same(part.uuid)
  if (tag === 'LABEL') return part.label === value
  if (tag === 'PARTUUID') return same(part.partuuid)
  if (tag === 'PARTLABEL') return part.partlabel === value
  return kind === 'device' && part.number > 0 && new RegExp(`[a-z]p?${part.number}$`).test(value)
}

/** A tree with others in the places where fstab mounts them. */
function withJoined(name: string, own: Root, others: readonly { readonly at: string; readonly tree: Root }[]): Root {
  if (others.length === 0) return own
  const placeOf = (path: string): readonly [Root, string] => {
    const other = others.find(({ at }) => isWithin(path, at))
    return other === undefined ? [own, path] : [other.tree, path.slice(other.at.length) || '/']
  }
  const entry: Root['entry'] = (path) => {
    const [tree, at] = placeOf(path)
    return tree.entry(at)
  }
  const through = async <T>(path: string, ask: (tree: Root, at: string) => Promise<T>, none: T): Promise<T> => {
    const at = await followed({ entry }, path)
    return at === undefined ? none : ask(...placeOf(at))
  }
  return {
    name,
    entry,
    list: (path) => through(path, (tree, at) => tree.list(at), []),
    read: (path) => through(path, (tree, at) => tree.read(at), undefined),
    begins: (path) => through(path, (tree, at) => tree.begins(at), undefined),
    below: own,
  }
}

function noRoot(path: string, table: PartitionTable, volumes: readonly Volume[]): Error {
  const held = volumes.map(({ facts }) => `${facts.number}: ${facts.type ?? 'nothing known'}`).join(', ')
  const other = volumes.some(({ facts }) => facts.type !== undefined && !['ext4', 'swap', 'vfat'].includes(facts.type))
  const what = `${path} has no partition with an /etc that can be read here (${held === '' ? 'it has none at all' : held})`
  const broken = table.problems.length === 0 ? '' : `; ${table.problems.join('; ')}`
  const mend =
    'Give the image of the disk that the host boots from, with ext4; or an archive: tar -C ROOT -cf host.tar .'
  return noDiskImage(`${what}${broken}`, mend, other ? 'unsupported' : 'prerequisite')
}
