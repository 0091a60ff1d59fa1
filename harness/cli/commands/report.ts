import { readdir, realpath, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { loadRun } from '../../judge/index.ts'
import { exitCodes, messageOf, UsageError } from '../../kernel/index.ts'
import { isFolder, journalName, recordName, writeAtomically } from '../../record/index.ts'
import { reportFormat, reportFormats } from '../../report/index.ts'
import type { CliCommand, Io } from '../command.ts'
import { parseOptions } from '../parse-options.ts'

const reportOptions = z.strictObject({
  format: z.string().default('text'),
  out: z.string().min(1).optional(),
  reports: z.string().min(1).default('reports'),
})

/** `seatrial report`: a stored run told again, in any format, also one that was killed. */
export const command: CliCommand = {
  name: 'report',
  summary: 'Tell a stored run again, in any format; the exit code is that of the run.',
  configure: (program) =>
    program
      .argument('[run]', 'run.json, the folder of a run, the id of a run, or latest', 'latest')
      .option('--format <name>', 'how to tell it; "list" prints the formats there are', 'text')
      .option('--out <file>', 'write the report there instead of printing it')
      .option('--reports <folder>', 'where the folders of runs are', 'reports')
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          '  seatrial report',
          '  seatrial report --format list',
          '  seatrial report latest --format html --out report.html',
          '  seatrial report reports/2026-11-21T09-48-23Z-a1b2 --format sarif --out seatrial.sarif',
          '',
        ].join('\n'),
      ),
  async run({ args, options, io }) {
    const { format: name, out, reports } = parseOptions('seatrial report', reportOptions, options)
    if (name === 'list') {
      io.out(await listing())
      return exitCodes.passed
    }
    const format = await reportFormat(name)
    const path = await runPath(args[0] ?? 'latest', resolve(io.workingDirectory, reports), io)
    const record = await loadRun(path)
    const folder = (await isFolder(path)) ? path : dirname(path)
    const text = format.render(record, {
      colour: out === undefined && io.colour,
      columns: columnsOf(io),
      folder: relative(io.workingDirectory, folder) || '.',
    })
    if (out === undefined) io.out(text)
    else await keep(resolve(io.workingDirectory, out), text)
    return exitCodes[record.verdict]
  },
}

async function listing(): Promise<string> {
  const formats = await reportFormats()
  const width = Math.max(...formats.map(({ name }) => name.length))
  return formats.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}\n`).join('')
}

function columnsOf({ interactive, env }: Io): number {
  const asked = Number(env['COLUMNS'])
  if (Number.isInteger(asked) && asked > 0) return asked
  return interactive ? process.stdout.columns : 100
}

/** The path of what was asked for: as it is, by the id of a run, or the last run that left anything behind. */
async function runPath(asked: string, reports: string, io: Io): Promise<string> {
  if (asked !== 'latest') {
    const path = resolve(io.workingDirectory, asked)
    return !(await exists(path)) && (await exists(join(reports, asked))) ? join(reports, asked) : path
  }
  const names = await readdir(reports).catch(() => [])
  // The ids of runs begin with their time, so the last by name is the last.
  for (const name of names.toSorted((a, b) => (a < b ? 1 : -1))) {
    const folder = join(reports, name)
    // One after the other, because the first one is nearly always it.
    if ((await exists(join(folder, recordName))) || (await exists(join(folder, journalName)))) return folder
  }
  throw new UsageError({
    path: 'seatrial report',
    given: '"latest"',
    wanted: `a run in ${reports}, and there is none`,
    mend: 'Run `seatrial run` first, or name a run.json or the folder of a run.',
  })
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** A file is replaced whole; into what is no file, such as /dev/stdout or a pipe, the text is written. */
async function keep(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path)
  const there = await stat(target).catch(() => undefined)
  if (there === undefined || there.isFile()) return writeAtomically(target, text)
  if (there.isDirectory()) {
    throw new UsageError({ path: '--out', given: `the folder ${path}`, wanted: 'the name of a file' })
  }
  await writeFile(target, text).catch((cause: unknown) => {
    throw new UsageError({ path: '--out', given: `${path}: ${messageOf(cause)}`, wanted: 'a file to write to', cause })
  })
}
