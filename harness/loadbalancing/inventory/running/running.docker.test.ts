import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { text as allOf } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock, waitFor, type StepReport } from '../../../kernel/index.ts'
import type { RunScope, StartedContainer } from '../../../substrate/index.ts'
import { fixtureImage } from '../../../substrate/fixture-image.ts'
import { openRun, startContainer } from '../../../substrate/index.ts'
import { lookAtInventory } from '../look-at-inventory.ts'
import { inventoryEntry } from '../section.ts'

/** A real HAProxy and a real BIND with the generated files of the fixture; then somebody changes them while they run. */
const folder = new URL('../../../../fixtures/loadbalancing/', import.meta.url)
const text = (name: string): Promise<string> => readFile(new URL(`inventory/${name}`, folder), 'utf8')

const statistics = `
listen statistics
    bind *:8404
    stats enable
    stats uri /statistics
    stats show-legends
    stats auth operator:a-password-of-the-test
`
const socket = 'global\n    stats socket ipv4@*:9999 level admin\n'

const stack = new AsyncDisposableStack()
let balancer: StartedContainer
let names: StartedContainer
let running: unknown
let page: string
let nameServer: string

beforeAll(async () => {
  process.env['INVENTORY_TEST_USER'] = 'operator'
  process.env['INVENTORY_TEST_PASSWORD'] = 'a-password-of-the-test'
  const run: RunScope = stack.use(await openRun())
  const zones = ['example.org.zone', '0.0.10.in-addr.arpa.zone']
  const zoneFiles = zones.map(async (name) => [`/etc/bind/zones/${name}`, await text(`zones/${name}`)] as const)
  const [haproxy, bind] = await Promise.all([fixtureImage('haproxy'), fixtureImage('bind')])
  const starting = [
    startContainer(
      {
        name: 'balancer',
        image: haproxy,
        ports: [8404, 9999],
        files: { '/etc/haproxy/haproxy.cfg': `${socket}${await text('haproxy.cfg')}${statistics}` },
      },
      run,
    ),
    startContainer(
      {
        name: 'names',
        image: bind,
        files: {
          ...Object.fromEntries(await Promise.all(zoneFiles)),
          '/etc/bind/named.conf': await text('named.conf'),
        },
        wait: { command: ['supervise', 'ready', '1'] },
      },
      run,
    ),
  ] as const
  for (const each of await Promise.allSettled(starting)) if (each.status === 'fulfilled') stack.use(each.value)
  ;[balancer, names] = await Promise.all(starting)
  const [web, administration] = [await balancer.address(8404), await balancer.address(9999)]
  page = `http://${web.host}:${web.port}/statistics`
  // Names are asked by UDP, which is not published: by the container's own address.
  nameServer = (await names.exec(['hostname', '-i'])).stdout.trim()
  const login = { userFrom: 'INVENTORY_TEST_USER', passwordFrom: 'INVENTORY_TEST_PASSWORD' }
  running = {
    balancers: [
      { kind: 'haproxy', url: page, ...login, pools: ['app', 'blog'] },
      { kind: 'haproxy', socket: `${administration.host}:${administration.port}` },
    ],
    nameServer,
  }
})
afterAll(async () => {
  delete process.env['INVENTORY_TEST_USER']
  delete process.env['INVENTORY_TEST_PASSWORD']
  await stack.disposeAsync()
})

async function look(asked: unknown): Promise<StepReport> {
  const entry = inventoryEntry.parse({
    name: 'site',
    file: './inventory/hosts.yaml',
    balancers: [{ kind: 'haproxy', config: './inventory/haproxy.cfg' }],
    zones: [
      { zone: 'example.org', file: './inventory/zones/example.org.zone' },
      { zone: '0.0.10.in-addr.arpa', file: './inventory/zones/0.0.10.in-addr.arpa.zone' },
    ],
    namedConf: './inventory/named.conf',
    running: asked,
  })
  const allow = (): void => {}
  const signal = new AbortController().signal
  const context = { baseFolder: fileURLToPath(folder), allow, signal, clock: systemClock, only: [] }
  const [step] = await Array.fromAsync(lookAtInventory(entry, context))
  if (step === undefined) throw new Error('no step')
  return step
}

