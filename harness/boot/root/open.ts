import { open, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UsageError } from '../../kernel/index.ts'
import { archiveRoot } from './archive.ts'
import { diskRoot, isDisk } from './disk/disk.ts'
import { folderRoot } from './folder.ts'
import { engineRoot, isOfEngine } from './engine-root.ts'
import { isArchive } from './read-tar.ts'
import type { Root } from './root.ts'

/**
 * Opens what a path names by what it is: a folder, an archive, the image of a disk; `image:NAME` is a container image.
 *
 * @param baseFolder what a relative path is relative to
 * @throws UsageError when there is nothing, or nothing that holds the files of a host
 */
export async function openRoot(given: string, baseFolder = '.'): Promise<Root> {
  if (isOfEngine(given)) return engineRoot(given)
  const path = resolve(baseFolder, given)
  const there = await stat(path).catch(() => undefined)
  if (there?.isDirectory() === true) return folderRoot(path)
  if (there?.isFile() === true) {
    const first = await beginningOf(path)
    if (isArchive(first)) return archiveRoot(path, first)
    if (await isDisk(path)) return diskRoot(path)
  }
  throw new UsageError({
    path: 'PATH',
    given: there === undefined ? `${path}, which is not there` : `${path}, which is nothing of that kind`,
    wanted: 'a folder with the files of a host, a tar archive, the image of a disk, or image:NAME of a container image',
  })
}

async function beginningOf(path: string): Promise<Uint8Array> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0)
  return buffer.subarray(0, bytesRead)
}
