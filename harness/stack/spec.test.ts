import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { stackSpec } from './spec.ts'

function complaints(input: unknown): string[] {
  const { error } = stackSpec.safeParse(input)
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('a stack', () => {
  test('may use everything that a part can have', () => {
    const web = {
      build: './web',
      ports: [8080, 8443],
      scheme: 'https',
      files: { '/etc/app.conf': './app.conf' },
      env: { MODE: 'trial' },
      command: ['app', '--verbose'],
      tmpfs: { '/var/cache': '16m', '/tmp': 4096 },
      capabilities: ['NET_ADMIN'],
      needs: ['db'],
      wait: { http: '/ready', port: 8080, status: 204 },
      startupSeconds: 30,
    }
    const input = {
      web,
      db: { image: 'mariadb:11', ports: [3306], wait: { log: 'ready for connections' } },
      host: { build: './host', systemd: true },
      api: { url: 'https://api.example.test/v1' },
    }
    expect(complaints(input)).toEqual([])
  })

  test('is told where it is wrong and what is wanted', () => {
    expect(complaints({ Web_1: { image: 'x' } })).toEqual([
      'Web_1: wanted a name of lower-case letters, digits and dashes (it becomes a host name) as key',
    ])
    expect(complaints({ web: {} })).toEqual([
      'web: wanted exactly one of build, image, url, endpoint; given none of them',
    ])
    expect(complaints({ web: { image: 'a', url: 'http://b.test' } })).toEqual([
      'web: wanted exactly one of build, image, url, endpoint; given image and url',
    ])
    expect(complaints({ web: { image: 'a', ports: [0, 70_000, 1.5] } })).toEqual([
      'web.ports.0: wanted a port number, 1 to 65535',
      'web.ports.1: wanted a port number, 1 to 65535',
      'web.ports.2: wanted a port number, 1 to 65535',
    ])
    expect(complaints({ web: { image: 'a', port: 80 } })).toEqual(['web: Unrecognized key: "port"'])
    expect(complaints({ web: { image: 'a', files: { 'etc/x': './x' } } })).toEqual([
      'web.files.etc/x: wanted an absolute path in the container as key',
    ])
    expect(complaints({ web: { image: 'a', files: { '/etc/../../x': './x' } } })).toHaveLength(1)
    expect(complaints({ web: { image: 'a', tmpfs: { '/t': '16 MB' } } })).toEqual([
      'web.tmpfs./t: wanted a size: a number of bytes, or a text such as "512k", "16m", "10MiB", "1g"',
    ])
    expect(complaints({ web: { image: 'a', capabilities: ['CAP_NET_ADMIN'] } })).toEqual([
      'web.capabilities.0: wanted a Linux capability without CAP_, such as NET_ADMIN',
    ])
    expect(complaints({ web: { image: 'a', command: 'run me' } })).toEqual([
      'web.command: wanted a program and its arguments, as a list',
    ])
    expect(complaints({ web: { url: 'ftp://a.test' } })).toEqual(['web.url: wanted an http:// or https:// address'])
  })

  test.each([
    [{}, 'web.wait: wanted exactly one of port, http, log, command (http may name a port)'],
    [{ port: 80, log: 'x' }, 'web.wait: wanted exactly one of port, http, log, command (http may name a port)'],
    [{ port: 80, status: 200 }, 'web.wait.status: wanted together with http, or not at all'],
    [{ http: 'ready' }, 'web.wait.http: wanted a path that begins with "/"'],
  ])('waits for one thing: %j', (wait, complaint) => {
    expect(complaints({ web: { image: 'a', wait } })).toEqual([complaint])
  })

  test('asks a running address, and starts and breaks nothing there', () => {
    expect(complaints({ web: { url: 'http://a.test', ports: [80], files: {} } })).toEqual([
      'web.ports: a part at a url has no ports',
      'web.files: a part at a url has no files',
    ])
  })

  test('leaves command and wait of a systemd part to systemd', () => {
    expect(complaints({ host: { image: 'a', systemd: true, command: ['x'], wait: { port: 1 } } })).toEqual([
      'host.command: a systemd part has no command',
      'host.wait: a systemd part has no wait',
    ])
  })

  test('is told of a need that no part answers, and which was probably meant', () => {
    const needs = (...names: string[]): unknown => ({ web: { image: 'a', needs: names }, database: { image: 'b' } })
    expect(complaints(needs('database'))).toEqual([])
    expect(complaints(needs('databse'))).toEqual(['web.needs.0: there is no part "databse"; did you mean database?'])
    expect(complaints(needs('zzz'))).toEqual(['web.needs.0: there is no part "zzz"; parts: web, database'])
  })

  test('is told of parts that need each other in a circle', () => {
    const part = (...needs: string[]): unknown => ({ image: 'x', needs })
    expect(complaints({ a: part('b'), b: part('c'), c: part('b') })).toEqual(['b.needs: b needs itself: b -> c -> b'])
    expect(complaints({ a: part('a') })).toEqual(['a.needs: a needs itself: a -> a'])
    expect(complaints({ a: part('b', 'c'), b: part('c'), c: part() })).toEqual([])
  })

  test('has a JSON Schema for editors, with nothing required that has a default', () => {
    expect(z.toJSONSchema(stackSpec, { io: 'input' })).toMatchObject({
      type: 'object',
      additionalProperties: { additionalProperties: false, properties: { build: { type: 'string' } } },
    })
  })
})
