import { stat } from 'node:fs/promises'
import { UsageError } from '../../kernel/index.ts'
import { folderRoot } from './folder.ts'
import type { Root } from './root.ts'

/**
 * Opens what a path names by what it is.
 *
 * @throws UsageError when there is nothing, or nothing that holds the files of a host
 */
export async function openRoot(path: string): Promise<Root> {
  const there = await stat(path).catch(() => undefined)
  if (there?.isDirectory() === true) return folderRoot(path)
  throw new UsageError({
    path: 'PATH',
    given: path,
    wanted: there === undefined ? 'something that is there' : 'a folder with the files of a host',
  })
}
