import type { Entry, EntryKind, Root } from '../root.ts'
import { beginning, followed } from '../root.ts'
import type { Ext, Inode } from './ext.ts'
import { rootInode } from './ext.ts'

/** Larger is none of the files that checks read. */
const mostBytes = 512 * 2 ** 20
const kinds: Readonly<Record<number, EntryKind>> = { 0o100000: 'file', 0o040000: 'folder', 0o120000: 'link' }

/** The tree of an ext file system. */
export function extRoot(name: string, ext: Ext): Root {
  const folders = new Map<number, Promise<ReadonlyMap<string, number>>>()
  const namesOf = (folder: Inode): Promise<ReadonlyMap<string, number>> => {
    const known = folders.get(folder.number) ?? ext.names(folder)
    folders.set(folder.number, known)
    return known
  }
  const kindOf = ({ mode }: Inode): EntryKind => kinds[mode & 0o170000] ?? 'other'

  async function inodeAt(path: string): Promise<Inode | undefined> {
    let at = await ext.inode(rootInode)
    for (const part of path.split('/').filter((each) => each !== '')) {
      if (kindOf(at) !== 'folder') return undefined
      const number = (await namesOf(at)).get(part)
      if (number === undefined) return undefined
      at = await ext.inode(number)
    }
    return at
  }

  async function entry(path: string): Promise<Entry | undefined> {
    const inode = await inodeAt(path)
    if (inode === undefined) return undefined
    const kind = kindOf(inode)
    const target = kind === 'link' ? (await ext.content(inode, 65_536)).toString() : undefined
    return {
      kind,
      mode: inode.mode & 0o7777,
      size: inode.size,
      modifiedAt: inode.modifiedAt,
      uid: inode.uid,
      ...(target !== undefined && { target }),
    }
  }

  return {
    name,
    entry,
    async list(path) {
      const at = await followed({ entry }, path)
      const inode = at === undefined ? undefined : await inodeAt(at)
      if (inode === undefined || kindOf(inode) !== 'folder') return []
      return [...(await namesOf(inode)).keys()].toSorted()
    },
    async begins(path) {
      const at = await followed({ entry }, path)
      const inode = at === undefined ? undefined : await inodeAt(at)
      if (inode === undefined || kindOf(inode) !== 'file') return undefined
      return (await ext.begins(inode, beginning)).toString('latin1')
    },
    async read(path) {
      const at = await followed({ entry }, path)
      const inode = at === undefined ? undefined : await inodeAt(at)
      if (inode === undefined || kindOf(inode) !== 'file' || inode.size > mostBytes) return undefined
      return ext.content(inode, mostBytes)
    },
  }
}
