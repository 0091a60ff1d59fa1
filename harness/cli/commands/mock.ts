import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Endpoint, EndpointServer } from '../../endpoints/index.ts'
import { createEndpoint, endpointKindIds, serveEndpoint } from '../../endpoints/index.ts'
import { exitCodes, messageOf, SeatrialError, UsageError } from '../../kernel/index.ts'
import type { CliCommand, Io } from '../command.ts'
import { parseOptions } from '../parse-options.ts'

const mockOptions = z.object({
  port: z.coerce.number('wanted a port from 0 to 65535').int().min(0).max(65_535).default(0),
  host: z.string().min(1).default('127.0.0.1'),
  signatures: z.enum(['strict', 'lenient']).default('strict'),
  seed: z.string().min(1).optional(),
  faults: z.string().min(1).optional(),
  clock: z.string().min(1).default('instant'),
  random: z.coerce.number('wanted a whole number').int().min(0).default(1),
  certificate: z.string().min(1).optional(),
  key: z.string().min(1).optional(),
  coverage: z.string().min(1).optional(),
})
type MockOptions = z.infer<typeof mockOptions>

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
      .addHelpText('after', help),
  async run({ args, options, io }) {
    const given = parseOptions('seatrial mock', mockOptions, options)
    const endpoint = await createEndpoint(args[0] ?? '', {
      signatures: given.signatures,
      clock: given.clock,
      random: given.random,
      ...(given.seed !== undefined && { seed: await readData('--seed', given.seed, io), seedName: given.seed }),
      ...(given.faults !== undefined && {
        faults: await readData('--faults', given.faults, io),
        faultsName: given.faults,
      }),
    })
    await using server = await listen(endpoint, given, io)
    io.out(`${JSON.stringify({ ready: true, url: server.url })}\n`)
    await ended(io.signal)
    if (given.coverage !== undefined) await writeCoverage(resolve(io.workingDirectory, given.coverage), endpoint)
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
  seatrial mock tplink --seed devices.yaml

Exit codes: 0 when it was told to end, 3 when the command line, the seed or the fault plan is wrong.
`

async function listen(endpoint: Endpoint, given: MockOptions, io: Io): Promise<EndpointServer> {
  const { host, port } = given
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

/** JSON is YAML too. */
async function readData(option: string, file: string, io: Io): Promise<unknown> {
  const text = await readText(option, file, io)
  try {
    return parse(text) ?? {}
  } catch (error) {
    throw new UsageError({
      path: `seatrial mock ${option}: ${file}`,
      given: messageOf(error).split('\n')[0] ?? '',
      wanted: 'JSON or YAML',
      cause: error,
    })
  }
}

async function writeCoverage(file: string, endpoint: Endpoint): Promise<void> {
  const { writeAtomically } = await import('../../record/index.ts')
  await writeAtomically(file, `${JSON.stringify(endpoint.coverage(), undefined, 2)}\n`)
}

async function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
