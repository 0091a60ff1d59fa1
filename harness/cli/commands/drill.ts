import { extname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { named } from '../../input/index.ts'
import type { ExitCode } from '../../kernel/index.ts'
import { exitCodes, nearest, UsageError } from '../../kernel/index.ts'
import {
  allBuildings,
  allDrills,
  allMutants,
  allProcedures,
  buildingUnfit,
  choose,
  enginesOf,
  passwordVariable,
  replication,
  replicationSection,
  runbookProcedure,
} from '../../replication/index.ts'
import type { Building, Drill, Procedure } from '../../replication/index.ts'
import { reportFormat } from '../../report/index.ts'
import { prepareTrial, runTrial } from '../../trial/index.ts'
import type { CliCommand, Invocation, Io } from '../command.ts'
import { drillLines } from '../drill/drill-lines.ts'
import { preflightNodes } from '../drill/preflight.ts'
import { parseOptions } from '../parse-options.ts'
import { printRecord } from '../print-record.ts'
import { progressTo } from '../progress.ts'

const options = z.object({
  engine: z.enum(['mariadb', 'postgres']).optional(),
  procedure: z.string().min(1).optional(),
  building: z.string().min(1).optional(),
  image: z.string().min(1).optional(),
  runbook: z.string().min(1).optional(),
  clients: z.coerce.number('wanted a number').int().min(1).max(64).default(4),
  rto: z.coerce.number('wanted milliseconds').int().min(1).optional(),
  readOutage: z.coerce.number('wanted milliseconds').int().min(1).optional(),
  seed: z.coerce.number('wanted a number').int().min(0).optional(),
  format: z.string().default('text'),
  json: z.boolean().default(false),
  user: z.string().min(1).optional(),
  passwordFrom: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'wanted the name of an environment variable')
    .optional(),
  maxLag: z.coerce.number('wanted seconds').int().min(0).optional(),
  database: z.string().min(1).optional(),
  tls: z.enum(['off', 'prefer', 'require']).optional(),
  ca: z.string().min(1).optional(),
})

type Options = z.infer<typeof options>

/** Options that mean something for one of the two only. */
const ofRun = ['procedure', 'building', 'image', 'runbook', 'rto', 'readOutage', 'seed'] as const
const ofPreflight = ['user', 'passwordFrom', 'maxLag', 'database', 'tls', 'ca'] as const

// The package carries configurations compiled, so they are searched for with the ending of this very file.
const ending = extname(fileURLToPath(import.meta.url))
const config = fileURLToPath(new URL(`../../../fixtures/replication/seatrial.config${ending}`, import.meta.url))

