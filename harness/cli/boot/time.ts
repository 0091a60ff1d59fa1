import type { Command } from 'commander'
import { boot, cascadeEntry, datesEntry, lookAtCascade, lookAtDates } from '../../boot/index.ts'
import { parseInput } from '../../input/index.ts'
import type { Clock, ExitCode, StepReport } from '../../kernel/index.ts'
import { shellWord, UsageError } from '../../kernel/index.ts'
import { reportFormat } from '../../report/index.ts'
import { openRun } from '../../substrate/index.ts'
import type { Invocation } from '../command.ts'
import type { CommonOptions } from '../http/gate-options.ts'
import { known, typed } from '../given.ts'
import { recordOf } from '../one-look.ts'
import { demandChecks } from '../only.ts'
import { collect } from '../parse-options.ts'
import { printRecord } from '../print-record.ts'
import { progressTo } from '../progress.ts'

/** Options of `seatrial boot dates`, and of `seatrial boot cascade`, as commander names them. */
const ofDates = [
  ['--image <tag>', 'dates: image that the command runs in; one with glibc, nothing else is needed'],
  ['--build <folder>', 'dates: folder with a Dockerfile, in place of an image'],
  ['--ready <line>', 'dates: of a command that stays, a line for sh that ends with 0 when it is up'],
  ['--zone <name>', 'dates: time zone that it lives in, such as Europe/Berlin; UTC unless said'],
  ['--years <list>', 'dates: years whose days are tried; those of the range, else 2000,2023,2024,2100'],
  ['--from <day>', 'dates: first day that is tried'],
  ['--until <day>', 'dates: last day that is tried'],
  [
    '--classes <list>',
    'dates: kinds of days only: leap-day, february-end, year-end, dst-gap, dst-overlap, year-2038, expiry',
  ],
  ['--ordinary <days>', 'dates: days on which it must work, else it is not judged'],
  ['--prints <pattern>', 'dates: what must match its output on every date'],
  ['--answers <name>', 'dates: date that it must print: next-year-same-day, next-month-same-day, tomorrow, ...'],
  ['--fresh', 'dates: a new container for each date, for what leaves something behind'],
] as const
const certificates = [
  ['--certificate <path>', 'dates: certificate in the image, or a folder, whose end it must survive; may be repeated'],
  ['--refuses <path>', 'dates: certificate that it must refuse once it has ended; may be repeated'],
] as const
const ofCascade = [
  ['--hosts <number>', 'cascade: hosts whose agents fail; 8 unless said'],
  ['--units <number>', 'cascade: units of work on each host; 2 unless said'],
  ['--threshold <number>', 'cascade: hosts that may be declared broken before a human is asked; 2 unless said'],
  ['--date <day>', 'cascade: on which agents fail to start; 2024-02-29 unless said'],
] as const
const ofBoth = [
  ['--timeout <seconds>', 'dates and cascade: what lasts longer hangs'],
  ['--seed <number>', 'cascade: chooses the host that fails first; 1 unless said'],
] as const

/** Declares what {@link runDates} and {@link runCascade} take. */
export function withTimeOptions(program: Command): Command {
  for (const [flags, says] of [...ofDates, ...ofCascade, ...ofBoth]) program.option(flags, says)
  for (const [flags, says] of certificates) program.option(flags, says, collect)
  return program
}

export const timeHelp = `
\`dates\` starts a command in a container under a sweep of dates: leap days, ends of February and of the year, hours of a
change of the clocks, 2038, ends of certificates. On an ordinary day it must work. Words of it that begin with ./ are
files of yours, which are put into the container.
  seatrial boot dates --image web:1 -- /srv/renew-certificate
  seatrial boot dates --image web:1 --zone Europe/Berlin --from 2027-01-01 --until 2028-12-31 -- ./nightly.sh --dry-run
  seatrial boot dates --image web:1 --answers next-year-same-day -- python3 /srv/plan.py
  seatrial boot dates --image web:1 --certificate /etc/tls --ready 'curl -sfk https://localhost' -- nginx -g 'daemon off;'

\`cascade\` tries what declares hosts broken and moves their work, on a day on which no agent starts: it must stop at its
threshold and ask a human. It is started here and finds in its environment SEATRIAL_THRESHOLD and SEATRIAL_FLEET, a URL:
GET /hosts (/hosts.txt), POST /hosts/NAME/broken, POST /hosts/NAME/move[?to=HOST], POST /investigate.
  seatrial boot cascade --threshold 3 --hosts 12 -- ./heal.py
`

const keyOf = (flags: string): string => flags.replace(/^--([a-z]+).*$/, '$1')
const own = {
  dates: [...ofDates, ...certificates, ['--timeout']].map(([flags]) => keyOf(flags)),
  cascade: [...ofCascade, ...ofBoth].map(([flags]) => keyOf(flags)),
}

