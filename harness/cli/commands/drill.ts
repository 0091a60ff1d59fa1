import type { ExitCode } from '../../kernel/index.ts'
import { exitCodes, nearest, UsageError } from '../../kernel/index.ts'
import { passwordVariable } from '../../replication/index.ts'
import { reportFormat } from '../../report/index.ts'
import type { CliCommand, Invocation, Io } from '../command.ts'
import { bootDrills } from '../drill/boot-drills.ts'
import type { DrillFace, Listed } from '../drill/drill-face.ts'
import type { DrillOptions } from '../drill/options.ts'
import { drillOptions } from '../drill/options.ts'
import { preflightNodes } from '../drill/preflight.ts'
import { ofReboot, rebootHelp, rebootOf, withRebootOptions } from '../drill/reboot.ts'
import { promotionDrills } from '../drill/promotion-drills.ts'
import { recoveryDrills } from '../drill/recovery-drills.ts'
import { parseOptions } from '../parse-options.ts'
import { printRecord } from '../print-record.ts'
import { tryOut } from '../try-out.ts'

/** Practices that have drills, the one whose drills are run when nobody names any first. */
const faces: readonly [DrillFace, ...DrillFace[]] = [promotionDrills, recoveryDrills, bootDrills]

/** Options that mean something for one of run and preflight only. */
const ofRun = ['procedure', 'building', 'image', 'runbook', 'rto', 'readOutage', 'seed'] as const
const ofPreflight = ['user', 'passwordFrom', 'maxLag', 'database', 'tls', 'ca'] as const

/** `seatrial drill`: drills alone, from an empty machine room to the last row; a look at a live cluster. */
export const command: CliCommand = {
  name: 'drill',
  summary: 'Kill a primary, lose a host, reboot a machine: nothing acknowledged may be missing.',
  configure: (program) =>
    withRebootOptions(program)
      .argument('<what>', 'list, run, reboot, or preflight')
      .argument(
        '[name...]',
        'drills to run, all when left out; the host to reboot; of preflight every node of a cluster, HOST:PORT',
      )
      .option('--engine <name>', 'mariadb, or postgres; that of the procedure, or of the live nodes, when left out')
      .option(
        '--procedure <name>',
        'what is tried: how a cluster is promoted, how a backup is made; a safe one when left out',
      )
      .option(
        '--building <name>',
        'how replicas are built from the primary, clients writing; from one data folder unless said',
      )
      .option('--runbook <file>', 'a promotion of your own, SQL (.sql) or a script, or a script of recovery; see below')
      .option(
        '--image <tag>',
        'an official image for the nodes (mariadb, mysql, postgres); ours unless said; pulled when absent',
      )
      .option('--clients <number>', 'clients that write while it happens; 4 unless said')
      .option('--rto <ms>', 'recovery time objective; a drill that misses it fails')
      .option('--read-outage <ms>', 'longest time that a client may be without an answered read; likewise')
      .option('--seed <number>', 'what a drill draws its choices from; the same seed repeats them; 1 unless said')
      .option(
        '-f, --format <name>',
        'what to print: text, json, junit, ..., or drill: one line of JSON a drill',
        'text',
      )
      .option('--json', 'the short way to write --format drill; of list and preflight their answer as JSON')
      .option('--user <name>', 'account of a live cluster, for preflight')
      .option('--password-from <variable>', `environment variable with its password; ${passwordVariable} unless said`)
      .option('--max-lag <seconds>', 'how far a replica may be behind, for preflight; 10 unless said')
      .option('--database <name>', 'where to log in to a live PostgreSQL; postgres unless said')
      .option('--tls <mode>', 'off, prefer (unless said) or require: how a live cluster is asked; see below')
      .option('--ca <file>', 'certificates (PEM) of the authorities whose servers are trusted, for preflight')
      .addHelpText('after', help),
  run: runCommand,
}

