import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { systemClock } from '../kernel/index.ts'
import { createClient } from '../wire/index.ts'
import type { CacheCase } from './case.ts'
import { playCases } from './play-cases.ts'

test('a request of a case is not sent before a cache has had time to store the answer to the one before', async () => {
  await using cache = await serving(storingLate())
  await using control = await serving((_request, respond) => respond('[]'))
  await using client = createClient({ deadlineMs: 2000 })
  const subject: CacheCase = {
    id: 'caches/three',
    title: 'What is stored is used, again and again.',
    level: 'observation',
    reference: { title: 'none', url: 'https://example.test/' },
    requests: [{}, {}, {}],
  }
  const { signal } = new AbortController()
  const options = { client, cache: cache.origin, control: control.origin, clock: systemClock, signal, connections: 4 }
  const played = await playCases([subject], options)
  const bodies = played.get(subject.id)?.heard.map((heard) => (typeof heard === 'string' ? heard : heard.body))
  expect(bodies).toEqual(['answer 1', 'answer 1', 'answer 1'])
})

type Serve = (path: string, respond: (body: string) => void) => void

/** A cache that passes an answer on at once, and has it in its store 100 ms later. */
function storingLate(): Serve {
  const stored = new Map<string, string>()
  let asked = 0
  return (path, respond) => {
    const answer = stored.get(path) ?? `answer ${(asked += 1)}`
    respond(answer)
    void pause(100).then(() => stored.set(path, answer))
  }
}

async function serving(serve: Serve): Promise<AsyncDisposable & { readonly origin: string }> {
  const server = createServer((request, response) => serve(request.url ?? '', (body) => response.end(body)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
