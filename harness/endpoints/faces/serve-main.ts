import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { z } from 'zod'
import { parseInput } from '../../input/index.ts'
import { messageOf } from '../../kernel/index.ts'
import { createEndpoint, endpointKindIds } from '../core/create.ts'
import { claimLinkLocal } from './claim-link-local.ts'
import { serveEndpoint } from './server.ts'

/**
 * The program of the container face: `serve CONFIGURATION.json`. Prints {"ready": true, ...} once it answers, and
 * ends in good order on SIGTERM. `--warm` loads everything and ends, so that a cache of it can be kept.
 */
const configuration = z.strictObject({
  kind: z.string(),
  options: z.record(z.string(), z.unknown()),
  port: z.int(),
  linkLocal: z.boolean(),
})

async function main(argument: string | undefined): Promise<void> {
  if (argument === '--warm') {
    for (const kind of endpointKindIds()) {
      const server = await serveEndpoint(await createEndpoint(kind))
      await fetch(`${server.url}/_seatrial/health`)
      await server[Symbol.asyncDispose]()
    }
    return
  }
  const { kind, options, port, linkLocal } = parseInput(
    configuration,
    JSON.parse(await readFile(argument ?? '', 'utf8')),
    argument ?? '',
  )
  const endpoint = await createEndpoint(kind, options)
  const ended = new Promise((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
  if (linkLocal) {
    const claim = await claimLinkLocal()
    try {
      const servers = await Promise.all(claim.listen.map((at) => serveEndpoint(endpoint, at)))
      say({ ready: true, addresses: claim.addresses })
      await ended
      for (const server of servers) await server[Symbol.asyncDispose]()
    } finally {
      await claim[Symbol.asyncDispose]()
    }
    return
  }
  const server = await serveEndpoint(endpoint, { host: '0.0.0.0', port })
  const besides = await endpoint.listen?.()
  say({ ready: true, url: server.url, ...besides?.facts })
  await ended
  await besides?.[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
}

function say(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

try {
  await main(process.argv[2])
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`)
  process.exitCode = 2
}
