import { check, document, rule } from '../../kernel/index.ts'
import type { DatabaseSeen, Seen } from '../seen.ts'

const dump = document('mariadb-dump', 'https://mariadb.com/kb/en/mariadb-dump/')
const hotCopy = document(
  'Full backup and restore with mariadb-backup',
  'https://mariadb.com/kb/en/full-backup-and-restore-with-mariadb-backup/',
)
const archive = document(
  'Continuous archiving and point-in-time recovery',
  'https://www.postgresql.org/docs/15/continuous-archiving.html',
)
const psql = document('psql', 'https://www.postgresql.org/docs/15/app-psql.html')

const trapTorn = rule({
  id: 'recovery/trap-database-torn',
  level: 'info',
  reference: dump,
  says: () => 'The backup holds different tables of different moments: transactions are there by half.',
  wants: 'All tables of a backup are of one moment.',
  remedy: 'Dump everything in one transaction (--single-transaction; one pg_dump for all schemas), not part by part.',
})

const trapAccounts = rule({
  id: 'recovery/trap-database-accounts-forgotten',
  level: 'info',
  reference: dump,
  says: () => 'The accounts of the application were not in the backup: nobody can log in.',
  wants: 'Accounts and what they may come back with the data.',
  remedy: 'Save them too: mysqldump --system=users, pg_dumpall --globals-only.',
})

const trapCode = rule({
  id: 'recovery/trap-database-code-forgotten',
  level: 'info',
  reference: dump,
  says: ({ what }: { what: string }) => `Code was not in the backup: ${what}.`,
  wants: 'Routines, triggers, events and views come back with the data.',
  remedy: 'mysqldump leaves routines and events out unless told: --routines --events.',
})

const trapNotPrepared = rule({
  id: 'recovery/trap-database-not-prepared',
  level: 'info',
  reference: hotCopy,
  says: () => 'The hot copy was put back without being prepared: its files are of different moments.',
  wants: 'A hot copy is prepared before a server gets it.',
  remedy: 'mariabackup --prepare right after --backup, and look for "completed OK!" after both.',
})

const trapLogMissing = rule({
  id: 'recovery/trap-database-log-missing',
  level: 'info',
  reference: archive,
  says: () => 'The log that the backup needs is not there.',
  wants: 'A backup has the log of its own time, and the archive every log up to the moment that is asked for.',
  remedy: 'pg_basebackup -X stream; archive logs off the host; take them by the list of all, so that a gap shows.',
})

const trapMoment = rule({
  id: 'recovery/trap-database-moment-missed',
  level: 'info',
  reference: archive,
  says: ({ required, found }: { required: number; found: number }) =>
    `The last order before the moment is ${required}; the last that came back is ${found}.`,
  wants: 'A restore to a moment ends there, or says that it cannot.',
  remedy: 'Replay the log up to the moment; PostgreSQL passes every target over when recovery.signal is absent.',
})

const trapUnverified = rule({
  id: 'recovery/trap-database-not-verified',
  level: 'info',
  reference: document('pg_verifybackup', 'https://www.postgresql.org/docs/15/app-pgverifybackup.html'),
  says: ({ how }: { how: string }) => `The backup was ${how} where it lay, and was restored as if it were whole.`,
  wants: 'A backup is known to be what was written before it is restored.',
  remedy: 'Write checksums with it and compare them first; pg_verifybackup does it for base backups.',
})

const trapExitCode = rule({
  id: 'recovery/trap-database-exit-code-lost',
  level: 'info',
  reference: document('Bash, pipelines', 'https://www.gnu.org/software/bash/manual/html_node/Pipelines.html'),
  says: () => 'The program that copies was killed, and the script said that the backup was made.',
  wants: 'A backup that could not be made is one that nobody counts on.',
  remedy: "set -euo pipefail: the exit code of a pipe is the last program's, and that one is content with half.",
})

const trapOverwritten = rule({
  id: 'recovery/trap-database-overwritten',
  level: 'info',
  reference: document('mv(1)', 'https://www.gnu.org/software/coreutils/manual/html_node/mv-invocation.html'),
  says: () => 'The last good backup was overwritten by one that did not end.',
  wants: 'There is a good backup at every moment.',
  remedy: 'Write beside it, and give it its name when it is complete.',
})

