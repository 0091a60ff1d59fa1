/**
 * Words of one line laid out in lines of at most `width` characters. A word that is longer, such
 * as an address, stays whole: it is there to be copied.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  lines.push(line)
  return lines
}

/** A label in front of the first line, and the rest under its text. */
export function hang(label: string, lines: readonly string[]): string[] {
  const blank = ' '.repeat(label.length)
  return lines.map((line, index) => `${index === 0 ? label : blank}${line}`.trimEnd())
}
