import { wrap } from './wrap.ts'

// Two columns of a terminal each: East Asian wide and full-width characters, and pictures.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

const widthOf = (character: string): number => (wide.test(character) ? 2 : 1)

/** How many columns of a terminal a text takes, at most: what combines with what stands before it counts as one. */
export function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + widthOf(character), 0)
}

/** As much of a text as `columns` hold, with `...` for what is left out. */
export function cut(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  return `${headOf(text, columns - 3)}...`
}

function headOf(text: string, columns: number): string {
  let [head, taken] = ['', 0]
  for (const character of text) {
    taken += widthOf(character)
    if (taken > columns) break
    head += character
  }
  return head
}

/** Lines of at most `columns`, whatever stands in the text: a word that is longer is broken. */
export function fold(text: string, columns: number): string[] {
  return wrap(text, columns).flatMap((line) => {
    const parts: string[] = []
    let rest = line
    while (columnsOf(rest) > columns) {
      // One wide character in one column: it stands there all the same, or this would never end.
      const head = headOf(rest, columns) || String.fromCodePoint(rest.codePointAt(0) ?? 0)
      parts.push(head)
      rest = rest.slice(head.length)
    }
    return [...parts, rest]
  })
}
