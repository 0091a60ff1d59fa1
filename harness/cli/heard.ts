import type { ExitCode } from '../kernel/index.ts'
import type { Io } from './command.ts'
import { runCli } from './run-cli.ts'

export interface Heard {
  readonly code: ExitCode
  readonly out: string
  readonly err: string
}

/** Runs a command line in this process, without a terminal, and keeps what it says: for tests. */
export async function heard(
  argv: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
  { signal = new AbortController().signal, err }: Partial<Pick<Io, 'signal' | 'err'>> = {},
): Promise<Heard> {
  const said = { out: '', err: '' }
  const code = await runCli(argv, {
    out: (text) => void (said.out += text),
    err(text) {
      said.err += text
      err?.(text)
    },
    colour: false,
    interactive: false,
    signal,
    workingDirectory: folder,
    env,
  })
  return { code, ...said }
}

/** The same in the words of a process that has ended: for tests that do not need one, and cost a tenth without. */
export async function answered(
  argv: readonly string[],
  folder = process.cwd(),
): Promise<{ readonly exitCode: ExitCode; readonly stdout: string; readonly stderr: string }> {
  const { code, out, err } = await heard(argv, folder)
  return { exitCode: code, stdout: out.replace(/\n$/, ''), stderr: err.replace(/\n$/, '') }
}
