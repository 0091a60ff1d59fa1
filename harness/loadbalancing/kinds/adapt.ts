import type { Edit, Word } from '../config/index.ts'
import { applyEdits, replaceWord } from '../config/index.ts'

/** A change in one of several files: offsets count in the text of that file. */
export interface FileEdit {
  readonly file: string
  readonly edit: Edit
}

type Texts = Readonly<Record<string, string>>

/** The files with these edits made, each in its own text. */
export function adaptFiles(files: Texts, edits: readonly FileEdit[]): Texts {
  const perFile = Map.groupBy(edits, ({ file }) => file)
  const changed = [...perFile].map(([file, own]): [string, string] => {
    const all = own.map(({ edit }) => edit)
    return [file, applyEdits(files[file] ?? '', all)]
  })
  return { ...files, ...Object.fromEntries(changed) }
}

/** Replaces the address inside a word such as `http://10.0.0.1:8080/shop`, and the whole word where it is written otherwise. */
export function replaceAddress(
  text: string,
  word: Word,
  { authority, instead, whole }: { readonly authority: string; readonly instead: string; readonly whole: string },
): Edit {
  const raw = text.slice(word.start, word.end)
  const scheme = raw.indexOf('://')
  const at = raw.indexOf(authority, scheme === -1 ? 0 : scheme + '://'.length)
  if (at === -1) return replaceWord(word, whole)
  return { start: word.start + at, end: word.start + at + authority.length, text: instead }
}

/** Names of servers of one pool, each different: what stands twice is told apart by its number, and none has a slash. */
export function serverNames(addresses: readonly string[]): readonly string[] {
  const counted = new Map<string, number>()
  return addresses.map((address) => {
    const name = address.slice(address.lastIndexOf('/') + 1)
    const number = (counted.get(name) ?? 0) + 1
    counted.set(name, number)
    return number === 1 ? name : `${name}#${number}`
  })
}

/** Reached from its own host only. */
export function isLoopback(host: string): boolean {
  return /^127\.|^::1$|^localhost$/.test(host)
}
