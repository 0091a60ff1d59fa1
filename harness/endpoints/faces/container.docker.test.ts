import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunScope } from '../../substrate/index.ts'
import { openRun, startContainer, startNetwork } from '../../substrate/index.ts'
import { fixtureImage } from '../../substrate/fixture-image.ts'
import { createEndpoint } from '../core/create.ts'
import type { EndpointContainer } from './container.ts'
import { startEndpointContainer } from './container.ts'
import { endpointImage } from './container-image.ts'
import { serveEndpoint } from './server.ts'

let run: RunScope
let metadata: EndpointContainer
let network: string

beforeAll(async () => {
  run = await openRun()
  network = (await startNetwork(run)).name
  const seed = { aws: { instance: { instanceId: 'i-0c0c0c0c0c0c0c0c0' } } }
  metadata = await startEndpointContainer('imds', { clock: 'manual', seed, network, aliases: ['metadata'] }, run)
}, 180_000)

afterAll(() => run[Symbol.asyncDispose]())

const paths = ['/latest/meta-data/', '/latest/dynamic/instance-identity/pkcs7', '/latest/no-such', '/metadata/versions']

describe('a mocked endpoint in a container', () => {
  test('gives the same answers, byte for byte, as the server in this process', async () => {
    const seed = { aws: { instance: { instanceId: 'i-0c0c0c0c0c0c0c0c0' } } }
    await using server = await serveEndpoint(await createEndpoint('imds', { clock: 'manual', seed }))
    const answers = (url: string) =>
      Promise.all(
        paths.map(async (path) => {
          const answer = await fetch(`${url}${path}`, { headers: { Metadata: 'true' } })
          return { status: answer.status, fields: [...answer.headers], body: await answer.text() }
        }),
      )
    expect(await answers(metadata.url)).toEqual(await answers(server.url))
  })

  test('answers others on its network by its name and its aliases', async () => {
    expect(metadata.innerUrl).toBe('http://imds')
    const client = await startContainer({ name: 'client', image: await fixtureImage('cloud-client'), network }, run)
    for (const host of ['imds', 'metadata']) {
      const { stdout } = await client.exec(['curl', '-sf', `http://${host}/latest/meta-data/instance-id`])
      expect(stdout).toBe('i-0c0c0c0c0c0c0c0c0')
    }
  })

  test('is moved, reset and asked for its coverage from here', async () => {
    await metadata.control('POST', 'clock', { advanceMs: 1000 })
    expect(await metadata.control('GET', 'clock')).toMatchObject({ now: '2026-01-01T00:00:01.000Z' })
    await fetch(`${metadata.url}/latest/user-data`)
    expect((await metadata.coverage()).operations).toHaveProperty('user-data')
    await metadata.reset()
    expect((await metadata.coverage()).operations).toEqual({})
    await expect(metadata.reset('nobody')).rejects.toMatchObject({ code: 'SEATRIAL_CONTROL' })
  })

  test('has an image that is built once', async () => {
    const built: string[] = []
    await endpointImage('imds', { progress: (line) => built.push(line) })
    expect(built).toEqual([])
  })

  test('ends in good order when it is stopped', async () => {
    const other = await startEndpointContainer('imds', { name: 'other' }, run)
    const begun = performance.now()
    await other.machine.stop()
    // Without a hand on SIGTERM the engine would wait ten seconds and kill it.
    expect(performance.now() - begun).toBeLessThan(5_000)
    await other[Symbol.asyncDispose]()
  })

  test('refuses what is wrong with its options before anything is started', async () => {
    const start = (options: object) => startEndpointContainer('imds', options, run)
    await expect(start({ seed: { aw: {} } })).rejects.toThrow(/unknown key "aw"/)
    await expect(start({ clock: 'sundial' })).rejects.toThrow(/--clock: given "sundial"/)
    await expect(start({ seed: { join: () => ({}) } })).rejects.toThrow(/seed\.join: given a function/)
    await expect(startEndpointContainer('imbs', {}, run)).rejects.toMatchObject({ mend: 'Did you mean imds?' })
  })
})
