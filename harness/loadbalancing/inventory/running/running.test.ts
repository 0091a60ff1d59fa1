import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { UsageError } from '../../../kernel/index.ts'
import { askRunning } from '../ask-running.ts'
import { inventoryEntry, type InventoryEntry } from '../section.ts'
import { sketchInventory } from '../sketch.ts'

const open: Server[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => new Promise((resolve) => server.close(resolve))))
})

async function listening(server: Server): Promise<number> {
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
const page = (listener: RequestListener): Promise<number> => listening(createHttpServer(listener))
const socket = (listener: (socket: Socket) => void): Promise<number> =>
  listening(createServer({ allowHalfOpen: true }, listener))

const csv = `# pxname,svname,qcur,type,weight,uweight,bck,addr,
web,FRONTEND,0,0,,,,,
app,a,0,2,1,1,0,10.0.0.1:80,
app,b,0,2,0,10,1,[2001:db8::2]:8080,
app,"c ""x""",0,2,1,1,0,,
app,BACKEND,0,1,2,2,,,
`

const state = `1
# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_port
3 app 1 a 10.0.0.1 2 0 3 3 80
3 app 2 b 10.0.0.2 2 0 1 1 0
`

type Running = Parameters<typeof inventoryEntry.parse>[0]

async function ask(
  running: Running,
  environment: Readonly<Record<string, string>> = {},
  allow: (url: URL) => void = () => {},
) {
  const entry: InventoryEntry = inventoryEntry.parse({ name: 'x', file: 'hosts.yaml', running })
  const context = { allow, environment, signal: new AbortController().signal }
  const { seen, unsettled } = await askRunning(sketchInventory({}), entry.running, context)
  return { ...seen.running, uncompared: seen.uncompared, unsettled }
}

describe('the page of statistics', () => {
  test('is asked as CSV, with user and password out of the environment, and tells every server', async () => {
    const asked: unknown[] = []
    const port = await page(({ url, headers }, response) => {
      asked.push([url, headers.authorization])
      response.end(csv)
    })
    const url = `http://127.0.0.1:${port}/statistics`
    const { balancers, uncompared, unsettled } = await ask(
      { balancers: [{ kind: 'haproxy', url, userFrom: 'U', passwordFrom: 'P' }] },
      { U: 'operator', P: 'secret' },
    )
    expect(unsettled).toEqual([])
    expect(asked).toEqual([['/statistics;csv', `Basic ${Buffer.from('operator:secret').toString('base64')}`]])
    expect(balancers[0]?.balanced.servers).toEqual([
      { pool: 'app', name: 'a', host: '10.0.0.1', port: 80, weight: 1, backup: false, place: url },
      { pool: 'app', name: 'b', host: '2001:db8::2', port: 8080, weight: 10, backup: true, place: url },
    ])
    expect(uncompared).toEqual([{ place: url, what: 'app/c "x" has no address' }])
  })

  test.each<[string, RequestListener, RegExp]>([
    ['wants a password', (_, response) => response.writeHead(401).end(), /answers with 401/],
    ['leads elsewhere', (_, response) => response.writeHead(302, { location: '/' }).end(), /answers with 302/],
    ['is another page', (_, response) => response.end('<html>'), /gave no statistics/],
    [
      'hides addresses',
      (_, response) => response.end(csv.replaceAll(/,[^,\n]*:\d+,\n/g, ',,\n')),
      /does not tell the addresses/,
    ],
    ['breaks off', (_, response) => response.destroy(), /does not answer/],
  ])('that %s is unsettled', async (_, listener, why) => {
    const port = await page(listener)
    const { balancers, unsettled } = await ask({ balancers: [{ kind: 'haproxy', url: `http://127.0.0.1:${port}/` }] })
    expect(balancers).toEqual([])
    expect(unsettled).toMatchObject([{ because: 'prerequisite', why: expect.stringMatching(why) }])
  })

  test('is not asked without the password that the configuration names', async () => {
    const balancers = [{ kind: 'haproxy', url: 'http://127.0.0.1:1/', userFrom: 'U', passwordFrom: 'P' }]
    const { unsettled } = await ask({ balancers }, { U: 'operator' })
    expect(unsettled).toMatchObject([{ because: 'prerequisite', why: 'P is not set' }])
  })

  test('has no password in its address', () => {
    const running = { balancers: [{ kind: 'haproxy', url: 'http://a:b@127.0.0.1/' }] }
    expect(() => inventoryEntry.parse({ name: 'x', file: 'y', running })).toThrow(/variables/)
  })
})

describe('the socket of administration', () => {
  test('is asked for the state of servers', async () => {
    const said: string[] = []
    const port = await socket((connection) => {
      connection.on('data', (data) => said.push(data.toString()))
      connection.on('end', () => connection.end(state))
    })
    const { balancers, unsettled } = await ask({ balancers: [{ kind: 'haproxy', socket: `127.0.0.1:${port}` }] })
    expect({ unsettled, said }).toEqual({ unsettled: [], said: ['show servers state\n'] })
    expect(balancers[0]?.balanced.servers).toMatchObject([
      { pool: 'app', name: 'a', host: '10.0.0.1', port: 80, weight: 3, backup: undefined },
      { pool: 'app', name: 'b', host: '10.0.0.2', port: undefined, weight: 1, backup: undefined },
    ])
  })

  test('that permits nothing is unsettled', async () => {
    const port = await socket((connection) => connection.resume().end('Permission denied\n'))
    const { unsettled } = await ask({ balancers: [{ kind: 'haproxy', socket: `127.0.0.1:${port}` }] })
    expect(unsettled).toMatchObject([{ because: 'prerequisite', why: expect.stringContaining('Permission denied') }])
  })
})

test('nobody answers: each is told, and nothing is said to be right', async () => {
  const { balancers, names, unsettled } = await ask({
    balancers: [
      { kind: 'haproxy', url: 'http://127.0.0.1:1/' },
      { kind: 'haproxy', socket: '127.0.0.1:1' },
      { kind: 'haproxy', socket: '/nowhere/haproxy.sock' },
    ],
    nameServer: '127.0.0.1:1',
  })
  expect({ balancers, names }).toEqual({ balancers: [], names: [] })
  expect(unsettled.map(({ because }) => because)).toEqual(Array.from({ length: 4 }, () => 'prerequisite'))
  expect(unsettled.at(-1)?.why).toMatch(/^127\.0\.0\.1:1 was asked for a\.example\.org: E/)
})

test.each<[string, Running, string]>([
  ['a socket', { balancers: [{ kind: 'haproxy', socket: '192.0.2.1:9999' }] }, 'http://192.0.2.1:9999'],
  ['a page', { balancers: [{ kind: 'haproxy', url: 'http://192.0.2.1/stats' }] }, 'http://192.0.2.1'],
  ['a name server', { nameServer: '192.0.2.1' }, 'http://192.0.2.1:53'],
  ['a name server of IPv6', { nameServer: '[2001:db8::1]:5353' }, 'http://[2001:db8::1]:5353'],
])('%s that the plan does not allow is not asked', async (_, running, origin) => {
  const allow = (url: URL): void => {
    throw new UsageError({ path: 'network.allow', given: url.origin, wanted: 'loopback' })
  }
  await expect(ask(running, {}, allow)).rejects.toThrow(`network.allow: given ${origin}, wanted loopback`)
})