const help = `
Every drill starts a cluster of its own and removes it; no database that runs already is ever touched. Only preflight
looks at one: it asks with SELECT and SHOW, and changes nothing. BINLOG MONITOR, REPLICA MONITOR and SELECT on
mysql.user are all that its account needs in MariaDB; in PostgreSQL it is pg_monitor, SELECT on pg_hba_file_rules and
EXECUTE on pg_hba_file_rules(). With --tls prefer it encrypts where the server offers it, and checks the certificate
only with --ca; --tls require wants one that is trusted, for the host as you named it.

Examples:
  seatrial drill list
  seatrial drill run kill
  seatrial drill run candidate-behind --procedure documents     the naive procedure: exit code 1
  seatrial drill run links-cut --engine postgres
  seatrial drill run links-cut --seed 7                         as many writes before each step as the last time with 7
  seatrial drill run kill --building hot-backup
  seatrial drill run kill --image mariadb:10.11
  seatrial drill run --rto 1000
  seatrial drill run candidate-behind --procedure semi-sync --runbook ./promote.sh --json
  seatrial drill run files-byte-changed --procedure tar         a byte differs, exit code 0: red
  seatrial drill run database-restored --engine postgres
  seatrial drill run var-moved --procedure var-bare             a machine is rebooted, and /var is empty: red
  seatrial drill reboot ./web --declared web.yaml                your own host, in a virtual machine
  seatrial drill run files-restored --procedure restic-checked --runbook ./backup.sh
  SEATRIAL_DB_PASSWORD=... seatrial drill preflight db-1:3306 db-2:3306 db-3:3306 --user monitor
  SEATRIAL_DB_PASSWORD=... seatrial drill preflight pg-1:5432 pg-2:5432 --user monitor --tls require --ca ./ca.pem

A runbook takes the place of the procedure's promotion. A script runs on this machine and finds in its environment
  SEATRIAL_PRIMARY, SEATRIAL_CANDIDATE     host:port from here; the old primary may be dead
  SEATRIAL_REPLICAS                        all survivors, apart by spaces, the candidate first
  ..._INSIDE                               the same, as the nodes reach each other: for CHANGE MASTER TO
  SEATRIAL_USER, SEATRIAL_PASSWORD         an account that may do everything
  SEATRIAL_REPLICATION_USER, ..._PASSWORD  the account with which replicas log in
  SEATRIAL_SQL                             a client: "$SEATRIAL_SQL" [--vertical] HOST:PORT STATEMENT...
A line promoted=HOST:PORT on its standard output leads clients there at once; without one it is the candidate, at the
end. It fails with any exit code but 0, and after a minute. In SQL, \`-- @on candidate\` (others, survivors, primary, node-2)
says where the statements below are carried out, and \`-- @clients candidate\` when clients are led there.

In a recovery drill the file is a script that is called with the same verbs as the procedure's, inside of its machines:
fixtures/recovery has them, with what each finds in its environment in its first lines. In a boot drill it is run in the
host, as root, before the reboot: fixtures/boot/procedures.
${rebootHelp}`

async function runCommand({ args, options: given, io }: Invocation): ReturnType<CliCommand['run']> {
  const parsed = parseOptions('seatrial drill', drillOptions, given)
  const [what = '', ...names] = args
  if (what === 'list') return list(parsed, io)
  if (what === 'preflight') return lookBefore(names, parsed, io)
  if (what === 'run') return runDrills(names, parsed, io)
  if (what === 'reboot') return rebootHost(names, parsed, io)
  const near = nearest(what, ['list', 'run', 'reboot', 'preflight'])
  throw new UsageError({
    path: 'seatrial drill',
    given: JSON.stringify(what),
    wanted: 'list, run, reboot or preflight',
    ...(near !== undefined && { mend: `Did you mean seatrial drill ${near}?` }),
  })
}

async function lookBefore(nodes: readonly string[], parsed: DrillOptions, io: Io): Promise<ExitCode> {
  const path = 'seatrial drill preflight'
  demandNone(path, parsed, [...ofRun, ...ofReboot])
  const { user, passwordFrom = passwordVariable, maxLag = 10, engine, database, tls, ca, format, json } = parsed
  if (nodes.length === 0)
    throw new UsageError({ path, given: 'no node', wanted: 'HOST:PORT of every node of the cluster' })
  if (user === undefined) throw new UsageError({ path: `${path} --user`, given: 'nothing', wanted: 'an account' })
  return preflightNodes(nodes, { user, passwordFrom, maxLag, engine, database, tls, ca, format, json }, io)
}

