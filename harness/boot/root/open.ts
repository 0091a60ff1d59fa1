import { open, stat } from 'node:fs/promises'
import { UsageError } from '../../kernel/index.ts'
import { archiveRoot, isArchive } from './archive.ts'
import { folderRoot } from './folder.ts'
import type { Root } from './root.ts'

/**
 * Opens what a path names by what it is: a folder, or an archive.
 *
 * @throws UsageError when there is nothing, or nothing that holds the files of a host
 */
export async function openRoot(path: string): Promise<Root> {
  const there = await stat(path).catch(() => undefined)
  if (there?.isDirectory() === true) return folderRoot(path)
  if (there?.isFile() === true) {
    const first = await beginningOf(path)
    if (isArchive(first)) return archiveRoot(path, first)
  }
  throw new UsageError({
    path: 'PATH',
    given: there === undefined ? `${path}, which is not there` : `${path}, which is neither`,
    wanted: 'a folder with the files of a host, or a tar archive of one',
  })
}

async function beginningOf(path: string): Promise<Uint8Array> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0)
  return buffer.subarray(0, bytesRead)
}
