import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findEngine } from './engine.ts'

let folder: string
let server: Server

// A small engine on a real socket, which says what a rootless Podman 4.3 on cgroup v2 says.
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-test-'))
  const answers: Record<string, unknown> = {
    '/version': { Version: '4.3.1', ApiVersion: '1.41', Os: 'linux', Arch: 'arm64' },
    '/info': { Driver: 'overlay', CgroupVersion: '2', Name: hostname() },
  }
  server = createServer((request, response) => {
    const answer = answers[request.url ?? '']
    response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer))
  })
  server.listen(join(folder, 'engine.sock'))
  await once(server, 'listening')
})

afterEach(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

test('an engine tells its versions, its platform, its storage driver and its cgroup version', async () => {
  const endpoint = { uri: `unix://${folder}/engine.sock`, from: 'rootless Podman' }
  expect(await findEngine([endpoint])).toEqual({
    found: true,
    endpoint,
    version: '4.3.1',
    apiVersion: '1.41',
    platform: 'linux/arm64',
    storageDriver: 'overlay',
    cgroupVersion: '2',
    local: true,
    sharesLoopback: true,
  })
})

test('a socket where nobody listens is passed by for the next one', async () => {
  const dead = { uri: `unix://${folder}/dead.sock`, from: 'default socket' }
  const alive = { uri: `unix://${folder}/engine.sock`, from: 'Colima' }
  expect(await findEngine([dead, alive])).toMatchObject({ found: true, endpoint: alive })
})

test('no engine is told with what was tried, and with one thing to do', async () => {
  expect(await findEngine([])).toMatchObject({ found: false, why: 'no socket of a container engine is there' })
  const named = { uri: 'tcp://127.0.0.1:1', from: 'DOCKER_HOST' }
  expect(await findEngine([named])).toEqual({
    found: false,
    why: expect.stringMatching(/^DOCKER_HOST \(tcp:\/\/127\.0\.0\.1:1\): .*ECONNREFUSED/),
    mend: 'unset DOCKER_HOST, or start the engine that it names',
  })
})

test.each([
  [{ uri: 'ssh://build', from: 'DOCKER_HOST' }, /engines behind ssh:\/\/ cannot be reached; forward their socket/],
  [{ uri: 'nonsense', from: 'DOCKER_HOST' }, /"nonsense" is no address of an engine/],
  [{ uri: '', from: 'docker context "gone"' }, /docker context "gone" \(no such context\)/],
])('%j is told as what it is', async (endpoint, why) => {
  expect(await findEngine([endpoint])).toMatchObject({ found: false, why: expect.stringMatching(why) })
})

test('a socket that is somebody else is no engine', async () => {
  server.removeAllListeners('request').on('request', (_, response) => response.writeHead(403).end('go away'))
  const endpoint = { uri: `unix://${folder}/engine.sock`, from: 'default socket' }
  expect(await findEngine([endpoint])).toMatchObject({ found: false, why: expect.stringContaining('answered 403') })
})
