import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { candidateEndpoints } from './endpoint.ts'

let home: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'home-test-'))
})

afterEach(() => rm(home, { recursive: true }))

async function context(name: string, host: string, tls: boolean): Promise<void> {
  const hash = createHash('sha256').update(name).digest('hex')
  await mkdir(join(home, '.docker/contexts/meta', hash), { recursive: true })
  await writeFile(
    join(home, '.docker/contexts/meta', hash, 'meta.json'),
    JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }),
  )
  if (tls) await mkdir(join(home, '.docker/contexts/tls', hash, 'docker'), { recursive: true })
}

describe('where an engine is looked for', () => {
  test('DOCKER_HOST is the only place, because somebody named it', () => {
    expect(candidateEndpoints({ DOCKER_HOST: 'tcp://build:2375' }, home)).toEqual([
      { uri: 'tcp://build:2375', from: 'DOCKER_HOST' },
    ])
    const env = { DOCKER_HOST: 'tcp://build:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certificates' }
    expect(candidateEndpoints(env, home)).toEqual([
      { uri: 'tcp://build:2376', from: 'DOCKER_HOST', certificates: '/certificates' },
    ])
  })

  test('the docker context that is in use comes next, with its certificates', async () => {
    await context('build', 'tcp://build:2376', true)
    await writeFile(join(home, '.docker/config.json'), '{"currentContext":"build"}')
    const [only, ...rest] = candidateEndpoints({}, home)
    expect(only).toMatchObject({ uri: 'tcp://build:2376', from: 'docker context "build"' })
    expect(only?.certificates).toMatch(/\/docker$/)
    expect(rest).toEqual([])
  })

  test('DOCKER_CONTEXT outranks the context in use, and "default" is none', async () => {
    await context('other', 'unix:///tmp/other.sock', false)
    await writeFile(join(home, '.docker/config.json'), '{"currentContext":"build"}')
    expect(candidateEndpoints({ DOCKER_CONTEXT: 'other' }, home)).toEqual([
      { uri: 'unix:///tmp/other.sock', from: 'docker context "other"' },
    ])
    const places = candidateEndpoints({ DOCKER_CONTEXT: 'default' }, home).map(({ from }) => from)
    expect(places).not.toContain('docker context "default"')
  })

  test('without a word from anybody, the sockets that are there, in a fixed order', async () => {
    const runtime = join(home, 'run')
    await mkdir(join(runtime, 'podman'), { recursive: true })
    await mkdir(join(home, '.colima/default'), { recursive: true })
    for (const path of [join(runtime, 'podman/podman.sock'), join(home, '.colima/default/docker.sock')])
      await writeFile(path, '')
    const places = candidateEndpoints({ XDG_RUNTIME_DIR: runtime }, home).map(({ from }) => from)
    expect(places.filter((from) => from !== 'default socket' && from !== 'Podman')).toEqual([
      'rootless Podman',
      'Colima',
    ])
  })
})
