import { basename } from 'node:path'
import { stringify } from 'yaml'
import { z } from 'zod'
import { parseInput } from '../../input/index.ts'
import type { ExitCode } from '../../kernel/index.ts'
import { exitCodes, shellWord, UsageError } from '../../kernel/index.ts'
import type { KindName } from '../../loadbalancing/index.ts'
import { claimsOf, kindNames, loadbalancing, loadbalancingSection } from '../../loadbalancing/index.ts'
import { reportFormat } from '../../report/index.ts'
import type { CliCommand, Invocation } from '../command.ts'
import { typed } from '../given.ts'
import { demandChecks, idList } from '../only.ts'
import { collect, parseOptions } from '../parse-options.ts'
import { printRecord } from '../print-record.ts'
import { tryOut } from '../try-out.ts'

const path = 'seatrial balancer'

const options = z.object({
  kind: z.string().optional(),
  file: z.array(z.string()).default([]),
  image: z.string().optional(),
  listen: z.coerce.number().int().optional(),
  host: z.string().optional(),
  path: z.string().optional(),
  pool: z.string().optional(),
  lanes: z.coerce.number().int().optional(),
  only: idList,
  learn: z.boolean().default(false),
  format: z.string().default('text'),
  json: z.boolean().default(false),
})

/** Options that make another look out of it, for the line that repeats it. */
const looking = ['kind', 'file', 'image', 'listen', 'host', 'path', 'pool'] as const

/** `seatrial balancer`: a balancer's configuration, tried as it is. */
export const command: CliCommand = {
  name: 'balancer',
  summary: 'Run a balancer with your configuration in front of echo servers, and see whether it does what it says.',
  configure: (program) =>
    program
      .argument('<config>', 'its configuration as it ships: haproxy.cfg, nginx.conf, ...')
      .option('--kind <name>', `what reads it: ${kindNames.join(', ')}; by the name of the file when left out`)
      .option('--file <inside=file>', 'a file or folder that it names, by its path in the container', collect, [])
      .option('--image <tag>', "image of the balancer; one with Debian's when left out")
      .option('--listen <port>', 'port that visitors ask; the first that speaks HTTP')
      .option('--host <name>', 'name under which visitors ask')
      .option('--path <path>', 'path that leads to the servers to look at; / when left out')
      .option('--pool <name>', 'backend or upstream that answers there')
      .option('--lanes <number>', 'copies of it that are tried side by side; 4 unless said')
      .option('--only <ids>', 'checks or rules, separated by commas: loadbalancing/reload')
      .option('--learn', 'print what it says that it does, as a section of seatrial.config.ts in YAML, and end')
      .option('-f, --format <name>', 'what to print: text, json, junit, ...', 'text')
      .option('--json', 'print data instead of text')
      .addHelpText('after', help),
  run: runBalancer,
}

const help = `
Only the addresses of servers are replaced, by echo servers; everything else is tried as it ships, in a container. What
is expected is what the configuration says of itself, so a line that is missing is not missed: let --learn write the
section once, say there what you want, and keep it.

Examples:
  seatrial balancer haproxy.cfg
  seatrial balancer haproxy.cfg --file /etc/haproxy/maps=./maps --host shop.example.org
  seatrial balancer haproxy.cfg --path /blog/ --only loadbalancing/dead-server,loadbalancing/reload
  seatrial balancer haproxy.cfg --learn
`

async function runBalancer({ args, options: given, io }: Invocation): Promise<ExitCode> {
  const parsed = parseOptions(path, options, given)
  const { file, image, listen, host, pool, lanes, only, learn } = parsed
  const [config = ''] = args
  await demandChecks(path, only, [loadbalancing])
  const kind = kindOf(config, parsed.kind)
  const claims = await claimsOf(kind, config, { folder: io.workingDirectory, pool })
  const target = {
    name: nameOf(config),
    kind,
    config,
    ...(file.length > 0 && { files: filesOf(file) }),
    ...(image !== undefined && { image }),
    ...(listen !== undefined && { listen }),
    ...(host !== undefined && { host }),
    ...(parsed.path !== undefined && { path: parsed.path }),
    ...(claims.pool !== undefined && { pool: claims.pool }),
    expect: claims.expect,
  }
  const written = { targets: [target], ...(lanes !== undefined && { lanes }) }
  const section = parseInput(loadbalancingSection, written, path)
  if (learn) {
    io.out(
      parsed.json
        ? `${JSON.stringify({ loadbalancing: written }, undefined, 2)}\n`
        : stringify({ loadbalancing: written }),
    )
    return exitCodes.passed
  }
  const told = await reportFormat(parsed.json ? 'json' : parsed.format)
  const line = [path, shellWord(config), ...typed(looking, parsed)].join(' ')
  return printRecord(told, await tryOut({ practices: [{ slice: loadbalancing, section }] }, { line, io, only }), io)
}

/** @throws UsageError for a kind that nobody reads */
function kindOf(config: string, given: string | undefined): KindName {
  const found = given ?? kindNames.find((name) => basename(config).toLowerCase().includes(name))
  const known = kindNames.find((name): name is KindName => name === found)
  if (known !== undefined) return known
  throw new UsageError({
    path: `${path} --kind`,
    given: found ?? `a file called ${basename(config)}`,
    wanted: `one of ${kindNames.join(', ')}`,
  })
}

/** @throws UsageError for anything but INSIDE=FILE */
function filesOf(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((each) => {
      const [, inside, outside] = /^(\/[^=]+)=(.+)$/.exec(each) ?? []
      if (inside !== undefined && outside !== undefined) return [inside, outside]
      throw new UsageError({
        path: `${path} --file`,
        given: each,
        wanted: '/path/in/container=file, as /etc/haproxy/maps=./maps',
      })
    }),
  )
}

function nameOf(config: string): string {
  const name = basename(config)
    .toLowerCase()
    .replace(/\.[a-z]+$/, '')
  return name.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '') || 'balancer'
}
