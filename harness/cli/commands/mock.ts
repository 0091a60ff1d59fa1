import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CoverageReport, Endpoint, EndpointServer, Listening, Signatures } from '../../endpoints/index.ts'
import { createEndpoint, describeKind, endpointKindIds, serveEndpoint } from '../../endpoints/index.ts'
import { exitCodes, messageOf, SeatrialError, UsageError } from '../../kernel/index.ts'
import { readData } from '../../input/read-data.ts'
import type { CliCommand, Io } from '../command.ts'

/** Checked by hand: the schema library is a third of the start, and a mock starts for every test of somebody's. */
interface MockOptions {
  readonly port: string
  readonly host: string
  readonly signatures: string
  readonly seed?: string
  readonly faults?: string
  readonly clock: string
  readonly random: string
  readonly certificate?: string
  readonly key?: string
  readonly coverage?: string
  readonly describe?: boolean
  readonly beside?: string
}

function numberFor(option: string, given: string, most: number): number {
  const number = Number(given)
  if (/^\d{1,15}$/.test(given) && number <= most) return number
  throw new UsageError({
    path: `seatrial mock ${option}`,
    given: JSON.stringify(given),
    wanted: `a whole number from 0 to ${most}`,
    mend: 'Run `seatrial mock --help`.',
  })
}

function signaturesFor(given: string): Signatures {
  if (given === 'strict' || given === 'lenient') return given
  throw new UsageError({
    path: 'seatrial mock --signatures',
    given: JSON.stringify(given),
    wanted: 'strict or lenient',
    mend: 'Run `seatrial mock --help`.',
  })
}

/** `seatrial mock`: an endpoint of a cloud as a server of its own, until it is told to end. */
export const command: CliCommand = {
  name: 'mock',
  summary: 'Serve a mocked cloud endpoint: EC2, instance metadata, TP-Link.',
  configure: (program) =>
    program
      .argument('<endpoint>', endpointKindIds().join(', '))
      .option('--port <number>', 'port to listen on; 0 for any that is free', '0')
      .option('--host <address>', 'address to listen on', '127.0.0.1')
      .option('--signatures <mode>', 'strict: verify them; lenient: take any', 'strict')
      .option('--seed <file>', 'what is there beforehand, as JSON or YAML')
      .option('--faults <file>', 'which requests meet which faults, as JSON or YAML')
      .option('--clock <mode>', 'how states move on: real, instant, manual or polls:N', 'instant')
      .option('--random <number>', 'seed of identifiers and of drawn faults', '1')
      .option('--certificate <file>', 'PEM; with --key the endpoint speaks https')
      .option('--key <file>', 'PEM')
      .option('--coverage <file>', 'write which operations and faults were exercised, at the end')
      .option('--beside <container>', 'imds: at 169.254.169.254 inside that container, by its name or id')
      .option('--describe', 'print operations, faults and the schemas of seed and fault plan as JSON, and end')
      .addHelpText('after', help),
  async run({ args, options, io }) {
    // Every option but --describe takes text, and commander gives those with defaults always.
    const given = options as unknown as MockOptions
    if (given.describe === true) {
      io.out(`${JSON.stringify(await describeKind(args[0] ?? ''), undefined, 2)}\n`)
      return exitCodes.passed
    }
    const port = numberFor('--port', given.port, 65_535)
    const created = {
      signatures: signaturesFor(given.signatures),
      clock: given.clock,
      random: numberFor('--random', given.random, 4_294_967_295),
      ...(given.seed !== undefined && { seed: await dataFor('--seed', given.seed, io), seedName: given.seed }),
      ...(given.faults !== undefined && {
        faults: await dataFor('--faults', given.faults, io),
        faultsName: given.faults,
      }),
    }
    if (given.beside !== undefined) {
      const { mockBeside } = await import('../mock-beside.ts')
      const coverage = await mockBeside(args[0] ?? '', given.beside, created, io, ended)
      if (given.coverage !== undefined) await writeCoverage(resolve(io.workingDirectory, given.coverage), coverage)
      return exitCodes.passed
    }
    const endpoint = await createEndpoint(args[0] ?? '', created)
    await using server = await listen(endpoint, port, given, io)
    await using besides = await listenBesides(endpoint)
    io.out(`${JSON.stringify({ ready: true, url: server.url, ...besides?.facts })}\n`)
    await ended(io.signal)
    if (given.coverage !== undefined) {
      await writeCoverage(resolve(io.workingDirectory, given.coverage), endpoint.coverage())
    }
    return exitCodes.passed
  },
}

