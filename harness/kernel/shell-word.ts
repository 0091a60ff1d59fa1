/** A word of a POSIX shell between quotes, whatever is in it. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}

/** A word as a shell takes it, for lines that people paste: between quotes only where it must be. */
export function shellWord(word: string): string {
  return /^[\w./@%+:,-]+$/.test(word) ? word : quoted(word)
}
