import type { Io } from './command.ts'

/** Progress goes to standard error, so that standard output stays the result; a time stands before each line. */
export function progressTo(io: Pick<Io, 'err' | 'colour'>): (line: string) => void {
  const start = performance.now()
  const faint = (text: string): string => (io.colour ? `\u001B[2m${text}\u001B[22m` : text)
  return (line) => {
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6)
    io.err(`${faint(`${seconds} s`)}  ${line}\n`)
  }
}
