import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { fileOf } from '../../mirror/testing/reading.ts'
import { httpServer } from '../../mirror/testing/servers.ts'
import { heard } from '../heard.ts'

const here = process.cwd()
const json = { 'content-type': 'application/json' }
const shop = (price: number) =>
  httpServer((_request, response) => response.writeHead(200, json).end(JSON.stringify({ price })))
const line = (at: number): string => `192.0.2.1 - - [22/Nov/2026:11:00:01 +0000] "GET /${at} HTTP/1.1" 200 5\n`
const log = Array.from({ length: 100 }, (_, at) => line(at)).join('')
const judged = ['--slowest', '100', '--sees', '20%', '--json']

test.for([
  ['the same', 10, 0, []],
  ['another price', 11, 1, [{ rule: 'mirror/answers-differ', place: 'json $.price' }]],
] as const)('a log played against a candidate with %s ends with its verdict', async ([, price, exit, found]) => {
  await using primary = await shop(10)
  await using candidate = await shop(price)
  await using file = await fileOf(`${log}nonsense\n`)
  const servers = ['--primary', primary.url.origin, '--candidate', candidate.url.origin]
  const { code, out, err } = await heard(['mirror', 'replay', file.path, ...servers, '--speed', 'max', ...judged], here)
  expect(code).toBe(exit)
  expect(err).toContain('is an access log of Apache')
  expect(err).toMatch(/^100 {2}requests$/m)
  expect(err).toContain('  line 101: at column')
  const [step] = z.object({ steps: z.array(z.object({ findings: z.array(z.unknown()) })) }).parse(JSON.parse(out)).steps
  for (const each of [{ rule: 'mirror/replayed-unread' }, { rule: 'mirror/replayed-lacks' }, ...found]) {
    expect(step?.findings).toContainEqual(expect.objectContaining(each))
  }
})

/** Sends so many requests through a mirror that records; what it said, and the file. */
async function recording(out: string, count: number, [primary, candidate]: readonly [URL, URL], cookie: string) {
  const { promise: address, resolve } = Promise.withResolvers<string>()
  const stop = new AbortController()
  const listening = ['--listen', '127.0.0.1:0', '--primary', primary.origin, '--candidate', candidate.origin]
  const io = { signal: stop.signal, err: (text: string) => resolve(/^(http:\/\/\S+) ->/.exec(text)?.[1] ?? '') }
  const mirrored = heard(['mirror', ...listening, '--out', out, ...judged], here, {}, io)
  const url = await address
  for (let at = 0; at < count; at++) await (await fetch(`${url}/${at}`, { headers: { cookie } })).text()
  stop.abort()
  return { ...(await mirrored), lines: (await readFile(out, 'utf8')).trim().split('\n') }
}

test('what a mirror wrote down is played against the answers in it', async () => {
  await using primary = await shop(10)
  await using candidate = await shop(10)
  await using folder = await fileOf('')
  const out = `${folder.path}.jsonl`
  const live = await recording(out, 100, [primary.url, candidate.url], '')
  expect([live.code, live.err]).toEqual([0, expect.stringContaining(`${out}: 100 exchanges\n`)])
  expect(live.lines).toHaveLength(102)
  const again = ['mirror', 'replay', out, '--candidate', candidate.url.origin, '--speed', '20x', ...judged]
  const { code, err } = await heard(again, here)
  expect([code, err]).toEqual([0, expect.stringMatching(/compared with the answers in it\n100 {2}compared equal\n/)])
  expect(err).toMatch(/^went out late by [\d.]+ ms in the middle, [\d.]+ ms at most$/m)
})

test('a cookie is not written down, and a replay says what went without', async () => {
  await using primary = await shop(10)
  await using candidate = await shop(10)
  await using folder = await fileOf('')
  const out = `${folder.path}.jsonl`
  const { lines } = await recording(out, 3, [primary.url, candidate.url], 'sid=0123456789abcdef')
  expect(lines).toHaveLength(5)
  expect(lines.join('\n')).not.toContain('0123456789abcdef')
  const servers = ['--primary', primary.url.origin, '--candidate', candidate.url.origin]
  const { err } = await heard(['mirror', 'replay', out, ...servers, '--speed', 'max', ...judged], here)
  expect(err).toContain('3 went without fields that are hidden in the file')
})

test.for<[args: readonly string[], wanted: string]>([
  [['replay'], 'one file'],
  [['replay', 'a', 'b'], 'too many'],
  [['replay', 'a', '--out', 'b'], 'no such option for a replay'],
  [['replay', 'a', '--cohort', '10%'], '--cohort'],
  [['--listen', ':0', '--primary', 'http://127.0.0.1:1', '--log-format', '$request'], 'replay FILE before it'],
  [['replay', 'not-there', '--candidate', 'http://127.0.0.1:1'], 'not-there'],
  [['replay', 'README.md', '--candidate', 'http://127.0.0.1:1'], '--log-format'],
  [['replay', 'README.md', '--candidate', 'http://127.0.0.1:1', '--speed', 'fast'], '--speed'],
  [['replay', 'README.md', '--candidate', 'http://127.0.0.1:1', '--order', 'chaos'], '--order'],
  [['replay', 'README.md', '--candidate', 'http://127.0.0.1:1', '--secondary', 'http://127.0.0.1:2'], '--primary'],
  [['play'], 'play'],
  [['--listen', ':0', '--primary', 'http://127.0.0.1:1', '--out', 'README.md'], 'README.md'],
  [['--listen', ':0', '--primary', 'http://127.0.0.1:1', '--keep-secrets'], '--out'],
])('%j is a wrong command line', async ([args, wanted]) => {
  const candidate = args.includes('--candidate') ? [] : ['--candidate', 'http://127.0.0.1:1']
  const { code, err } = await heard(['mirror', ...args, ...candidate], here)
  expect([code, err]).toEqual([3, expect.stringContaining(wanted)])
})

test('a mirror that nobody can open leaves no record behind', async () => {
  await using there = await shop(1)
  await using folder = await fileOf('')
  const out = `${folder.path}.jsonl`
  const servers = ['--primary', 'http://127.0.0.1:1', '--candidate', 'http://127.0.0.1:2', '--out', out]
  const { code } = await heard(['mirror', '--listen', there.url.host, ...servers], here)
  expect(code).toBe(3)
  await expect(readFile(out)).rejects.toThrow('ENOENT')
})
