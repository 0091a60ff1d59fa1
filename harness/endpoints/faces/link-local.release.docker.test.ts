import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UsageError, waitFor } from '../../kernel/index.ts'
import type { RunScope, StartedContainer } from '../../substrate/index.ts'
import { openRun, startContainer, startNetwork } from '../../substrate/index.ts'
import { fixtureImage } from '../../substrate/fixture-image.ts'
import { testcontainers } from '../../substrate/docker/testcontainers.ts'
import { endpointImage } from './container-image.ts'
import { serveMetadataTo } from './link-local.ts'

let run: RunScope
let network: string
let image: string

beforeAll(async () => {
  run = await openRun()
  // Without a way out: a request that nobody here answers cannot reach the metadata service of this machine.
  network = (await startNetwork(run, { internal: true })).name
  image = await fixtureImage('cloud-client')
}, 180_000)

afterAll(() => run[Symbol.asyncDispose]())

const id = 'http://169.254.169.254/latest/meta-data/instance-id'

function application(name: string): Promise<StartedContainer> {
  return startContainer({ name, image, network }, run)
}

/** Nothing is asked of the address before this has said that it is the application's own. */
async function ownsTheAddress(app: StartedContainer): Promise<boolean> {
  const { stdout } = await app.exec(['ip', '-4', '-o', 'address', 'show', 'dev', 'lo'])
  return stdout.includes(' 169.254.169.254/32 ')
}

/** Seen by a container of its own in the same namespace, because the application has no tool for it. */
async function natRules(app: StartedContainer): Promise<string> {
  const spec = { name: 'look', image: await endpointImage('imds'), entrypoint: ['sleep'], command: ['60'] }
  await using look = await startContainer({ ...spec, networkOf: app.id, capabilities: ['NET_ADMIN'] }, run)
  return (await look.exec(['iptables', '-t', 'nat', '-S', 'OUTPUT'])).stdout
}

async function ask(app: StartedContainer, ...curl: string[]): Promise<string> {
  expect(await ownsTheAddress(app)).toBe(true)
  const { exitCode, stdout, stderr } = await app.exec(['curl', '-sS', '-m', '5', ...curl])
  return exitCode === 0 ? stdout : `curl ${exitCode}: ${stderr.trim()}`
}

const seedOf = (instanceId: string) => ({ seed: { aws: { instance: { instanceId } } } })

