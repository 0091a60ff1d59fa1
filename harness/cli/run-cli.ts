import { readdir } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import type { ExitCode } from '../kernel/index.ts'
import { exitCodes, nearest, UsageError } from '../kernel/index.ts'
import { version } from '../version.ts'
import type { CliCommand, Io } from './command.ts'
import { explainError } from './explain-error.ts'

const folder = new URL('./commands/', import.meta.url)
const ending = extname(fileURLToPath(import.meta.url))

/** Runs one command line and returns its exit code; errors are explained on standard error. */
export async function runCli(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(argv, io)
  } catch (error) {
    const { text, exitCode } = explainError(error, {
      colour: io.colour,
      debug: (io.env['SEATRIAL_DEBUG'] ?? '') !== '',
    })
    io.err(text)
    return exitCode
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<ExitCode> {
  const names = await commandNames()
  const [first, ...rest] = argv
  if (first === '--version' || first === '-V') {
    io.out(`${version}\n`)
    return exitCodes.passed
  }
  if (first === undefined || first === '--help' || first === '-h' || (first === 'help' && rest[0] === undefined)) {
    io.out(await overview(names))
    // Asked for nothing, a pipeline should hear that it asked for nothing.
    return first === undefined ? exitCodes.usage : exitCodes.passed
  }
  const [name, args] = first === 'help' ? [rest[0] ?? '', ['--help']] : [first, rest]
  if (!names.includes(name)) {
    const near = nearest(name, names)
    throw new UsageError({
      path: 'command line',
      given: `"${name}"`,
      wanted: `one of ${names.join(', ')}`,
      mend: near === undefined ? 'Run `seatrial --help`.' : `Did you mean \`seatrial ${near}\`?`,
    })
  }
  // Only the command that was asked for is loaded: this is what keeps the start quick.
  return execute(await load(name), args, io)
}

async function execute(command: CliCommand, args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = exitCodes.passed
  const program = command
    .configure(new Command(`seatrial ${command.name}`))
    .description(command.summary)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: () => {} })
    .action(async () => {
      code = await command.run({ args: program.args, options: program.opts(), io })
    })
  try {
    await program.parseAsync([...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return exitCodes.passed
    throw new UsageError({
      path: `seatrial ${command.name}`,
      given: args.length === 0 ? 'nothing' : args.join(' '),
      wanted: error.message.replace(/^error: /, ''),
      mend: `Run \`seatrial ${command.name} --help\`.`,
      cause: undefined,
    })
  }
  return code
}

async function commandNames(): Promise<readonly string[]> {
  const files = await readdir(folder)
  return files
    .filter((file) => file.endsWith(ending) && !/\.(test|d)\.[jt]s$/.test(file))
    .map((file) => file.slice(0, -ending.length))
    .toSorted()
}

async function load(name: string): Promise<CliCommand> {
  const module: { readonly command: CliCommand } = await import(new URL(`${name}${ending}`, folder).href)
  return module.command
}

async function overview(names: readonly string[]): Promise<string> {
  const commands = await Promise.all(names.map(load))
  const width = Math.max(...names.map((name) => name.length))
  return [
    'Seatrial takes infrastructure out to sea before users are on board.',
    '',
    'Usage: seatrial <command> [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'Examples:',
    '  seatrial run                             try the deployment of seatrial.config.ts, or the bundled one',
    '  seatrial http https://127.0.0.1:8443/    judge one URL, without any configuration',
    '  seatrial http --help                     what a command takes, with examples',
    '',
    'Exit codes: 0 passed, 1 failed, 2 could not look (unsettled), 3 the command line or configuration is wrong.',
    '',
  ].join('\n')
}
