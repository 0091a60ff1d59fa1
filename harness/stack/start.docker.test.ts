import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunScope } from '../substrate/index.ts'
import { openRun, requireEngine } from '../substrate/index.ts'
import { listLabelled } from '../substrate/docker/leftovers.ts'
import { stackSpec } from './spec.ts'
import type { StackInput } from './spec.ts'
import type { StackPart, StartedStack } from './stack.ts'
import { StackError, startStack } from './start.ts'

const target = new URL('../../fixtures/images/probe-target', import.meta.url).pathname
const systemd = new URL('../../fixtures/images/systemd', import.meta.url).pathname
let run: RunScope

beforeAll(async () => {
  run = await openRun()
  await mkdir(join(run.temporaryFolder, 'pages/deep'), { recursive: true })
  await writeFile(join(run.temporaryFolder, 'page.html'), 'a page')
  await writeFile(join(run.temporaryFolder, 'pages/deep/one.html'), 'deep')
})

afterAll(() => run[Symbol.asyncDispose]())

async function start(
  input: StackInput,
  more: { signal?: AbortSignal; progress?: (line: string) => void } = {},
): Promise<StartedStack> {
  return startStack(stackSpec.parse(input), { run, baseFolder: run.temporaryFolder, ...more })
}

async function leftOfRun(): Promise<string[]> {
  const { endpoint } = await requireEngine()
  return (await listLabelled(endpoint, `seatrial.run=${run.id}`)).map(({ kind }) => kind)
}

test('parts come up in the order of their needs, find each other by name, and are gone when disposed', async () => {
  const lines: string[] = []
  {
    await using stack = await start(
      {
        front: {
          build: target,
          ports: [8080],
          needs: ['back'],
          files: { '/www/page.html': './page.html', '/www/more': './pages' },
          wait: { command: ['perl', '-MIO::Socket::INET', '-e', 'IO::Socket::INET->new("back:8080") or exit 1'] },
        },
        back: { build: target, ports: [8080], tmpfs: { '/small': '1m' } },
        elsewhere: { url: 'http://127.0.0.1:9/path?x=1' },
      },
      { progress: (line) => lines.push(line) },
    )
    expect(stack.parts.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'elsewhere url',
      'back container',
      'front container',
    ])
    expect(lines.filter((line) => line.includes('is up'))).toEqual([
      expect.stringMatching(/^back is up after \d+ ms$/),
      expect.stringMatching(/^front is up after \d+ ms$/),
    ])
    const origin = await stack.part('front').origin()
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await (await fetch(`${origin}/page.html`)).text()).toBe('a page')
    expect(await (await fetch(`${origin}/more/deep/one.html`)).text()).toBe('deep')
    expect(stack.part('elsewhere')).toMatchObject({ machine: undefined, description: 'http://127.0.0.1:9/path?x=1' })
    expect(await stack.part('elsewhere').origin()).toBe('http://127.0.0.1:9')
    expect(() => stack.part('frnt')).toThrow('the stack has no part "frnt"')
    await expect(stack.part('front').origin(9)).rejects.toThrow('port 9 of front does not answer here; its ports: 8080')
  }
  expect(await leftOfRun()).toEqual([])
}, 60_000)

test('a part with systemd boots and can be rebooted', async () => {
  await using stack = await start({ host: { build: systemd, systemd: true } })
  const { machine } = stack.part('host')
  expect((await machine?.exec(['systemctl', 'is-system-running']))?.stdout).toBe('running\n')
  expect(machine).toHaveProperty('reboot')
}, 60_000)

test('when a part fails, the error has its log lines and the logs of the others, and nothing is left', async () => {
  const starting = start({
    good: { build: target, ports: [8080], command: ['sh', '-c', 'echo good is here; exec busybox httpd -f -p 8080'] },
    bad: { build: target, needs: ['good'], ports: [8080], command: ['sh', '-c', 'echo line 3 is wrong; exit 4'] },
    late: { build: target, needs: ['bad'] },
  })
  const error: unknown = await starting.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(StackError)
  expect(error).toMatchObject({
    code: 'SEATRIAL_STACK_FAILED',
    because: 'setup',
    message: expect.stringMatching(/^bad .*exited.* with 4[^]*line 3 is wrong/),
    logs: new Map([['good', 'good is here\n']]),
  })
  expect(await leftOfRun()).toEqual([])
}, 30_000)

test('a start that is aborted leaves nothing behind', async () => {
  const spec: StackInput = {
    good: { build: target, ports: [8080] },
    slow: { build: target, ports: [8080], command: ['sleep', '60'] },
  }
  await expect(start(spec, { signal: AbortSignal.timeout(1_500) })).rejects.toThrow('aborted due to timeout')
  expect(await leftOfRun()).toEqual([])
}, 30_000)

test('a file that is not there is a mistake of the person who named it', async () => {
  const starting = start({ web: { build: target, files: { '/etc/app.conf': './nope.conf' } } })
  await expect(starting).rejects.toMatchObject({
    code: 'SEATRIAL_USAGE',
    path: 'stack.web.files["/etc/app.conf"]',
    given: '"./nope.conf"',
  })
  expect(await leftOfRun()).toEqual([])
}, 30_000)

test('a stack of addresses alone needs no engine and no network', async () => {
  await using stack = await start({ api: { url: 'https://api.example.test' } })
  expect(await stack.part('api').origin()).toBe('https://api.example.test')
  expect(await leftOfRun()).toEqual([])
})

async function perl({ machine }: StackPart, script: string): Promise<{ readonly stdout: string }> {
  if (machine === undefined) throw new Error('a part at an address runs nothing')
  return machine.exec(['perl', '-e', script])
}

test('a mocked endpoint is a part like any other: asked from here, and by its name from the others', async () => {
  await using stack = await start({
    cloud: { endpoint: { kind: 'ec2', signatures: 'lenient', seed: { defaultRegion: 'eu-west-1' }, clock: 'manual' } },
    client: { build: target, ports: [8080], needs: ['cloud'] },
  })
  const answer = await fetch(`${await stack.part('cloud').origin()}/?Action=DescribeAvailabilityZones`)
  expect(await answer.text()).toContain('<zoneName>eu-west-1a</zoneName>')
  const script =
    'use IO::Socket::INET; $s = IO::Socket::INET->new("cloud:80") or die; print $s "GET /_seatrial/health HTTP/1.0\\r\\n\\r\\n"; print <$s>'
  const { stdout } = await perl(stack.part('client'), script)
  expect(stdout).toContain('"endpoint":"ec2"')
})

test.each([
  [{ kind: 'ec3' }, 'Did you mean ec2?'],
  [{ kind: 'ec2', seed: { region: 'eu-west-1' } }, 'Did you mean "regions"?'],
  [{ kind: 'ec2', faults: [{ fault: 'Unavailabel' }] }, 'Did you mean Unavailable?'],
])('an endpoint that is wrong is told before anything is started: %j', async (endpoint, mend) => {
  await expect(start({ cloud: { endpoint } })).rejects.toMatchObject({ mend })
  expect(await leftOfRun()).toEqual([])
})
