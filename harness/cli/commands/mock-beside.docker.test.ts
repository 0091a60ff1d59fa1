import { execa } from 'execa'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixtureImage } from '../../substrate/fixture-image.ts'
import type { RunScope, StartedContainer } from '../../substrate/index.ts'
import { openRun, startContainer, startNetwork } from '../../substrate/index.ts'

let run: RunScope
let app: StartedContainer

beforeAll(async () => {
  run = await openRun()
  // Without a way out: a request that nobody here answers cannot reach the metadata service of this machine.
  const network = (await startNetwork(run, { internal: true })).name
  app = await startContainer({ name: 'app', image: await fixtureImage('cloud-client'), network }, run)
}, 180_000)

afterAll(() => run[Symbol.asyncDispose]())

const main = new URL('../main.ts', import.meta.url).pathname
const mock = (...words: string[]) => execa(process.execPath, [main, 'mock', ...words], { reject: false })

async function addresses(): Promise<string> {
  return (await app.exec(['ip', '-4', '-o', 'address', 'show', 'dev', 'lo'])).stdout
}

describe('seatrial mock imds --beside', () => {
  test('serves metadata inside a container that runs already, and takes it away when it is told to end', async () => {
    const command = mock('imds', '--beside', app.id, '--clock', 'manual')
    const [said] = await once(command.stdout, 'data')
    expect(JSON.parse(String(said))).toMatchObject({ ready: true, url: 'http://169.254.169.254' })
    expect(await addresses()).toContain('169.254.169.254/32')
    const health = await app.exec(['curl', '-s', 'http://169.254.169.254/_seatrial/health'])
    expect(JSON.parse(health.stdout)).toMatchObject({ ready: true, endpoint: 'imds' })
    command.kill('SIGTERM')
    expect((await command).exitCode).toBe(0)
    expect(await addresses()).not.toContain('169.254.169.254')
  })

  test('says what is wrong with the container, and that no other endpoint can be had so', async () => {
    expect(await mock('imds', '--beside', 'no-such-container')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/no-such-container: there is none of that name or id[^]*docker ps/),
    })
    expect(await mock('ec2', '--beside', app.id)).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/seatrial mock --beside\n *given: +ec2\n *wanted: imds\n/),
    })
  })
})