/** @throws UsageError for an option that means nothing here: somebody expects something of it */
export function refuseTimeOptions(what: string, given: Readonly<Record<string, unknown>>): void {
  const taken: readonly string[] = what === 'dates' ? own.dates : what === 'cascade' ? own.cascade : []
  const strange = [...own.dates, ...own.cascade].find((key) => given[key] !== undefined && !taken.includes(key))
  if (strange === undefined) return
  throw new UsageError({
    path: `seatrial boot ${what}`,
    given: `--${strange}`,
    wanted: 'options of this command',
    mend: 'Run `seatrial boot --help`: it tells which options are for what.',
  })
}

/** What every command of `boot` has, parsed. */
export type Common = CommonOptions & { readonly json: boolean }

/** `seatrial boot dates --image IMAGE -- COMMAND...` */
export async function runDates({ args, options: given, io }: Invocation, common: Common): Promise<ExitCode> {
  const name = 'seatrial boot dates'
  refuseTimeOptions('dates', given)
  const word = (key: string): string | undefined => {
    const value = given[key]
    return typeof value === 'string' ? value : undefined
  }
  const paths = (key: string): readonly string[] => (Array.isArray(given[key]) ? given[key].map(String) : [])
  if (word('image') === undefined && word('build') === undefined) {
    throw new UsageError({ path: `${name} --image`, given: 'nothing', wanted: 'an image that the command runs in' })
  }
  const entry = parseInput(
    datesEntry,
    known({
      name: nameOf(args) || 'command',
      image: word('image'),
      build: word('build'),
      command: demandCommand(name, args),
      ready: word('ready'),
      zone: word('zone'),
      years: word('years')?.split(',').map(Number),
      from: word('from'),
      until: word('until'),
      classes: word('classes')?.split(','),
      ordinary: word('ordinary')?.split(','),
      prints: word('prints'),
      answers: given['answers'] === undefined ? undefined : { is: word('answers') },
      certificates: [
        ...paths('certificate').map((path) => ({ path })),
        ...paths('refuses').map((path) => ({ path, after: 'refuses' })),
      ],
      fresh: given['fresh'],
      timeoutSeconds: word('timeout') === undefined ? undefined : Number(word('timeout')),
    }),
    name,
  )
  const replay = lineOf(name, own.dates, given, args)
  return told({ args, options: given, io }, { common, replay }, async function* (clock) {
    await using run = await openRun()
    const [baseFolder, signal, progress] = [io.workingDirectory, io.signal, progressTo(io)]
    yield await lookAtDates(entry, { path: name, baseFolder, run, replay, only: common.only, clock, signal, progress })
  })
}

/** `seatrial boot cascade -- CONTROLLER...` */
export async function runCascade({ args, options: given, io }: Invocation, common: Common): Promise<ExitCode> {
  const name = 'seatrial boot cascade'
  refuseTimeOptions('cascade', given)
  const number = (key: string): number | undefined => (given[key] === undefined ? undefined : Number(given[key]))
  const entry = parseInput(
    cascadeEntry,
    known({
      name: nameOf(args) || 'controller',
      controller: demandCommand(name, args),
      hosts: number('hosts'),
      units: number('units'),
      threshold: number('threshold'),
      date: given['date'],
      timeoutSeconds: number('timeout'),
    }),
    name,
  )
  const replay = lineOf(name, own.cascade, given, args)
  return told({ args, options: given, io }, { common, replay }, async function* (clock) {
    await using _run = await openRun()
    const [baseFolder, signal, progress] = [io.workingDirectory, io.signal, progressTo(io)]
    yield await lookAtCascade(entry, {
      baseFolder,
      seed: common.seed,
      replay,
      only: common.only,
      clock,
      signal,
      progress,
    })
  })
}

async function told(
  { io }: Invocation,
  { common, replay }: { readonly common: Common; readonly replay: string },
  look: (clock: Clock) => AsyncIterable<StepReport>,
): Promise<ExitCode> {
  await demandChecks('seatrial boot', common.only, [boot])
  const format = await reportFormat(common.json ? 'json' : common.format)
  return printRecord(format, { record: await recordOf(replay, common, look, { io }) }, io)
}

/** A command as reports name it: a whole script on the line would hide what is said of it. */
function nameOf(args: readonly string[]): string {
  const line = args.join(' ').replaceAll(/\s+/g, ' ')
  return line.length > 80 ? `${line.slice(0, 77)}...` : line
}

/** @throws UsageError when there is nothing to start */
function demandCommand(path: string, args: readonly string[]): readonly string[] {
  if (args.length > 0) return args
  throw new UsageError({ path, given: 'no command', wanted: 'a command behind --, such as -- /srv/renew' })
}

/** The line that shows it again. */
function lineOf(
  name: string,
  keys: readonly string[],
  given: Readonly<Record<string, unknown>>,
  args: readonly string[],
): string {
  return [name, ...typed(keys, given), '--', ...args.map(shellWord)].join(' ')
}
