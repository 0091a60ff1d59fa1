import { readdir, readFile, stat } from 'node:fs/promises'
import { join, posix, relative, resolve, sep } from 'node:path'
import { UsageError } from '../kernel/index.ts'
import type { FileContent } from '../substrate/index.ts'

/**
 * Reads the files that a part is given. A folder gives all that is in it.
 *
 * @param path where they stand in the configuration: `stack.web.files`
 * @throws UsageError when one is not there
 */
export async function readPartFiles(
  path: string,
  files: Readonly<Record<string, string>>,
  baseFolder: string,
): Promise<Record<string, FileContent>> {
  const found: Record<string, FileContent> = {}
  for (const [inside, outside] of Object.entries(files)) {
    const source = resolve(baseFolder, outside)
    for (const file of await filesAt(source, `${path}["${inside}"]`, outside)) {
      const target = file === source ? inside : posix.join(inside, relative(source, file).split(sep).join('/'))
      found[target] = { content: await readFile(file), mode: (await stat(file)).mode & 0o777 }
    }
  }
  return found
}

async function filesAt(source: string, path: string, given: string): Promise<string[]> {
  try {
    if (!(await stat(source)).isDirectory()) return [source]
    const entries = await readdir(source, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
  } catch (error) {
    throw new UsageError({
      path,
      given: JSON.stringify(given),
      wanted: `a file or folder (looked at ${source})`,
      cause: error,
    })
  }
}