const trapNotEmpty = rule({
  id: 'recovery/trap-database-not-empty',
  level: 'info',
  reference: hotCopy,
  says: () => 'What an attempt before left stood in the way.',
  wants: 'A restore that was interrupted can be run again.',
  remedy: 'Let it take away first what it made itself.',
})

const trapErrorsPassedOver = rule({
  id: 'recovery/trap-database-errors-passed-over',
  level: 'info',
  reference: psql,
  says: ({ first }: { first: string }) => `The client met errors and went on: ${first}`,
  wants: 'A restore ends at its first error.',
  remedy: 'psql -v ON_ERROR_STOP=1; no --force.',
})

const trapOwner = rule({
  id: 'recovery/trap-database-wrong-owner',
  level: 'info',
  reference: hotCopy,
  says: () => 'The files that were put back belong to somebody else than the server, which cannot open them.',
  wants: 'Files of a database belong to the account of its server.',
  remedy: 'chown -R to mysql or postgres before the server starts.',
})

const trapFull = rule({
  id: 'recovery/trap-database-disk-full',
  level: 'info',
  reference: document('Disk full failure', 'https://www.postgresql.org/docs/15/disk-full.html'),
  says: () => 'The disk of the server was full.',
  wants: 'Room for everything that comes back, and for the log of bringing it back.',
  remedy: 'Hold the size of the backup against the room before the old data is taken away.',
})

/** How the trap is called that a database fell into: by what did not come back, by what was done to it, by what was written. */
export const trapDatabase = check({
  id: 'recovery/trap-database',
  rules: [
    trapTorn,
    trapAccounts,
    trapCode,
    trapNotPrepared,
    trapLogMissing,
    trapMoment,
    trapUnverified,
    trapExitCode,
    trapOverwritten,
    trapNotEmpty,
    trapErrorsPassedOver,
    trapOwner,
    trapFull,
  ],
  applies: ({ database }) => database !== undefined,
  *run({ attempts, database, differences = [] }: Seen) {
    const last = attempts.findLast(({ said }) => said !== 'interrupted')
    if (database === undefined || (differences.length === 0 && last?.said === 'done')) return
    const { asked, required, found, spoiled, ended } = database
    const restored = attempts.filter(({ verb }) => verb === 'restore')
    const output = restored.map((each) => each.output).join('\n')
    const absent = differences.filter(({ kind }) => kind === 'missing').map(({ key }) => key)
    const cameBack = found > 0
    const done = last?.said === 'done'
    if (done && spoiled !== undefined && spoiled !== 'log-missing') {
      yield trapUnverified.at('repository', { how: spoiled === 'cut-off' ? 'cut off' : 'changed by one byte' })
    }
    if (done && asked === 'moment' && found !== required) yield trapMoment.at('database', { required, found })
    if (ended === 'tool' && attempts[0]?.said === 'done') yield trapExitCode.at('backup')
    const lastBackup = attempts.findLast(({ verb }) => verb === 'backup')
    if (lastBackup?.said === 'interrupted' && absent.length > 0) yield trapOverwritten.at('repository')
    if (cameBack && ended === undefined && spoiled === undefined) {
      if (asked === 'backup' && found >= required && tornIn(differences)) yield trapTorn.at('differences')
      if (absent.some((key) => key.startsWith('account '))) yield trapAccounts.at('differences')
      const code = absent.filter((key) => /^(?:routine|event|trigger|view) /.test(key))
      if (code.length > 0) yield trapCode.at('differences', { what: code.slice(0, 3).join(', ') })
    }
    if (/not prepared|was not correctly shut down|Missing FILE_CHECKPOINT|innodb.*(?:corrupt|recover)/i.test(output)) {
      yield trapNotPrepared.at('output')
    }
    if (logsMissing.test(output)) yield trapLogMissing.at('output')
    if (/already exists|is not empty/i.test(output)) yield trapNotEmpty.at('output')
    const [error] = /^.*\bERROR\b.*$/m.exec(output) ?? []
    if (done && error !== undefined) yield trapErrorsPassedOver.at('output', { first: error.slice(0, 200) })
    if (/wrong ownership|Permission denied|must be writable/.test(output)) {
      yield trapOwner.at('output')
    }
    if (/No space left on device|is full|disk full/i.test(output)) yield trapFull.at('output')
  },
  examples: [
    { title: 'all came back', given: seen({}), yields: [] },
    { title: 'balances of another moment', given: seen({ changed: ['bank.accounts 4'] }), yields: [trapTorn] },
    {
      title: 'accounts and events are absent',
      given: seen({ missing: ['account clerk', 'event shop.tidy'] }),
      yields: [trapAccounts, trapCode],
    },
    {
      title: 'a hot copy as it was copied',
      given: seen({ said: 'failed', output: 'InnoDB: Missing FILE_CHECKPOINT at 46782', found: 0 }),
      yields: [trapNotPrepared],
    },
    {
      title: 'a base backup without its log',
      given: seen({ said: 'failed', output: 'FATAL:  could not locate required checkpoint record', found: 0 }),
      yields: [trapLogMissing],
    },
    {
      title: 'the log was never replayed',
      given: seen({ missing: ['shop.orders 9'], database: { asked: 'moment', required: 9, found: 5 } }),
      yields: [trapMoment],
    },
    {
      title: 'a byte of a document is another one',
      given: seen({ changed: ['bank.documents 20'], database: { spoiled: 'byte-changed' } }),
      yields: [trapUnverified],
    },
    {
      title: 'the dump died in its pipe',
      given: seen({ missing: ['shop.orders 9'], found: 0, database: { ended: 'tool' } }),
      yields: [trapExitCode],
    },
    {
      title: 'the first backup is gone since the second began',
      given: seen({ backup: 'interrupted', missing: ['bank.documents 9'], database: { ended: 'script' } }),
      yields: [trapOverwritten],
    },
    {
      title: 'the database is there already',
      given: seen({ said: 'failed', output: 'createdb: error: database "app" already exists' }),
      yields: [trapNotEmpty],
    },
    {
      title: 'a role is absent, and psql goes on',
      given: seen({ changed: ['table shop.orders'], output: 'psql:1: ERROR:  role "app" does not exist' }),
      yields: [trapErrorsPassedOver],
    },
    {
      title: 'root owns the data folder',
      given: seen({ said: 'failed', output: 'FATAL:  data directory "/srv" has wrong ownership', found: 0 }),
      yields: [trapOwner],
    },
    {
      title: 'the disk is full',
      given: seen({ said: 'failed', output: "ERROR 1114 (HY000): The table 'documents' is full", found: 0 }),
      yields: [trapFull],
    },
  ],
})

