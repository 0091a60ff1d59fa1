import { dirname, isAbsolute, join } from 'node:path/posix'
import { matchesGlob } from './glob.ts'

/** A file that an `include` leads to. */
export interface IncludedFile {
  readonly file: string
  readonly text: string
}

/** Where included files come from: by their names, or by who can look. A name or a pattern that leads nowhere gives none. */
export type Reader = Readonly<Record<string, string>> | ((pattern: string) => readonly IncludedFile[])

/**
 * The files that a name or a pattern with `*`, `?` and `[...]` stands for, in the order of their names.
 *
 * @param folder what a relative name counts from; names of a record may be relative to it, or have it before them
 */
export function filesOf(read: Reader, pattern: string, folder: string): readonly IncludedFile[] {
  if (typeof read === 'function') return read(pattern)
  const full = absolute(pattern, folder)
  return Object.keys(read)
    .filter((name) => matchesGlob(absolute(name, folder), full))
    .toSorted()
    .map((file) => ({ file, text: read[file] ?? '' }))
}

export const isPattern = (text: string): boolean => /[*?[]/.test(text)

function absolute(name: string, folder: string): string {
  if (isAbsolute(name)) return join(name)
  return join(name).startsWith(`${join(folder)}/`) ? join(name) : join(folder, name)
}

/** The folder of a file, as a name that others can be counted from. */
export const folderOf = (file: string): string => dirname(file)

/** Files that include others may have each other twice a level: a few short ones would be read a billion times. */
const mostFiles = 1000
const deepest = 32

/** What has been read, so that files which include themselves come to an end. */
export interface Reading {
  readonly files: Map<string, string>
  count: number
}

/** Why a file may not be included here, if so. */
export function refusal(reading: Reading, file: string, inside: readonly string[]): string | undefined {
  if (inside.includes(file)) return 'an include that does not lead back to its own file'
  if (inside.length >= deepest) return `at most ${deepest} files inside each other`
  reading.count++
  return reading.count > mostFiles ? `at most ${mostFiles} included files` : undefined
}