const help = `
Prints {"ready": true, "url": ...} on standard output once it answers, and serves until SIGINT or SIGTERM.

Control channel, on the same port:
  POST /_seatrial/reset              forget everything; with ?namespace=ID, what belongs to that one
  POST /_seatrial/clock              {"advanceMs": 1000}: move a manual clock
  PUT  /_seatrial/faults             put another fault plan in place
  GET  /_seatrial/coverage           which operations and faults were exercised
  GET  /_seatrial/health

Examples:
  seatrial mock ec2 --port 4566
  seatrial mock ec2 --clock polls:3 --faults faults.yaml --coverage coverage.json
  seatrial mock imds --seed instance.yaml
  seatrial mock imds --beside my-application
  seatrial mock tplink --seed devices.yaml
  seatrial mock ec2 --describe | jq -r '.faults[]'

Exit codes: 0 when it was told to end, 3 when the command line, the seed or the fault plan is wrong.
`

async function listen(endpoint: Endpoint, port: number, given: MockOptions, io: Io): Promise<EndpointServer> {
  const { host } = given
  const tls = await certificateOf(given, io)
  try {
    return await serveEndpoint(endpoint, { host, port, ...(tls !== undefined && { tls }) })
  } catch (error) {
    throw new SeatrialError('SEATRIAL_MOCK_PORT', `cannot listen on ${host}:${port}: ${messageOf(error)}`, {
      mend: 'Take another port, or --port 0 for any that is free.',
      because: 'setup',
      cause: error,
    })
  }
}

/** What the endpoint serves besides HTTP. */
async function listenBesides(endpoint: Endpoint): Promise<Listening | undefined> {
  try {
    return await endpoint.listen?.()
  } catch (error) {
    throw new SeatrialError('SEATRIAL_MOCK_PORT', `cannot listen: ${messageOf(error)}`, {
      mend: 'Take another port in the seed, or 0 for any that is free.',
      because: 'setup',
      cause: error,
    })
  }
}

async function certificateOf(
  { certificate, key }: MockOptions,
  io: Io,
): Promise<{ cert: string; key: string } | undefined> {
  if (certificate === undefined && key === undefined) return undefined
  if (certificate === undefined || key === undefined) {
    throw new UsageError({
      path: `seatrial mock --${certificate === undefined ? 'certificate' : 'key'}`,
      given: 'nothing',
      wanted: '--certificate and --key together',
    })
  }
  return { cert: await readText('--certificate', certificate, io), key: await readText('--key', key, io) }
}

async function readText(option: string, file: string, io: Io): Promise<string> {
  try {
    return await readFile(resolve(io.workingDirectory, file), 'utf8')
  } catch (error) {
    throw new UsageError({
      path: `seatrial mock ${option}`,
      given: file,
      wanted: 'a file that can be read',
      cause: error,
    })
  }
}

function dataFor(option: string, file: string, io: Io): Promise<unknown> {
  return readData(`seatrial mock ${option}`, resolve(io.workingDirectory, file))
}

async function writeCoverage(file: string, coverage: CoverageReport): Promise<void> {
  const { writeAtomically } = await import('../../record/index.ts')
  await writeAtomically(file, `${JSON.stringify(coverage, undefined, 2)}\n`)
}

async function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await once(signal, 'abort')
}
