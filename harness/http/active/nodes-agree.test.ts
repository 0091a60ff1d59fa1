import type { RequestListener } from 'node:http'
import { createServer as createHttpServer } from 'node:http'
import { connect, createServer } from 'node:net'
import type { Server } from 'node:net'
import { expect, test } from 'vitest'
import { listening } from '../../../fixtures/servers/listening.ts'
import { createClient } from '../../wire/index.ts'
import { openProbeContext } from '../open-probe-context.ts'
import { runProbe } from '../probes.ts'
import { nodesAgree } from './nodes-agree.ts'

/** A balancer that gives each new connection to the next server. */
function inTurn(ports: readonly number[]): Server {
  let turn = 0
  return createServer((socket) => {
    const upstream = connect(ports[turn++ % ports.length] ?? 0, '127.0.0.1')
    socket.pipe(upstream).pipe(socket)
    for (const end of [socket, upstream]) end.on('error', () => [socket, upstream].forEach((one) => one.destroy()))
  })
}

interface Node {
  readonly status?: number
  readonly etag?: string
  readonly text?: string
  readonly lateSeconds?: number
}

const node = ({ status = 200, etag = '"a"', text = 'page', lateSeconds = 0 }: Node): RequestListener => {
  return (_request, response) => {
    const date = new Date(Date.now() - lateSeconds * 1000).toUTCString()
    response.writeHead(status, { ETag: etag, Date: date, 'Content-Length': text.length }).end(text)
  }
}

/** What is said of two servers behind a balancer. */
async function rulesOf(...pair: readonly [Node, Node]): Promise<readonly string[]> {
  await using one = await listening(createHttpServer(node(pair[0])))
  await using other = await listening(createHttpServer(node(pair[1])))
  await using balancer = await listening(inTurn([one.port, other.port]))
  await using client = createClient()
  await using context = await openProbeContext({ url: `http://127.0.0.1:${balancer.port}/`, client, seed: 1 })
  const { findings, looked } = await runProbe(nodesAgree, context)
  expect(looked).toEqual(['http/nodes-agree'])
  return findings.map(({ rule }) => rule)
}

test('two servers that agree are not told apart', async () => {
  expect(await rulesOf({}, {})).toEqual([])
})

test.for<[string, Node, string]>([
  ['answers 503', { status: 503, text: 'Come back later.' }, 'http/nodes-agree-status-different'],
  ['has an older page', { text: 'old page', etag: '"old"' }, 'http/nodes-agree-content-different'],
  ['makes another tag for the same page', { etag: '"b"' }, 'http/nodes-agree-validator-different'],
  ['is an hour late', { lateSeconds: 3600 }, 'http/nodes-agree-clock-apart'],
])('one of two servers that %s is found', async ([, other, rule]) => {
  expect(await rulesOf({}, other)).toEqual([rule])
})
