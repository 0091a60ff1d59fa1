import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect, createServer } from 'node:net'
import type { Server } from 'node:net'
import { expect, test } from 'vitest'
import { selfSigned } from '../../../fixtures/servers/certificate.ts'
import { listening } from '../../../fixtures/servers/listening.ts'
import { createClient } from '../../wire/index.ts'
import { openProbeContext } from '../open-probe-context.ts'
import { runProbe } from '../probes.ts'
import { httpsOffered } from './https-offered.ts'

/** One port that speaks both, as balancers with a sniffing front do. */
function bothAt(plainPort: number, securePort: number): Server {
  return createServer((socket) => {
    socket.once('data', (first) => {
      const upstream = connect(first[0] === 0x16 ? securePort : plainPort, '127.0.0.1')
      upstream.write(first)
      socket.pipe(upstream).pipe(socket)
      for (const end of [socket, upstream]) end.on('error', () => [socket, upstream].forEach((one) => one.destroy()))
    })
  })
}

test('a page in the clear beside https is found, and one that leads there is not', async () => {
  const page = createHttpServer((_request, response) => response.end('page'))
  const lead = createHttpServer((_request, response) => response.writeHead(308, { Location: '/' }).end())
  const secure = createHttpsServer(await selfSigned(), (_request, response) => response.end('page'))
  await using served = await listening(page)
  await using leading = await listening(lead)
  await using encrypted = await listening(secure)
  await using forgetful = await listening(bothAt(served.port, encrypted.port))
  await using right = await listening(bothAt(leading.port, encrypted.port))
  const rulesAt = async (port: number): Promise<readonly string[]> => {
    await using client = createClient()
    await using context = await openProbeContext({ url: `http://127.0.0.1:${port}/`, client, seed: 1 })
    const { findings, looked } = await runProbe(httpsOffered, context)
    expect(looked).toEqual(['http/https-offered'])
    return findings.map((finding) => finding.rule)
  }
  expect(await rulesAt(forgetful.port)).toEqual(['http/https-offered-unused'])
  expect(await rulesAt(right.port)).toEqual([])
  expect(await rulesAt(served.port)).toEqual([])
})
