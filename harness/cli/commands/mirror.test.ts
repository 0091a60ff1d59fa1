import { expect, test } from 'vitest'
import { httpServer } from '../../mirror/testing/servers.ts'
import { heard } from '../heard.ts'

const here = process.cwd()
const json = { 'content-type': 'application/json' }

test.for(['--listen', '--primary', '--candidate'])('nothing is mirrored without %s', async (left) => {
  const all = ['--listen', '127.0.0.1:0', '--primary', 'http://127.0.0.1:1', '--candidate', 'http://127.0.0.1:2']
  const at = all.indexOf(left)
  const { code, err } = await heard(['mirror', ...all.slice(0, at), ...all.slice(at + 2)], here)
  expect(code).toBe(3)
  expect(err).toContain(left)
})

test.for([
  ['--listen', '8080'],
  ['--primary', 'ftp://a'],
  ['--candidate', 'http://127.0.0.1:1/path'],
  ['--cohort', '110%'],
  ['--by', 'session'],
  ['--allow', '/search'],
  ['--max-body', 'much'],
  ['--in-flight', '0'],
  ['--only', 'mirror/answer'],
  ['--cert', 'site.pem'],
  ['--key', 'site.key'],
])('%s %s is a wrong command line', async ([option, value]) => {
  const given = { '--listen': '127.0.0.1:0', '--primary': 'http://127.0.0.1:1', '--candidate': 'http://127.0.0.1:2' }
  const args = Object.entries({ ...given, [option ?? '']: value ?? '' }).flat()
  const { code, err } = await heard(['mirror', ...args], here)
  expect(code).toBe(3)
  expect(err).toContain(value)
})

test.for([
  ['the same', 10, 0, 'passed'],
  ['another price', 11, 1, 'failed'],
] as const)(
  'a candidate with %s ends with its verdict, and every request has a fate',
  async ([, price, exit, verdict]) => {
    const serve = (own: number) =>
      httpServer((_request, response) =>
        response.writeHead(200, json).end(JSON.stringify({ price: own, at: Math.random() })),
      )
    await using primary = await serve(10)
    await using secondary = await serve(10)
    await using candidate = await serve(price)
    // The port is known once it listens, and told in its first line.
    const { promise: address, resolve } = Promise.withResolvers<string>()
    const stop = new AbortController()
    const options = ['--listen', '127.0.0.1:0', '--primary', primary.url.origin, '--secondary', secondary.url.origin]
    const mirrored = heard(
      ['mirror', ...options, '--candidate', candidate.url.origin, '--slowest', '100', '--sees', '20%', '--json'],
      here,
      {},
      {
        signal: stop.signal,
        err: (text) => resolve(/^(http:\/\/\S+) ->/.exec(text)?.[1] ?? ''),
      },
    )
    const url = await address
    for (let at = 0; at < 100; at++) await (await fetch(`${url}/${at}`)).text()
    stop.abort()
    const { code, out, err } = await mirrored
    expect(code).toBe(exit)
    expect(err).toMatch(/^100 {2}requests$/m)
    const findings = exit === 0 ? [] : [{ rule: 'mirror/answers-beyond-noise', place: 'json $.price' }]
    expect(JSON.parse(out)).toMatchObject({ verdict, steps: [{ findings }] })
    expect([primary.requests(), secondary.requests(), candidate.requests()]).toEqual([100, 100, 100])
  },
)

test('a mirror that nobody used cannot tell', async () => {
  const { code, out } = await heard(
    [
      'mirror',
      '--listen',
      '127.0.0.1:0',
      '--primary',
      'http://127.0.0.1:1',
      '--candidate',
      'http://127.0.0.1:2',
      '--for',
      '0.1',
    ],
    here,
  )
  expect(code).toBe(2)
  expect(out).toContain('I could have seen nothing')
})