describe('metadata on the link-local address', () => {
  test('is served inside the namespace of its application, several applications at once, each its own', async () => {
    const apps = await Promise.all(['one', 'two', 'three'].map(application))
    const ids = ['i-00000000000000001', 'i-00000000000000002', 'i-00000000000000003']
    const served = await Promise.all(apps.map((app, index) => serveMetadataTo(app, seedOf(ids[index] ?? ''), run)))
    expect(await Promise.all(apps.map((app) => ask(app, id)))).toEqual(ids)
    await Promise.all(served.map((each) => each[Symbol.asyncDispose]()))
  })

  test('is gone with its address and its rules when it is disposed, and can be served again', async () => {
    const app = await application('again')
    for (const instance of ['i-00000000000000004', 'i-00000000000000005']) {
      const metadata = await serveMetadataTo(app, seedOf(instance), run)
      expect(await ask(app, id)).toBe(instance)
      expect(await natRules(app)).toContain('169.254.169.254')
      await metadata[Symbol.asyncDispose]()
      expect(await ownsTheAddress(app)).toBe(false)
      expect(await natRules(app)).not.toContain('169.254.169.254')
    }
  })

  test('lives on borrowed time: killed, it leaves an address that ends by itself', async () => {
    const app = await application('killed')
    const metadata = await serveMetadataTo(app, seedOf('i-00000000000000009'), run)
    expect(await ask(app, id)).toBe('i-00000000000000009')
    await metadata.machine.kill()
    const { stdout } = await app.exec(['ip', '-4', 'address', 'show', 'dev', 'lo'])
    const left = /169\.254\.169\.254\/32[^]*?valid_lft (\d+)sec/.exec(stdout)?.[1]
    expect(Number(left)).toBeGreaterThan(0)
    expect(Number(left)).toBeLessThanOrEqual(60)
  })

  test('leaves port 80 to the application, whether it listens there before or after', async () => {
    const app = await application('web')
    const listen = (place: string) =>
      app.exec(['sh', '-c', `cd ${place} && nohup python3 -m http.server 80 >/dev/null 2>&1 &`])
    const own = async () =>
      (await app.exec(['curl', '-sS', '-o', '/dev/null', '-w', '%{http_code}', 'http://127.0.0.1/'])).stdout
    await listen('/usr/local/bin')
    await waitFor(
      'the application to listen',
      async () => {
        const status = await own()
        return status === '200' ? { done: status } : { seen: status }
      },
      { deadlineMs: 10_000 },
    )
    {
      await using _before = await serveMetadataTo(app, seedOf('i-00000000000000006'), run)
      expect([await ask(app, id), await own()]).toEqual(['i-00000000000000006', '200'])
    }
    const other = await application('late')
    await using _after = await serveMetadataTo(other, seedOf('i-00000000000000007'), run)
    const begun = await other.exec([
      'python3',
      '-c',
      "import socket; s = socket.create_server(('0.0.0.0', 80)); print('listens')",
    ])
    expect([await ask(other, id), begun.stdout]).toEqual(['i-00000000000000007', 'listens\n'])
  })

  test('answers there as on any port: sessions, faults, its control channel', async () => {
    const app = await application('session')
    const faults = [{ operation: 'placement', fault: 'throttled' }]
    const options = { faults, seed: { aws: { options: { httpTokens: 'required' } } } }
    await using metadata = await serveMetadataTo(app, options, run)
    const status = ['-o', '/dev/null', '-w', '%{http_code}']
    expect(await ask(app, ...status, id)).toBe('401')
    const put = [
      '-X',
      'PUT',
      '-H',
      'X-aws-ec2-metadata-token-ttl-seconds: 60',
      'http://169.254.169.254/latest/api/token',
    ]
    const token = `X-aws-ec2-metadata-token: ${await ask(app, ...put)}`
    expect(await ask(app, '-H', token, ...status, id)).toBe('200')
    expect(await ask(app, '-H', token, ...status, id.replace('instance-id', 'placement/region'))).toBe('503')
    expect((await metadata.coverage()).faults).toMatchObject([{ fired: 1 }])
    await metadata.reset()
    expect(await ask(app, '-H', token, ...status, id)).toBe('401')
  })

  test('is served at the address of IPv6 too, where the loopback of the application has IPv6', async () => {
    const docker = await (await testcontainers()).dockerode()
    const Sysctls = { 'net.ipv6.conf.all.disable_ipv6': '0', 'net.ipv6.conf.lo.disable_ipv6': '0' }
    const app = await docker.createContainer({
      Image: image,
      Labels: { ...run.labels },
      HostConfig: { NetworkMode: network, Sysctls },
    })
    await app.start()
    await using metadata = await serveMetadataTo({ id: app.id, name: 'six' }, seedOf('i-00000000000000008'), run)
    const client = await startContainer({ name: 'client-of-six', image, networkOf: app.id }, run)
    expect(await ask(client, id)).toBe('i-00000000000000008')
    expect((await client.exec(['ip', '-6', '-o', 'address', 'show', 'dev', 'lo'])).stdout).toContain(
      ' fd00:ec2::254/128 ',
    )
    const six = id.replace('169.254.169.254', '[fd00:ec2::254]')
    expect((await client.exec(['curl', '-sS', '-g', '-m', '5', six])).stdout).toBe('i-00000000000000008')
    expect((await metadata.coverage()).operations).toMatchObject({ 'meta-data': { calls: 2 } })
  })

  test('is served to an application once at a time', async () => {
    const app = await application('twice')
    await using _first = await serveMetadataTo(app, {}, run)
    await expect(serveMetadataTo(app, { name: 'second' }, run)).rejects.toMatchObject({
      message: expect.stringMatching(/169\.254\.169\.254\/32 cannot be put on the loopback/),
    })
    expect(await ask(app, id)).toBe('i-0d1b5e0a7c3f49e21')
  })

  test('refuses a container in the network of the host, where the address is the true one', async () => {
    const docker = await (await testcontainers()).dockerode()
    // Neither is ever started, so that nothing can take the address even if it is not refused.
    const created = async (mode: string) => {
      const made = await docker.createContainer({
        Image: image,
        Labels: { ...run.labels },
        HostConfig: { NetworkMode: mode },
      })
      return { id: made.id, name: mode }
    }
    const host = await created('host')
    const behind = await created(`container:${host.id}`)
    for (const app of [host, behind]) {
      const served = serveMetadataTo(app, {}, run)
      await expect(served).rejects.toThrow(UsageError)
      await expect(served).rejects.toThrow(/given a container in the network of the host/)
    }
  })
})
