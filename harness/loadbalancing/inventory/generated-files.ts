import { globSync, readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { messageOf, UsageError } from '../../kernel/index.ts'
import type { Change } from '../../stack/index.ts'
import { changeText } from '../change-files.ts'
import type { IncludedFile } from '../config/index.ts'
import type { Uncompared } from './servers/side.ts'

/** The files of an inventory, as the configuration names them. */
export interface GeneratedFiles {
  /** The text of a file that the configuration names. */
  readonly text: (name: string) => string
  /** For parsers: the files that a file includes. What is elsewhere on its host is empty here, and noted. */
  readonly readerFor: (name: string) => (pattern: string) => readonly IncludedFile[]
  /** The file that a path on the host stands for: one beside `name` whose path ends alike. */
  readonly find: (name: string, path: string) => string | undefined
  /** Included files that are not here. */
  readonly elsewhere: readonly Uncompared[]
}

/**
 * Reads the files, with a change made in one of them.
 *
 * @throws UsageError for one that cannot be read
 */
export function openFiles(
  path: string,
  names: readonly string[],
  baseFolder: string,
  change: Change | undefined,
): GeneratedFiles {
  const read = Object.fromEntries(names.map((name) => [name, textAt(resolve(baseFolder, name), path, name)]))
  const texts = change === undefined ? read : changeText(read, change)
  const elsewhere: Uncompared[] = []
  const known = new Map(names.map((name) => [resolve(baseFolder, name), name]))

  /** Files under the folder of a file, by a path that begins at its folder or somewhere above it. */
  const matches = (name: string, pattern: string): readonly string[] => {
    const folder = resolve(baseFolder, dirname(name))
    const parts = pattern.split('/').filter((part) => part !== '' && part !== '.')
    // A relative path may lead up, and then means what it says.
    const ways =
      isAbsolute(pattern) || !parts.includes('..') ? parts.map((_, at) => parts.slice(at).join('/')) : [pattern]
    for (const way of ways) {
      const found = globSync(way, { cwd: folder }).toSorted()
      if (found.length > 0) return found.map((each) => join(folder, each))
    }
    return []
  }
  const nameOf = (file: string): string => known.get(file) ?? relative(baseFolder, file).split(sep).join('/')
  return {
    text: (name) => texts[name] ?? '',
    elsewhere,
    readerFor: (name) => (pattern) => {
      const found = matches(name, pattern)
      if (found.length > 0)
        return found.map((file) => {
          const each = nameOf(file)
          return { file: each, text: texts[each] ?? textAt(file, path, each) }
        })
      if (!isAbsolute(pattern)) return []
      elsewhere.push({ place: name, what: `${pattern}, which it includes, is not among the files here` })
      return [{ file: pattern, text: '' }]
    },
    find: (name, wanted) => {
      const [file] = matches(name, wanted)
      return file === undefined ? undefined : nameOf(file)
    },
  }
}

function textAt(file: string, path: string, given: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UsageError({ path, given: `${given} (${messageOf(cause)})`, wanted: 'a file that can be read', cause })
  }
}
