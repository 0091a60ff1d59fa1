/** Something wrong with a configuration file, at its place. */
export interface Problem {
  /** `refused`: the program does not start with it. `doubtful`: it does, and hardly does what was meant. */
  readonly level: 'refused' | 'doubtful'
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  /** Counted from 1. */
  readonly column: number
  readonly given: string
  readonly wanted: string
}

/** A place in a file: a word is one. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** Notes what is wrong; the level is `refused` when none is told. */
export type Tell = (place: Place, given: string, wanted: string, level?: Problem['level']) => void

/** Problems of one file, each place at most once a sentence, at most a hundred: a file of zeros has as many as it has bytes. */
export function problemsOf(file: string): { readonly problems: readonly Problem[]; readonly tell: Tell } {
  const problems: Problem[] = []
  const tell: Tell = ({ line, column }, given, wanted, level = 'refused') => {
    if (problems.length < most) problems.push({ level, file, line, column, given, wanted })
    else if (problems.length === most) {
      const end = 'fewer problems; the rest of this file is not told'
      problems.push({ level, file, line, column, given: `${given}, and more than ${most} before`, wanted: end })
    }
  }
  return { problems, tell }
}

const most = 100

/** Problems of several files, each file with its own hundred, in the order in which the files were first spoken of. */
export function problemsByFile(): { readonly tellIn: TellIn; readonly all: () => readonly Problem[] } {
  const files = new Map<string, ReturnType<typeof problemsOf>>()
  return {
    tellIn: (file) => {
      const known = files.get(file) ?? problemsOf(file)
      files.set(file, known)
      return known.tell
    },
    all: () => [...files.values()].flatMap(({ problems }) => problems),
  }
}

/** Notes what is wrong in a file. */
export type TellIn = (file: string) => Tell

/** For who reads a part again that was looked at when the files were parsed. */
export const untoldIn: TellIn = () => untold

/** For who reads a part again that was looked at when the file was parsed. */
export const untold: Tell = () => {}

/** Hostile text inside a message: quoted, with control characters escaped, and not longer than a line bears. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text)
}

/** Far more than any line that a person or a generator writes. */
const longestLine = 1_000_000

/** Tells a line that is too long to be one; then nothing of the file is read. */
export function hasOverlongLine(text: string, tell: Tell): boolean {
  let line = 1
  for (let start = 0; start + longestLine < text.length; line++) {
    const feed = text.indexOf('\n', start)
    const end = feed === -1 ? text.length : feed
    if (end - start > longestLine) {
      tell(
        { line, column: 1 },
        `a line of ${end - start} characters`,
        `at most ${longestLine}; nothing of this file is read`,
      )
      return true
    }
    start = end + 1
  }
  return false
}