/** @throws UsageError for an option that would mean nothing: somebody expects something of it */
function demandNone(path: string, parsed: DrillOptions, without: readonly (keyof DrillOptions)[]): void {
  const strange = without.find((name) => parsed[name] !== undefined)
  if (strange === undefined) return
  const option = strange.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  throw new UsageError({
    path,
    given: `--${option}`,
    wanted: 'options of this command',
    mend: 'Run `seatrial drill --help`: some options are for drills, others for a live cluster.',
  })
}

async function runDrills(names: readonly string[], parsed: DrillOptions, io: Io): Promise<ExitCode> {
  const { seed, json } = parsed
  demandNone('seatrial drill run', parsed, [...ofPreflight, ...ofReboot])
  const face = await faceOf(names, parsed)
  demandNone(`seatrial drill run (${face.slice.title.toLowerCase()})`, parsed, face.strangers)
  const section = await face.section(names, parsed, io.workingDirectory)
  const format = json ? 'drill' : parsed.format
  const told = format === 'drill' ? { render: face.lines } : await reportFormat(format)
  const line = ['seatrial drill run', ...names].join(' ')
  const practices = [{ slice: face.slice, section }]
  return printRecord(told, await tryOut({ practices, ...(seed !== undefined && { seed }) }, { line, io }), io)
}

async function rebootHost(names: readonly string[], parsed: DrillOptions, io: Io): Promise<ExitCode> {
  const path = 'seatrial drill reboot'
  demandNone(path, parsed, [...ofPreflight, ...ofRun])
  const [host, ...more] = names
  if (host === undefined || more.length > 0) {
    const wanted = 'one host: a folder with a Dockerfile, or an image'
    throw new UsageError({ path, given: host === undefined ? 'no host' : names.join(' '), wanted })
  }
  const told = await reportFormat(parsed.json ? 'json' : parsed.format)
  const { section, line } = await rebootOf(host, parsed, io.workingDirectory)
  return printRecord(told, await tryOut({ practices: [{ slice: bootDrills.slice, section }] }, { line, io }), io)
}

/** @throws UsageError for a name that no practice has, and for drills of several */
async function faceOf(names: readonly string[], { procedure }: DrillOptions): Promise<DrillFace> {
  const [first] = faces
  if (names.length === 0) {
    if (procedure === undefined) return first
    for (const face of faces) if (await face.hasProcedure(procedure)) return face
    return first
  }
  const known = await Promise.all(
    faces.map(async (face) => ({ face, ids: new Set((await face.drills()).map(({ id }) => id)) })),
  )
  const path = 'seatrial drill run'
  const all = known.flatMap(({ ids }) => [...ids])
  const strange = names.find((name) => !all.includes(name))
  if (strange !== undefined) {
    const near = nearest(strange, all)
    throw new UsageError({
      path,
      given: JSON.stringify(strange),
      wanted: 'the name of a drill',
      mend: near === undefined ? '`seatrial drill list` names them.' : `Did you mean ${near}?`,
    })
  }
  const own = known.find(({ ids }) => names.every((name) => ids.has(name)))
  if (own !== undefined) return own.face
  throw new UsageError({
    path,
    given: names.join(' '),
    wanted: 'drills of one practice',
    mend: 'Run promotion drills and recovery drills one after the other.',
  })
}

async function list({ json }: DrillOptions, io: Io): Promise<ExitCode> {
  const parts = ['drills', 'procedures', 'buildings'] as const
  const found = await Promise.all(
    parts.map(async (part) => {
      const things = await Promise.all(
        faces.map(async (face) => (await face[part]()).map((each) => ({ ...each, practice: face.slice.id }))),
      )
      return [part, things.flat()] as const
    }),
  )
  if (json) {
    const data = found.map(([part, things]) => [part, things.map(asData)])
    io.out(`${JSON.stringify(Object.fromEntries(data), undefined, 2)}\n`)
    return exitCodes.passed
  }
  const line = ({ id, on, title }: Listed): string => `  ${id.padEnd(30)}${on.join(', ').padEnd(20)}${title}`
  const lines = found.flatMap(([part, things], index) => [
    ...(index > 0 ? [''] : []),
    `${part.charAt(0).toUpperCase()}${part.slice(1)}:`,
    ...things.map(line),
  ])
  io.out(`${lines.join('\n')}\n`)
  return exitCodes.passed
}

const asData = ({ id, title, data, practice }: Listed & { readonly practice: string }): unknown => ({
  id,
  title,
  practice,
  ...data,
})