/** Rows of one transaction that do not agree: balances of other orders, lines without their order or the other way round. */
const tornIn = (differences: NonNullable<Seen['differences']>): boolean =>
  differences.some(({ key, kind }) => (kind === 'changed' && key.startsWith('bank.accounts ')) || isLine(key))

const isLine = (key: string): boolean => key.startsWith('shop.order_lines ')

const logsMissing =
  /could not locate required checkpoint record|WAL ends before|recovery ended before configured|mysqlbinlog: File '.*' not found|Could not find first log/i

interface Example {
  readonly said?: 'done' | 'failed'
  readonly backup?: 'done' | 'interrupted'
  readonly output?: string
  readonly missing?: readonly string[]
  readonly changed?: readonly string[]
  readonly found?: number
  readonly database?: Partial<DatabaseSeen>
}

function seen({
  said = 'done',
  backup = 'done',
  output = '',
  missing = [],
  changed = [],
  found = 9,
  database,
}: Example): Seen {
  return {
    drill: 'database-restored',
    procedure: 'mysqldump',
    possible: 'recovery',
    attempts: [
      { verb: 'backup', said: backup, exitCode: backup === 'done' ? 0 : 137, durationMs: 400, output: '' },
      { verb: 'restore', said, exitCode: said === 'done' ? 0 : 1, durationMs: 900, output },
    ],
    differences: [
      ...missing.map((key) => ({ kind: 'missing' as const, key })),
      ...changed.map((key) => ({ kind: 'changed' as const, key, fact: 'cents', wanted: '1', found: '2' })),
    ],
    entries: 40,
    recoveryMs: undefined,
    database: { asked: 'backup', required: 8, found, ...database },
    witnessed: [],
  }
}
