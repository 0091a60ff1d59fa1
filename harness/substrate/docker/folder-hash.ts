import { createHash } from 'node:crypto'
import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/**
 * 12 hex digits that change when any file of the folder changes: its content, its name, or
 * whether it can be executed (all of a mode that git keeps, so that two clones agree).
 */
export async function folderHash(folder: string): Promise<string> {
  const hash = createHash('sha256')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
  for (const path of paths.toSorted()) {
    const stats = await lstat(path)
    const name = relative(folder, path).split(sep).join('/')
    const content = stats.isSymbolicLink() ? Buffer.from(await readlink(path)) : await readFile(path)
    const kind = stats.isSymbolicLink() ? 'link' : (stats.mode & 0o111) === 0 ? 'file' : 'program'
    // Lengths keep "ab" + "c" apart from "a" + "bc".
    hash.update(`${kind} ${Buffer.byteLength(name)} ${name} ${content.length}\n`).update(content)
  }
  return hash.digest('hex').slice(0, 12)
}
