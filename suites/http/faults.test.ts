import type { StartedStack } from '../../harness/stack/index.ts'
import { kill, partition, pause } from '../../harness/substrate/index.ts'
import { waitFor } from '../../harness/kernel/index.ts'
import { describe, expect, test } from '../../harness/vitest/index.ts'
import type { Exchange } from '../../harness/wire/index.ts'
import { createClient, Fields } from '../../harness/wire/index.ts'

/** What the deployment owes to its users while something behind it is broken. */

async function ask(stack: StartedStack, path: string, deadlineMs = 5000): Promise<Exchange> {
  await using client = createClient({ deadlineMs })
  return await client.send({ url: new URL(path, await stack.part('balancer').origin()).href })
}

function machineOf(stack: StartedStack, part: string) {
  const { machine } = stack.part(part)
  if (machine === undefined) throw new Error(`${part} is not ours to break`)
  return machine
}

async function isBack(stack: StartedStack, path: string): Promise<void> {
  await waitFor(
    `${path} to be served again`,
    async () => {
      const { response } = await ask(stack, path)
      return response?.status === 200 ? { done: undefined } : { seen: `status ${response?.status ?? 'none'}` }
    },
    { deadlineMs: 20_000 },
  )
}

describe('while a server is down', () => {
  test('the balancer says 503, tells caches to keep nothing, and serves the others', async ({ stack }) => {
    {
      await using _down = await kill(machineOf(stack, 'nginx'))
      const { response } = await ask(stack, '/page')
      expect(response?.status).toBe(503)
      const fields = new Fields(response?.fields ?? [])
      expect(fields.get('cache-control')).toBe('no-store')
      expect(fields.get('strict-transport-security')).toContain('max-age=')
      expect((await ask(stack, '/app/api')).response?.status).toBe(200)
    }
    await isBack(stack, '/page')
  })
})

describe('while a server is cut off from the network', () => {
  test('the balancer gives up in seconds instead of holding its users', async ({ stack }) => {
    {
      await using _cut = await partition(machineOf(stack, 'apache'))
      const { response, timing } = await ask(stack, '/apache/page.html', 15_000)
      expect(response?.status).toBeGreaterThanOrEqual(502)
      expect(timing.totalMs).toBeLessThan(12_000)
    }
    await isBack(stack, '/apache/page.html')
  })
})

describe('while the application hangs', () => {
  test('static pages are served as before, and the application is back when it goes on', async ({ stack }) => {
    {
      await using _frozen = await pause(machineOf(stack, 'app'))
      expect((await ask(stack, '/page')).response?.status).toBe(200)
      const { trouble } = await ask(stack, '/app/api', 500)
      expect(trouble?.kind).toBe('timeout')
    }
    await isBack(stack, '/app/api')
  })
})
