import { lstat, open, readdir, readFile, readlink, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { SeatrialError, UsageError } from '../../kernel/index.ts'
import type { Entry, Root } from './root.ts'
import { beginning, followed } from './root.ts'

/** Larger is none of the files that checks read: an initrd has some tens of MiB. */
const mostBytes = 512 * 2 ** 20

/**
 * A folder with the tree of a host, as `mmdebstrap` or an unpacked image leaves it.
 *
 * @throws UsageError when there is no such folder; reading throws SeatrialError `SEATRIAL_UNREADABLE` (unsettled:
 *   prerequisite) for what is there and may not be read
 */
export async function folderRoot(folder: string): Promise<Root> {
  const there = await stat(folder).catch(() => undefined)
  if (there?.isDirectory() !== true) {
    throw new UsageError({ path: 'PATH', given: folder, wanted: 'a folder with the files of a host' })
  }
  const entry = async (path: string): Promise<Entry | undefined> => {
    const at = join(folder, path)
    const found = await quietly(lstat(at), path)
    if (found === undefined) return undefined
    return {
      kind: found.isFile() ? 'file' : found.isDirectory() ? 'folder' : found.isSymbolicLink() ? 'link' : 'other',
      mode: found.mode & 0o7777,
      size: found.size,
      modifiedAt: found.mtimeMs,
      uid: found.uid,
      ...(found.isSymbolicLink() && { target: await readlink(at) }),
    }
  }
  return {
    name: folder,
    entry,
    async list(path) {
      const at = await followed({ entry }, path)
      const names = at === undefined ? undefined : await quietly(readdir(join(folder, at)), path)
      return names?.toSorted() ?? []
    },
    async begins(path) {
      const at = await followed({ entry }, path)
      if (at === undefined || (await entry(at))?.kind !== 'file') return undefined
      return quietly(firstOf(join(folder, at)), path)
    },
    async read(path) {
      const at = await followed({ entry }, path)
      if (at === undefined) return undefined
      const found = await entry(at)
      if (found?.kind !== 'file' || found.size > mostBytes) return undefined
      return quietly(readFile(join(folder, at)), path)
    },
  }
}

async function firstOf(path: string): Promise<string> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(beginning), 0, beginning, 0)
  return buffer.toString('latin1', 0, bytesRead)
}

/** Undefined for what is not there. What is there and cannot be read must not look like nothing. */
async function quietly<T>(work: Promise<T>, path: string): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new SeatrialError('SEATRIAL_UNREADABLE', `${path} cannot be read: ${String(code)}`, {
      mend: 'Run it as somebody who may read the tree: unpack it as yourself, or give an archive of it.',
      because: 'prerequisite',
      cause: error,
    })
  }
}
