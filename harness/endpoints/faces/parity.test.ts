import { execa } from 'execa'
import { expect, test } from 'vitest'
import { conversations } from './testing/conversations.ts'
import type { Heard } from './testing/converse.ts'

async function heardOf(script: string, face: string): Promise<unknown> {
  const { stdout } = await execa(process.execPath, [new URL(`testing/${script}`, import.meta.url).pathname, face])
  return JSON.parse(stdout)
}

async function through(face: string): Promise<Heard[]> {
  // What through.ts writes, a few lines above its end.
  return (await heardOf('through.ts', face)) as Heard[]
}

test(
  'a server, msw and nock give the same bytes, and the same faults, to the same requests',
  { timeout: 60_000 },
  async () => {
    const [server, msw, nock] = await Promise.all([through('server'), through('msw'), through('nock')])
    expect(server).toHaveLength(conversations.flatMap(({ asked }) => asked).length)
    expect(server.some(({ trouble }) => trouble !== undefined)).toBe(true)
    expect(msw).toEqual(server)
    expect(nock).toEqual(server)
  },
)

test.each(['msw', 'nock'])(
  'the JavaScript SDK, through %s, signs what is verified',
  { timeout: 60_000 },
  async (face) => {
    expect(await heardOf('sdk-through.ts', face)).toEqual({ states: ['available'], refused: 'SignatureDoesNotMatch' })
  },
)
