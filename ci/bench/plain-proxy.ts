import { once } from 'node:events'
import { Agent, createServer } from 'node:http'
import process from 'node:process'
import { createProxyServer } from 'http-proxy-3'

/**
 * A reverse proxy as people have it in Node, without copies, to hold the mirror against; prints where it listens.
 *
 *     node ci/bench/plain-proxy.ts PRIMARY
 */
const [, , target = ''] = process.argv
const proxy = createProxyServer({ target, agent: new Agent({ keepAlive: true }) })
// One request that breaks is not the end of the proxy.
proxy.on('error', (_error, _request, response) => response.destroy())
const server = createServer((request, response) => proxy.web(request, response))
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
if (typeof address === 'object' && address !== null) {
  process.stderr.write(`http://127.0.0.1:${address.port} -> ${target}\n`)
}
process.once('SIGTERM', () => process.exit())
