import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunScope } from '../../substrate/index.ts'
import { openRun } from '../../substrate/index.ts'
import { createEndpoint } from '../core/create.ts'
import { startEndpointContainer } from './container.ts'
import { serveEndpoint } from './server.ts'
import { conversations } from './testing/conversations.ts'
import type { Heard } from './testing/converse.ts'
import { converse } from './testing/converse.ts'

let run: RunScope
beforeAll(async () => {
  run = await openRun()
}, 60_000)
afterAll(() => run[Symbol.asyncDispose]())

test.each(conversations)(
  'a container of $kind gives the same bytes as a server, and the same faults, to the same requests',
  { timeout: 180_000 },
  async ({ kind, options, asked }) => {
    await using server = await serveEndpoint(await createEndpoint(kind, options))
    await using container = await startEndpointContainer(kind, options, run)
    const at = { port: Number(new URL(container.url).port) }
    const [heard, wanted]: [Heard[], Heard[]] = [[], []]
    for (const each of asked) {
      wanted.push(await converse(each, server))
      heard.push(await converse(each, at))
    }
    expect(heard).toEqual(wanted)
  },
)