const told = ({ findings }: StepReport): readonly string[] =>
  findings.map(({ rule, sentence }) => `${rule.replace('loadbalancing/inventory-', '')}: ${sentence}`)

test('what runs is what the inventory says', async () => {
  const step = await look(running)
  expect(step.unsettled).toBeUndefined()
  expect(told(step)).toEqual([])
})

test('a page without its password is unsettled, and says nothing of the servers', async () => {
  const step = await look({ balancers: [{ kind: 'haproxy', url: page }] })
  expect(step.unsettled).toMatchObject({ because: 'prerequisite', why: `${page} answers with 401` })
})

describe('changed while it ran', () => {
  test('servers of the balancer: address, port and weight are told, by the page and by the socket', async () => {
    const administration = await balancer.address(9999)
    const connection = connect({ host: administration.host, port: administration.port })
    connection.end('set server app/app-2 addr 10.0.0.99 port 8081; set server app/app-1 weight 7\n')
    expect(await allOf(connection)).toContain("IP changed from '10.0.0.12' to '10.0.0.99'")
    const step = await look(running)
    expect(step.unsettled).toBeUndefined()
    const [place, once] = ['./inventory/hosts.yaml', 'running-server-differs: The balancer that runs has']
    const drifts = [
      `${once} 7 as weight of app/app-1, and ${place}:10 says 30.`,
      `${once} 10.0.0.99 as address of app/app-2, and ${place}:13 says 10.0.0.12.`,
      `${once} 8081 as port of app/app-2, and ${place}:14 says 8080.`,
    ]
    expect(told(step)).toEqual([...drifts, ...drifts])
    expect(step.findings[0]?.place).toBe(`${page} app/app-1 weight`)
  })

  test('a zone of the name server: a record more and a record less are told', async () => {
    const zone = '/etc/bind/zones/example.org.zone'
    const edit = `sed -i -e 's/2026112201/2026112202/' -e '/^app-spare/d' ${zone}; echo 'app-1 A 10.0.0.66' >>${zone}`
    await names.exec(['sh', '-c', `${edit}; kill -HUP "$(cat /run/supervise/pid)"`])
    const drifts = await waitFor(
      'the name server to have the new zone',
      async () => {
        const step = await look({ nameServer })
        expect(step.unsettled).toBeUndefined()
        return step.findings.length === 0 ? { seen: 'the old one' } : { done: told(step) }
      },
      { deadlineMs: 20_000 },
    )
    const place = './inventory/hosts.yaml'
    expect(drifts).toEqual([
      expect.stringMatching(
        `running-name-differs: The name server answers 10\\.0\\.0\\.(?:11, 10\\.0\\.0\\.66|66, 10\\.0\\.0\\.11) for app-1\\.example\\.org, and ${place}:11 says 10\\.0\\.0\\.11\\.`,
      ),
      `running-name-differs: The name server answers nothing for app-spare.example.org, and ${place}:23 says 10.0.0.19.`,
    ])
  })

  test('a name server that has stopped answering is unsettled, and what the balancer said is kept', async () => {
    await names.exec(['sh', '-c', 'kill -STOP "$(cat /run/supervise/pid)"'])
    const step = await look(running)
    expect(step.unsettled).toMatchObject({ because: 'prerequisite', why: expect.stringContaining(nameServer) })
    expect(step.findings.map(({ rule }) => rule)).toContain('loadbalancing/inventory-running-server-differs')
    expect(step.findings.map(({ rule }) => rule)).not.toContain('loadbalancing/inventory-running-name-differs')
  })
})
