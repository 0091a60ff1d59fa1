import { once } from 'node:events'
import type { Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { connectAgent } from './agent.ts'

let server: Server | undefined
afterEach(() => server?.close())

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** The other end: what it answers to each line, or nothing. */
async function machine(
  answer: (id: string, script: string) => readonly string[],
): Promise<{ host: string; port: number }> {
  const serve = (socket: Socket): void => {
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().trim().split('\n')) {
        const [id = '', , script = ''] = line.split(' ')
        for (const part of answer(id, Buffer.from(script, 'base64').toString())) socket.write(part)
      }
    })
  }
  server = createServer(serve).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { host: '127.0.0.1', port: address.port }
}

test('a script and its answer go over as they are, whatever is in them', async () => {
  const at = await machine((id, script) => [`${id} 3 ${base64(`<${script}>`)} ${base64('ü\n')}.\n`])
  const agent = await connectAgent(at, 'host', () => '')
  expect(await agent.ask('echo "ä"\n', { deadlineMs: 1_000 })).toEqual({
    exitCode: 3,
    stdout: '<echo "ä"\n>',
    stderr: 'ü\n',
  })
  agent.close()
})

test('an answer in pieces is one answer, and one without output is empty', async () => {
  const at = await machine((id) => [`${id} `, '0  ', '.\n'])
  const agent = await connectAgent(at, 'host', () => '')
  expect(await agent.ask('true', { deadlineMs: 1_000 })).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  agent.close()
})

test('two that ask at once wait for each other, and each gets its own answer', async () => {
  const at = await machine((id, script) => [`${id} 0 ${base64(script)} .\n`])
  const agent = await connectAgent(at, 'host', () => '')
  const both = await Promise.all([agent.ask('one', { deadlineMs: 1_000 }), agent.ask('two', { deadlineMs: 1_000 })])
  expect(both.map(({ stdout }) => stdout)).toEqual(['one', 'two'])
  agent.close()
})

test('one that gives up tells so, and the next one is heard', async () => {
  const at = await machine((id, script) => (script === 'hang' ? [] : [`${id} 0  .\n`]))
  const agent = await connectAgent(at, 'host', () => '')
  const stop = new AbortController()
  const asked = agent.ask('hang', { deadlineMs: 60_000, signal: stop.signal })
  stop.abort(new Error('enough'))
  await expect(asked).rejects.toThrow('enough')
  expect(await agent.ask('true', { deadlineMs: 1_000 })).toMatchObject({ exitCode: 0 })
  agent.close()
})
