import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import reference from '../../fixtures/reference/seatrial.config.ts'
import { waitFor } from '../kernel/index.ts'
import type { RunScope } from '../substrate/index.ts'
import { openRun } from '../substrate/index.ts'
import { applyMutant } from './apply-mutant.ts'
import type { ContainerMachine, Mutant, StartedStack } from './index.ts'
import { stackSpec, startStack } from './index.ts'

const baseFolder = fileURLToPath(new URL('../../fixtures/reference/', import.meta.url))
const file = '/etc/nginx/nginx.conf'
const tokensOn: Mutant = {
  id: 'test/tokens-on',
  title: 'Show the version',
  part: 'web',
  file,
  find: 'server_tokens off;',
  replace: 'server_tokens on;',
  kills: 'test/version-shown',
  in: 'web',
  path: '/page',
}

let run: RunScope
let stack: StartedStack
let web: ContainerMachine

beforeAll(async () => {
  run = await openRun()
  const spec = stackSpec.parse({
    web: reference.stack.nginx,
    bare: { image: 'debian:bookworm-slim', command: ['sleep', '600'] },
    elsewhere: { url: 'http://127.0.0.1:9/' },
  })
  stack = await startStack(spec, { run, baseFolder })
  const { machine } = stack.part('web')
  if (machine === undefined) throw new Error('web has no machine')
  web = machine
})

afterAll(async () => {
  await stack?.[Symbol.asyncDispose]()
  await run?.[Symbol.asyncDispose]()
})

async function server(): Promise<string | null> {
  return (await fetch(`${await stack.part('web').origin()}/page`)).headers.get('server')
}

test('a mutant is in force when it is applied, and gone without a trace when it is disposed', async () => {
  const before = await web.readFile(file)
  {
    await using _mutant = await applyMutant(stack, tokensOn)
    expect(await server()).toMatch(/^nginx\/\d/)
  }
  expect(await server()).toBe('nginx')
  expect(await web.readFile(file)).toEqual(before)
})

test.for([
  ['nowhere', 'no such words', '0 times'],
  ['in several places', 'gzip', 'times'],
  ['because it is empty', '', 'is empty'],
] as const)('a mutant whose words occur %s is refused as stale, and changes nothing', async ([, find, told]) => {
  const before = await web.readFile(file)
  await expect(applyMutant(stack, { ...tokensOn, find })).rejects.toMatchObject({
    code: 'SEATRIAL_MUTANT_STALE',
    message: expect.stringContaining(told),
  })
  expect(await web.readFile(file)).toEqual(before)
})

test('a mutant that the server itself refuses proves nothing: the server goes on with its old file', async () => {
  const before = await web.readFile(file)
  await expect(applyMutant(stack, { ...tokensOn, replace: 'server_tokens perhaps;' })).rejects.toMatchObject({
    code: 'SEATRIAL_MUTANT_BROKEN',
    message: expect.stringContaining('perhaps'),
    because: 'harness',
  })
  expect(await web.readFile(file)).toEqual(before)
  expect(await server()).toBe('nginx')
})

test('what the trial did not start is not changed', async () => {
  await expect(applyMutant(stack, { ...tokensOn, part: 'elsewhere' })).rejects.toMatchObject({
    code: 'SEATRIAL_MUTANT_FOREIGN',
    because: 'unsupported',
  })
})

test('an image without a supervisor says so, and its file stays as it was', async () => {
  const hosts = { ...tokensOn, part: 'bare', file: '/etc/debian_version', find: '\n', replace: 'x\n' }
  const before = await stack.part('bare').machine?.readFile(hosts.file)
  await expect(applyMutant(stack, hosts)).rejects.toMatchObject({
    code: 'SEATRIAL_NO_SUPERVISOR',
    because: 'unsupported',
  })
  expect(await stack.part('bare').machine?.readFile(hosts.file)).toEqual(before)
})

test('a server that is killed within its container comes back by itself, with its workers replaced', async () => {
  const { stdout } = await web.exec(['cat', '/run/supervise/generation'])
  const next = String(Number(stdout) + 1)
  await web.exec(['sh', '-c', 'kill -KILL "$(cat /run/supervise/pid)"'])
  await waitFor(
    'nginx to listen again',
    async () => {
      const look = await web.exec(['supervise', 'ready', next])
      return look.exitCode === 0 ? { done: undefined } : { seen: look.stdout }
    },
    { deadlineMs: 5_000 },
  )
  expect(await server()).toBe('nginx')
})

test('a server that cannot start at all ends its container, and the error carries its last words', async () => {
  const spec = stackSpec.parse({
    web: { ...reference.stack.nginx, files: { [file]: './haproxy.cfg' } },
  })
  await expect(startStack(spec, { run, baseFolder })).rejects.toMatchObject({
    code: 'SEATRIAL_STACK_FAILED',
    message: expect.stringContaining('unknown directive'),
  })
})
