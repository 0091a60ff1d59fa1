import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { messageOf } from '../../kernel/index.ts'
import type { StartedContainer } from '../docker/container.ts'
import { startContainer } from '../docker/container.ts'
import { startNetwork } from '../docker/network.ts'
import { fixtureImage } from '../fixture-image.ts'
import type { RunScope } from '../run-scope.ts'
import { openRun } from '../run-scope.ts'
import { fullDisk, kill, networkDelay, partition, pause, stop } from './index.ts'

let run: RunScope
let web: StartedContainer
let peer: StartedContainer

beforeAll(async () => {
  run = await openRun()
  const image = await fixtureImage('probe-target')
  const network = (await startNetwork(run)).name
  const common = { image, ports: [8080], network, capabilities: ['NET_ADMIN'] }
  web = await startContainer({ ...common, name: 'web', aliases: ['www'], tmpfs: { '/small': 1024 * 1024 } }, run)
  peer = await startContainer({ ...common, name: 'peer' }, run)
}, 60_000)

afterAll(() => run[Symbol.asyncDispose]())

/** What a client on this machine sees: the body, or `silent`, or `unreachable`. */
async function fromHere(): Promise<string> {
  const address = await web.address(8080).catch(() => undefined)
  if (address === undefined) return 'unreachable'
  return new Promise((resolve) => {
    const call = request({ ...address, path: '/', agent: false, timeout: 1_500 }, (response) => {
      response.setEncoding('utf8').on('data', (body: string) => resolve(body.trim()))
    })
    call.on('timeout', () => resolve('silent')).on('error', (error) => resolve(`unreachable: ${messageOf(error)}`))
    call.end()
  })
}

// Perl is in every Debian image; busybox wget crashes there when it looks up a name.
const ask = `alarm 2;
  my $peer = IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => 8080) or exit 1;
  print $peer "GET / HTTP/1.0\\r\\n\\r\\n";
  while (<$peer>) { last if /^\\r$/ }
  print <$peer>;`

/** What a peer on the same network sees, by either of the names. */
async function fromPeer(name: string): Promise<string> {
  const { exitCode, stdout } = await peer.exec(['perl', '-MIO::Socket::INET', '-e', ask, name])
  return exitCode === 0 ? stdout.trim() : 'unreachable'
}

test.each([
  { name: 'kill', fault: kill, seen: /^unreachable/ },
  { name: 'stop', fault: stop, seen: /^unreachable/ },
  { name: 'pause', fault: pause, seen: /^silent$/ },
  { name: 'partition', fault: partition, seen: /^unreachable/ },
])(
  '$name keeps the target from answering anybody, until it is undone',
  async ({ fault, seen }) => {
    expect(await fromHere()).toBe('ready')
    expect(await fromPeer('web')).toBe('ready')
    {
      await using inEffect = await fault(web)
      expect(inEffect.description).toMatch(/^web is /)
      expect(await fromHere()).toMatch(seen)
      expect(await fromPeer('web')).toBe('unreachable')
    }
    expect(await fromHere()).toBe('ready')
    expect(await fromPeer('web')).toBe('ready')
    expect(await fromPeer('www')).toBe('ready')
  },
  30_000,
)

test('a fault that is undone twice is undone once', async () => {
  await using fault = await pause(web)
  await fault[Symbol.asyncDispose]()
  expect(await fromHere()).toBe('ready')
})

test('while a target is cut off its processes run on', async () => {
  await using _ = await partition(web)
  expect((await web.exec(['cat', '/www/index.html'])).stdout).toBe('ready\n')
})

test('a full disk takes no byte more, and takes bytes again when it is undone', async () => {
  const write = async (): Promise<number> => (await web.exec(['sh', '-c', 'echo more > /small/more'])).exitCode
  {
    await using _ = await fullDisk(web, { path: '/small' })
    expect(await write()).not.toBe(0)
    await expect(web.writeFile('/small/file', 'more')).rejects.toThrow(/No space left on device/)
  }
  expect(await write()).toBe(0)
  expect((await web.exec(['ls', '-A', '/small'])).stdout).not.toContain('.seatrial-full')
})

test('a full disk is refused where the disk is the host machine its own', async () => {
  await expect(fullDisk(web, { path: '/' })).rejects.toMatchObject({
    code: 'SEATRIAL_DISK_TOO_LARGE',
    because: 'unsupported',
  })
  await expect(fullDisk(web, { path: '/no/such' })).rejects.toThrow(/No such file or directory/)
})

test('a network delay slows the answers until it is undone, or says that this kernel cannot and what can', async () => {
  const took = async (): Promise<number> => {
    const began = performance.now()
    await fromPeer('web')
    return performance.now() - began
  }
  const before = await took()
  const outcome = await networkDelay(web, { delayMs: 300 }).then(
    async (fault) => {
      const during = await took()
      await fault[Symbol.asyncDispose]()
      return { slowed: during > before + 250, undone: (await took()) < before + 250 }
    },
    (error: unknown) => error,
  )
  expect([
    { slowed: true, undone: true },
    expect.objectContaining({
      code: 'SEATRIAL_NO_NETEM',
      because: 'unsupported',
      mend: expect.stringMatching(/TCP fault proxy/),
    }),
  ]).toContainEqual(outcome)
})
