import { execa } from 'execa'
import { expect, test } from 'vitest'
import { conversations } from './testing/conversations.ts'
import type { Heard } from './testing/converse.ts'

async function through(face: string): Promise<Heard[]> {
  const script = new URL('testing/through.ts', import.meta.url).pathname
  const { stdout } = await execa(process.execPath, [script, face])
  return JSON.parse(stdout)
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
