/** How much of a console is kept: what came first, and what came last. Characters. */
const kept = { first: 128 * 1024, last: 512 * 1024 }

/** What a machine wrote to its serial console, bounded whatever it writes. */
export interface ConsoleText {
  /** The text as it was written; of a flood the beginning and the end, and a line between them that says so. */
  readonly text: string
  /** Characters that were written in all. */
  readonly written: number
}

export interface ConsoleRecord {
  readonly add: (chunk: string) => void
  readonly read: () => ConsoleText
}

/** Keeps a console in bounded memory. */
export function recordConsole(): ConsoleRecord {
  let first = ''
  let last: string[] = []
  let lastLength = 0
  let written = 0
  return {
    add(chunk) {
      written += chunk.length
      const room = kept.first - first.length
      first += chunk.slice(0, room)
      const rest = chunk.slice(room)
      if (rest === '') return
      last.push(rest)
      lastLength += rest.length
      // Joined seldom, so that a flood of short chunks costs no more than its length.
      if (lastLength > 2 * kept.last) {
        last = [last.join('').slice(-kept.last)]
        lastLength = kept.last
      }
    },
    read() {
      const end = last.join('').slice(-kept.last)
      const lost = written - first.length - end.length
      const gap = lost > 0 ? `\n(${lost} characters left out)\n` : ''
      return { text: `${first}${gap}${end}`, written }
    },
  }
}