/** `seatrial drill`: promotion drills alone, from an empty machine room to the last row; a look at a live cluster. */
export const command: CliCommand = {
  name: 'drill',
  summary: 'Kill a primary, promote a replica, and look up every acknowledged write.',
  configure: (program) =>
    program
      .argument('<what>', 'list, run, or preflight')
      .argument('[name...]', 'drills to run, all when left out; of preflight every node of a cluster, HOST:PORT')
      .option('--engine <name>', 'mariadb, or postgres; that of the procedure, or of the live nodes, when left out')
      .option('--procedure <name>', 'how the cluster is run and promoted; the safe one of the engine when left out')
      .option(
        '--building <name>',
        'how replicas are built from the primary, clients writing; from one data folder unless said',
      )
      .option('--runbook <file>', 'a promotion of your own: SQL (.sql), or a script; see below')
      .option(
        '--image <tag>',
        'an official image for the nodes (mariadb, mysql, postgres); ours unless said; pulled when absent',
      )
      .option('--clients <number>', 'clients that write while it happens', '4')
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
`

async function runCommand({ args, options: given, io }: Invocation): ReturnType<CliCommand['run']> {
  const parsed = parseOptions('seatrial drill', options, given)
  const [what = '', ...names] = args
  if (what === 'list') return list(parsed, io)
  if (what === 'preflight') return lookBefore(names, parsed, io)
  if (what === 'run') return runDrills(names, parsed, io)
  const near = nearest(what, ['list', 'run', 'preflight'])
  throw new UsageError({
    path: 'seatrial drill',
    given: JSON.stringify(what),
    wanted: 'list, run or preflight',
    ...(near !== undefined && { mend: `Did you mean seatrial drill ${near}?` }),
  })
}

async function lookBefore(nodes: readonly string[], parsed: Options, io: Io): Promise<ExitCode> {
  const path = 'seatrial drill preflight'
  demandNone(path, parsed, ofRun)
  const { user, passwordFrom = passwordVariable, maxLag = 10, engine, database, tls, ca, format, json } = parsed
  if (nodes.length === 0)
    throw new UsageError({ path, given: 'no node', wanted: 'HOST:PORT of every node of the cluster' })
  if (user === undefined) throw new UsageError({ path: `${path} --user`, given: 'nothing', wanted: 'an account' })
  return preflightNodes(nodes, { user, passwordFrom, maxLag, engine, database, tls, ca, format, json }, io)
}

/** @throws UsageError for an option that would mean nothing: somebody expects something of it */
function demandNone(path: string, parsed: Options, without: readonly (keyof Options)[]): void {
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

async function runDrills(names: readonly string[], parsed: Options, io: Io): Promise<ExitCode> {
  const { engine, procedure: wanted, runbook, clients, rto, readOutage, seed, json } = parsed
  demandNone('seatrial drill run', parsed, ofPreflight)
  const [drills, procedures] = await Promise.all([allDrills(), allProcedures()])
  // The replay line of a suite may name a mutant.
  const mutants = (await allMutants()).map(({ procedure }) => procedure)
  const building = parsed.building === undefined ? undefined : await buildingOf(parsed.building)
  const on = engine ?? (wanted === undefined ? building?.engine : undefined)
  const asked = { engine: on, procedure: wanted, drills: names }
  const chosen = choose(asked, { drills, procedures: [...procedures, ...mutants] })
  if (building !== undefined) demandFit(building, chosen.procedure)
  const file = runbook === undefined ? undefined : resolve(io.workingDirectory, runbook)
  // Before anything is started: what nobody could run is not worth waiting for.
  if (file !== undefined) await runbookProcedure(file, chosen.procedure)
  const format = json ? 'drill' : parsed.format
  const told = format === 'drill' ? { render: drillLines } : await reportFormat(format)
  const plan = await prepareTrial({
    folder: io.workingDirectory,
    configFile: config,
    profile: 'commit',
    slices: [replication],
    env: io.env,
  })
  const section = replicationSection.parse({
    clients,
    images: parsed.image === undefined ? {} : { [chosen.procedure.engine]: parsed.image },
    drills: chosen.drills.map(({ id }) => ({
      drill: id,
      procedure: chosen.procedure.id,
      building: building?.id,
      runbook: file,
      objectives: {
        ...(rto !== undefined && { rtoMs: rto }),
        ...(readOutage !== undefined && { readOutageMs: readOutage }),
      },
    })),
  })
  const result = await runTrial(
    { ...plan, practices: [{ slice: replication, section }], ...(seed !== undefined && { seed }) },
    {
      command: ['seatrial drill run', ...names].join(' '),
      signal: io.signal,
      progress: progressTo(io),
    },
  )
  return printRecord(told, result, io)
}

async function buildingOf(name: string): Promise<Building> {
  return named(await allBuildings(), name, 'seatrial drill run --building')
}

/** @throws UsageError */
function demandFit(building: Building, procedure: Procedure): void {
  const why = buildingUnfit({ procedure, building })
  if (why === undefined) return
  throw new UsageError({
    path: 'seatrial drill run --building',
    given: JSON.stringify(building.id),
    wanted: `a building that ${procedure.id} can be tried with`,
    mend: `Choose another of the two: ${why}. \`seatrial drill list\` names them.`,
  })
}

async function list({ json }: Options, io: Io): Promise<ExitCode> {
  const [drills, procedures, buildings] = await Promise.all([allDrills(), allProcedures(), allBuildings()])
  const line = (id: string, on: string, title: string): string => `  ${id.padEnd(30)}${on.padEnd(20)}${title}`
  const lines = [
    'Drills:',
    ...drills.map((each) => line(each.id, enginesOf(each).join(', '), each.title)),
    '',
    'Procedures:',
    ...procedures.map((each) => line(each.id, each.engine, each.title)),
    '',
    'Buildings:',
    ...buildings.map((each) => line(each.id, each.engine, each.title)),
  ]
  const data = {
    drills: drills.map(drillAsData),
    procedures: procedures.map(procedureAsData),
    buildings: buildings.map((each) => ({ ...procedureAsData(each), safe: each.safe })),
  }
  io.out(json ? `${JSON.stringify(data, undefined, 2)}\n` : `${lines.join('\n')}\n`)
  return exitCodes.passed
}

const drillAsData = (each: Drill): unknown => ({ id: each.id, title: each.title, engines: enginesOf(each) })
const procedureAsData = ({ id, title, engine }: Pick<Procedure, 'id' | 'title' | 'engine'>): object => ({
  id,
  title,
  engine,
})
