import type { Command } from 'commander'
import type { ExitCode } from '../kernel/index.ts'

/** Where a command speaks. Standard output is for results, standard error for progress. */
export interface Io {
  readonly out: (text: string) => void
  /** Resolves when the reader of standard output has taken enough; absent where nothing can pile up. */
  readonly drained?: () => Promise<void>
  readonly err: (text: string) => void
  /** Colours are wanted: a terminal, and NO_COLOR is not set. */
  readonly colour: boolean
  readonly interactive: boolean
  /** Aborted by SIGINT or SIGTERM: finish what must be finished, and return. */
  readonly signal: AbortSignal
  readonly workingDirectory: string
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface Invocation {
  /** Positional arguments. */
  readonly args: readonly string[]
  /** Options as commander names them; each command parses them with zod. */
  readonly options: Readonly<Record<string, unknown>>
  readonly io: Io
}

/** One command of the command line: a file in `commands/`, found by its name. */
export interface CliCommand {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** Declares arguments, options and examples. */
  readonly configure: (command: Command) => Command
  /**
   * @throws UsageError for a wrong command line or configuration (exit code 3); any other
   *   error is printed with its mend and ends in exit code 2
   */
  readonly run: (invocation: Invocation) => Promise<ExitCode>
}
