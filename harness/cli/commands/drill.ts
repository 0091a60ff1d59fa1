import { extname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { exitCodes, UsageError } from '../../kernel/index.ts'
import { allDrills, allProcedures, named, replication, replicationSection } from '../../replication/index.ts'
import { reportFormat } from '../../report/index.ts'
import { prepareTrial, runTrial } from '../../trial/index.ts'
import type { CliCommand, Invocation } from '../command.ts'
import { parseOptions } from '../parse-options.ts'
import { progressTo } from '../progress.ts'

const options = z.object({
  procedure: z.string().min(1).default('semi-sync'),
  clients: z.coerce.number().int().min(1).max(64).default(4),
  rto: z.coerce.number('wanted milliseconds').int().min(1).optional(),
  format: z.string().default('text'),
  json: z.boolean().default(false),
})

// The package carries configurations compiled, so they are searched for with the ending of this very file.
const ending = extname(fileURLToPath(import.meta.url))
const config = fileURLToPath(new URL(`../../../fixtures/replication/seatrial.config${ending}`, import.meta.url))

/** `seatrial drill`: one promotion drill alone, from an empty machine room to the last row. */
export const command: CliCommand = {
  name: 'drill',
  summary: 'Kill a primary, promote a replica, and look up every acknowledged write.',
  configure: (program) =>
    program
      .argument('<what>', 'list, or run')
      .argument('[name...]', 'drills to run; all when left out')
      .option('--procedure <name>', 'how the cluster is run and promoted', 'semi-sync')
      .option('--clients <number>', 'clients that write while it happens', '4')
      .option('--rto <ms>', 'recovery time objective; a drill that misses it fails')
      .option('-f, --format <name>', 'what to print: text, json, junit, ...', 'text')
      .option('--json', 'print the record of the run')
      .addHelpText('after', help),
  run: runCommand,
}

const help = `
Every drill starts a cluster of its own and removes it; no database that runs already is ever touched.

Examples:
  seatrial drill list
  seatrial drill run kill
  seatrial drill run candidate-behind --procedure documents     the naive procedure: exit code 1
  seatrial drill run --rto 1000
`

async function runCommand({ args, options: given, io }: Invocation): ReturnType<CliCommand['run']> {
  const { procedure, clients, rto, format, json } = parseOptions('seatrial drill', options, given)
  const [what = '', ...names] = args
  const [drills, procedures] = await Promise.all([allDrills(), allProcedures()])
  if (what === 'list') {
    io.out(
      json
        ? `${JSON.stringify({ drills: drills.map(plain), procedures: procedures.map(plain) }, undefined, 2)}\n`
        : listed(),
    )
    return exitCodes.passed
  }
  if (what !== 'run') {
    throw new UsageError({ path: 'seatrial drill', given: JSON.stringify(what), wanted: 'list or run' })
  }
  const chosen = names.length === 0 ? drills : names.map((name) => named(drills, name, 'seatrial drill run'))
  named(procedures, procedure, 'seatrial drill run --procedure')
  const told = await reportFormat(json ? 'json' : format)
  const plan = await prepareTrial({
    folder: io.workingDirectory,
    configFile: config,
    profile: 'commit',
    slices: [replication],
    env: io.env,
  })
  const section = replicationSection.parse({
    clients,
    drills: chosen.map(({ id }) => ({ drill: id, procedure, objectives: rto === undefined ? {} : { rtoMs: rto } })),
  })
  const { record, folder } = await runTrial(
    { ...plan, practices: [{ slice: replication, section }] },
    {
      command: ['seatrial drill', ...args].join(' '),
      signal: io.signal,
      progress: progressTo(io),
    },
  )
  const columns = process.stdout.columns ?? 100
  io.out(told.render(record, { colour: io.colour, columns, folder: relative(io.workingDirectory, folder) }))
  return exitCodes[record.verdict]

  function listed(): string {
    const line = ({ id, title }: { id: string; title: string }): string => `  ${id.padEnd(20)}${title}`
    return ['Drills:', ...drills.map(line), '', 'Procedures:', ...procedures.map(line), ''].join('\n')
  }
}

function plain({ id, title }: { readonly id: string; readonly title: string }): { id: string; title: string } {
  return { id, title }
}
