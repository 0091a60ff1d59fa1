import { rule } from '../../kernel/index.ts'
import type { Entry } from '../root/root.ts'
import { staticCheck } from '../boot-check.ts'
import { usersIn } from '../host/accounts.ts'
import type { TextLine } from '../host/texts.ts'
import { linesOf } from '../host/texts.ts'
import { cronManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const cronEntryWrong = rule({
  id: 'boot/cron-entry-wrong',
  level: 'error',
  reference: cronManual,
  says: ({ where, what }: { where: string; what: string }) => `${where} ${what}: cron reads nothing of that file.`,
  wants: 'Five fields of time, a user, a command.',
  remedy: 'Correct the line; cron tells of it in its log alone.',
})

export const cronEntryUnended = rule({
  id: 'boot/cron-entry-unended',
  level: 'error',
  reference: cronManual,
  says: ({ path }: { path: string }) => `${path} has no line feed behind its last line: cron refuses that line.`,
  wants: 'A line feed at the end.',
  remedy: 'End it with a line feed: echo >>the file.',
})

export const cronEntryIgnored = rule({
  id: 'boot/cron-entry-ignored',
  level: 'warning',
  reference: cronManual,
  says: ({ path, why }: { path: string; why: string }) => `${path} is never run: ${why}.`,
  wants:
    'A name of letters, digits, hyphens and underscores; scripts that may be started; files that root alone writes.',
  remedy: 'Rename it, or chmod it; a file that is meant to rest belongs elsewhere.',
})

const nicknames = /^@(?:reboot|yearly|annually|monthly|weekly|daily|midnight|hourly|every_minute)$/
const ranges: readonly (readonly [name: string, least: number, most: number])[] = [
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['day', 1, 31],
  ['month', 1, 12],
  ['weekday', 0, 7],
]
const words = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)$/i

/** Jobs of cron: whether cron reads them at all. */
export const cronEntry = staticCheck({
  id: 'boot/cron-entry',
  rules: [cronEntryWrong, cronEntryUnended, cronEntryIgnored],
  *run({ files: { texts, paths } }) {
    const users = usersIn(texts)?.map(({ name }) => name)
    for (const [path, text] of texts) {
      const [, folder, name = ''] = /^\/etc\/(crontab|cron\.d\/(.+))$/.exec(path) ?? []
      if (folder === undefined || name.startsWith('.')) continue
      const why = ignored(name, paths.get(path))
      if (why !== undefined) {
        // What a package manager leaves beside a file is meant to rest.
        if (!/\.dpkg-\w+$|~$|\.(?:rpmsave|rpmnew|disabled|bak|orig)$/.test(name))
          yield cronEntryIgnored.at(path, { path, why })
        continue
      }
      const lines = linesOf(texts, path, /^#/)
      for (const each of lines) {
        const what = troubleOf(each, users)
        if (what !== undefined) yield cronEntryWrong.at(`${path}:${each.line}`, { where: `${path}:${each.line}`, what })
      }
      if (lines.length > 0 && !text.endsWith('\n')) yield cronEntryUnended.at(path, { path })
    }
    for (const [path, entry] of paths) {
      const [, name] = /^\/etc\/cron\.(?:hourly|daily|weekly|monthly)\/([^.].*)$/.exec(path) ?? []
      if (name === undefined || entry === undefined || /\.dpkg-\w+$|~$/.test(name)) continue
      const bad = /^[A-Za-z0-9_-]+$/.test(name) ? undefined : 'run-parts passes over a name with a dot'
      const why = bad ?? ((entry.mode & 0o111) === 0 ? 'it may not be started' : undefined)
      if (why !== undefined && entry.kind === 'file') yield cronEntryIgnored.at(path, { path, why })
    }
  },
  examples: [
    {
      title: 'jobs as they are',
      given: sketch({
        texts: {
          '/etc/cron.d/a': 'SHELL=/bin/sh\nMAILTO=""\n*/5 0-6,22 1 jan mon-fri root /bin/a\n@daily root /bin/b\n',
        },
        paths: { '/etc/cron.daily/a': { mode: 0o755 }, '/etc/cron.daily/.placeholder': { mode: 0o644 } },
      }),
      yields: [],
    },
    {
      title: 'no such hour',
      given: sketch({ texts: { '/etc/cron.d/a': '0 25 * * * root /bin/a\n' } }),
      yields: [cronEntryWrong],
    },
    {
      title: 'no user',
      given: sketch({ texts: { '/etc/cron.d/a': '0 5 * * * web /bin/a\n', '/etc/passwd': 'root:x:0:0:::\n' } }),
      yields: [cronEntryWrong],
    },
    {
      title: 'no end',
      given: sketch({ texts: { '/etc/cron.d/a': '0 5 * * * root /bin/a' } }),
      yields: [cronEntryUnended],
    },
    {
      title: 'a name with a dot',
      given: sketch({ texts: { '/etc/cron.d/backup.sh': '0 5 * * * root /bin/a\n' } }),
      yields: [cronEntryIgnored],
    },
    {
      title: 'a script that may not be started',
      given: sketch({ paths: { '/etc/cron.daily/a': { mode: 0o644 } } }),
      yields: [cronEntryIgnored],
    },
  ],
})

function ignored(name: string, entry: Entry | undefined): string | undefined {
  if (name !== '' && !/^[A-Za-z0-9_-]+$/.test(name)) return 'cron reads no file with such a name'
  if (entry !== undefined && (entry.mode & 0o022) !== 0) return 'others than root can write it'
  return entry?.uid !== undefined && entry.uid !== 0 ? 'it does not belong to root' : undefined
}

function troubleOf({ text }: TextLine, users: readonly string[] | undefined): string | undefined {
  if (/^[A-Za-z_"'][\w"']*\s*=/.test(text)) return undefined
  const fields = text.split(/\s+/)
  const short = fields[0]?.startsWith('@') === true
  if (short && !nicknames.test(fields[0] ?? '')) return `says ${fields[0]}, which is no time`
  const times = short ? [] : fields.slice(0, 5)
  const [user, ...command] = fields.slice(short ? 1 : 5)
  for (const [index, [name, least, most]] of ranges.entries()) {
    const field = times[index]
    if (!short && (field === undefined || !isTime(field, least, most))) return `has "${field ?? ''}" as its ${name}`
  }
  if (user === undefined || command.length === 0) return 'has no user or no command'
  return users === undefined || users.includes(user) ? undefined : `is for the user ${user}, whom there is not`
}

function isTime(field: string, least: number, most: number): boolean {
  return field.split(',').every((part) => {
    const [range = '', step] = part.split('/')
    if (step !== undefined && !/^[1-9]\d*$/.test(step)) return false
    return (
      range === '*' ||
      range
        .split('-')
        .every((each) => words.test(each) || (/^\d+$/.test(each) && Number(each) >= least && Number(each) <= most)) ||
      /^\d*~\d*$/.test(range)
    )
  })
}
