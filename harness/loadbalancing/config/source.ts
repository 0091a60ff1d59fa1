import { SeatrialError } from '../../kernel/index.ts'

/** A word of a configuration file. Offsets count UTF-16 units of the file's text, so that `text.slice(start, end)` is the raw word. */
export interface Word {
  /** What the program reads: without quotes, escapes resolved, variables as they are written. */
  readonly text: string
  /** Where the raw word begins, its quote included. */
  readonly start: number
  /** Behind its last character, or its quote. */
  readonly end: number
  /** Counted from 1. */
  readonly line: number
  /** Counted from 1. */
  readonly column: number
  /** It holds a variable, in whose place the program puts something else before it reads the word. */
  readonly expands?: true
}

/** One thing that a configuration says. */
export interface Directive {
  readonly name: Word
  readonly args: readonly Word[]
  /** Of the name, counted from 1. */
  readonly line: number
  /** As the file was called when it was read. */
  readonly file: string
}

/** The text from `start` to before `end` is replaced. An empty stretch inserts. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * The text with the edits made, whatever their order, and every other character as it was.
 *
 * @throws SeatrialError SEATRIAL_EDIT_WRONG when two edits overlap, begin at the same place, or one lies outside the text
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = []
  let done = 0
  let last = -1
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const { start, end } = edit
    if (!(start >= 0 && start <= end && end <= text.length))
      throw wrong(edit, `outside a text of ${text.length} characters`)
    // Of two that begin at the same place nobody can tell which is meant to come first.
    if (start < done || start === last) throw wrong(edit, 'over another edit')
    pieces.push(text.slice(done, start), edit.text)
    done = end
    last = start
  }
  pieces.push(text.slice(done))
  return pieces.join('')
}

function wrong({ start, end }: Edit, where: string): SeatrialError {
  return new SeatrialError('SEATRIAL_EDIT_WRONG', `An edit from ${start} to ${end} lies ${where}.`, {
    mend: 'Make one edit for each word, with the offsets of the text that the word was read from.',
  })
}

/** The edit that puts `text` in the place of a word, quotes included. */
export function replaceWord({ start, end }: Word, text: string): Edit {
  return { start, end, text }
}
