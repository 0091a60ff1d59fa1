import { SeatrialError } from '../../kernel/index.ts'

export type EntryKind = 'file' | 'folder' | 'link' | 'other'

/** One name in a tree of files. */
export interface Entry {
  readonly kind: EntryKind
  /** Permission bits, such as 0o600. */
  readonly mode: number
  /** Bytes. */
  readonly size: number
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number
  /** Where a symbolic link points, as it is written. */
  readonly target?: string
  /** Number of the owner, where the tree tells it. */
  readonly uid?: number
}

/** A disk that a tree was found on. */
export interface DiskFacts {
  readonly table: 'mbr' | 'gpt' | 'none'
  /** Whether a BIOS finds a program in its first sector. */
  readonly bootCode: boolean
  /** What its table says that cannot be. */
  readonly problems: readonly string[]
  readonly parts: readonly DiskPart[]
}

export interface DiskPart {
  /** Counted from 1; 0 is a disk without partitions. */
  readonly number: number
  readonly partitionType?: string
  readonly partuuid?: string
  readonly partlabel?: string
  /** As blkid has it: `ext4`, `swap`, `vfat`, `linux_raid_member`, ... */
  readonly type?: string
  readonly uuid?: string
  readonly label?: string
  /** Whether the tree was read from it. */
  readonly root: boolean
  /** Names at the top of it, where it could be read. */
  readonly names?: readonly string[]
}

/**
 * A tree of files as a host would see it, read without root's rights and without mounting anything. Paths are absolute
 * inside of it; a symbolic link is followed inside of it too, so that no path leads out.
 */
export interface Root extends Partial<AsyncDisposable> {
  /** What people call it: a path, the name of an image. */
  readonly name: string
  /** The entry itself, links not followed; undefined when there is none. */
  readonly entry: (path: string) => Promise<Entry | undefined>
  /** Names in a folder, sorted; empty when there is none. */
  readonly list: (path: string) => Promise<readonly string[]>
  /** Content of a file, links followed; undefined when there is none. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>
  /** The first bytes of a program or a script, links followed, as text; undefined when there is none, or nobody can tell. */
  readonly begins: (path: string) => Promise<string | undefined>
  /** The disk below, of a tree that was found on one. */
  readonly disk?: DiskFacts
  /** The same without the partitions that were joined to it: what lies below their mount points. */
  readonly below?: Root
}

/** Bytes of that: the first line of a script is no longer for the kernel. */
export const beginning = 256

const most = 40

/**
 * Follows the symbolic links of a path inside the root.
 *
 * @returns the path of what is there or would be; undefined when links go round in a circle
 */
export async function followed(root: Pick<Root, 'entry'>, path: string): Promise<string | undefined> {
  let rest = path.split('/').filter((part) => part !== '')
  let done: string[] = []
  for (let links = 0; rest.length > 0;) {
    const [part = '', ...more] = rest
    if (part === '.' || part === '..') {
      if (part === '..') done = done.slice(0, -1)
      rest = more
      continue
    }
    const here = [...done, part]
    const entry = await root.entry(`/${here.join('/')}`)
    if (entry?.kind !== 'link' || entry.target === undefined) {
      done = here
      rest = more
      continue
    }
    if (++links > most) return undefined
    if (entry.target.startsWith('/')) done = []
    rest = [...entry.target.split('/').filter((each) => each !== ''), ...more]
  }
  return `/${done.join('/')}`
}

/** A text is shorter; what is longer is something else under its name. */
const longestText = 16 * 2 ** 20

/**
 * A file as text; undefined when there is none.
 *
 * @throws SeatrialError `SEATRIAL_UNREADABLE` (unsettled: prerequisite) for one that nobody can have written
 */
export async function textAt(root: Root, path: string): Promise<string | undefined> {
  const bytes = await root.read(path)
  if (bytes !== undefined && bytes.length > longestText) {
    throw new SeatrialError('SEATRIAL_UNREADABLE', `${path} has ${bytes.length} bytes, which is no text to be judged`, {
      mend: 'Look what it is, and put the right file there.',
      because: 'prerequisite',
    })
  }
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
}
