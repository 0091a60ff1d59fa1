import { execFile } from 'node:child_process'
import { once } from 'node:events'
import type { Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { RunScope } from '../../harness/substrate/index.ts'
import { openRun } from '../../harness/substrate/index.ts'
import type { Load } from './http-load.ts'
import type { Place, Subject } from './mirror-subjects.ts'
import { mirrorSubject, nginx, plainProxy } from './mirror-subjects.ts'

/**
 * What mirroring costs, and what an unwell candidate costs the primary's clients, beside nginx. Ratios are medians of pairs
 * out of the same round; whatever else this machine does falls on both.
 *
 *     node ci/bench/mirror.ts            both parts
 *     node ci/bench/mirror.ts cost       CPU a request, requests a second, connections to the candidate
 *     node ci/bench/mirror.ts unwell     answered requests and p99 with eight unwell candidates
 */
const content = `${'x'.repeat(1_023)}!`
const rounds = 5
const seconds = 2

const load = fileURLToPath(new URL('http-load.ts', import.meta.url))

async function ask(url: URL, connections: number, rate?: number): Promise<Load> {
  const args = [load, url.href, String(connections), String(rate === undefined ? seconds : 5)]
  const { stdout } = await promisify(execFile)(process.execPath, rate === undefined ? args : [...args, String(rate)])
  const seen: Load = JSON.parse(stdout)
  return seen
}

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

interface Round {
  readonly cpu: number
  readonly rps: number
  readonly p50: number
}

async function cost(run: RunScope): Promise<void> {
  const serve = `server { listen PORT; location / { default_type text/plain; return 200 "${content}"; } location /_n { stub_status; } }`
  const origin = await nginx('origin', serve, { run, port: 8001 })
  const at = (port: number): Place => ({ run, port, beside: origin })
  const candidate = await nginx('candidate', serve, at(8002))
  const [a, b] = [origin.url, candidate.url]
  const upstreams =
    'upstream a { server 127.0.0.1:8001; keepalive 256; } upstream b { server 127.0.0.1:8002; keepalive 256; }'
  const pass = `${upstreams} server { listen PORT; proxy_http_version 1.1; proxy_set_header Connection "";`
  const copy = 'mirror /m; proxy_pass http://a; } location /m { internal; proxy_pass http://b$request_uri;'
  const subjects: Subject[] = [
    await nginx('nginx proxy', `${pass} location / { proxy_pass http://a; } }`, at(8003)),
    await nginx('nginx mirror', `${pass} location / { ${copy} } }`, at(8004)),
    await plainProxy('http-proxy-3', a),
    await mirrorSubject('seatrial proxy', { primary: a, candidate: b }, ['--cohort', '0%']),
    await mirrorSubject('seatrial mirror', { primary: a, candidate: b }),
  ]
  const accepted = async (): Promise<{ connections: number; requests: number }> => {
    const text = await (await fetch(new URL('/_n', b))).text()
    const [, connections, , requests] = /(\d+) (\d+) (\d+)/.exec(text) ?? []
    return { connections: Number(connections), requests: Number(requests) }
  }
  for (const connections of [1, 32, 128]) {
    const seen = new Map<string, Round[]>()
    const opened = new Map<string, number[]>()
    for (let round = 0; round < rounds; round++) {
      for (const { name, url, cpu } of subjects) {
        const [before, counted] = [await cpu(), await accepted()]
        const { answered, seconds: took, p50 } = await ask(url, connections)
        const [used, now] = [(await cpu()) - before, await accepted()]
        seen.set(name, [...(seen.get(name) ?? []), { cpu: used / answered, rps: answered / took, p50 }])
        const mirrored = now.requests - counted.requests - 1
        if (mirrored > 10) {
          opened.set(name, [...(opened.get(name) ?? []), (now.connections - counted.connections - 1) / mirrored])
        }
      }
    }
    const ratio = (name: string, other: string, of: keyof Round): number =>
      median((seen.get(name) ?? []).map((each, round) => each[of] / (seen.get(other)?.[round]?.[of] ?? Number.NaN)))
    say(`${connections} connections, ${rounds} rounds of ${seconds} s`)
    for (const [name, all] of seen) {
      const of = (key: keyof Round): number => median(all.map((each) => each[key]))
      const perRequest = opened.get(name)
      const line = `${(of('cpu') * 1_000).toFixed(0).padStart(6)} µs of processor a request ${of('rps').toFixed(0).padStart(8)} requests/s`
      say(
        `  ${name.padEnd(16)}${line}${perRequest === undefined ? '' : `  ${median(perRequest).toFixed(3)} connections a copy`}`,
      )
    }
    const shown = (text: string, value: number, wanted: string): void =>
      say(`  ${text.padEnd(58)}${value.toFixed(2).padStart(6)}  (wanted: ${wanted})`)
    shown(
      'processor, seatrial mirror : seatrial proxy',
      ratio('seatrial mirror', 'seatrial proxy', 'cpu'),
      'at most 1.5',
    )
    shown('processor, seatrial mirror : http-proxy-3', ratio('seatrial mirror', 'http-proxy-3', 'cpu'), 'at most 1')
    shown('processor, seatrial mirror : nginx mirror', ratio('seatrial mirror', 'nginx mirror', 'cpu'), 'at most 1.25')
    shown(
      'requests/s, seatrial mirror : nginx mirror',
      ratio('seatrial mirror', 'nginx mirror', 'rps'),
      connections === 32 ? 'at least 1' : 'at 32 only',
    )
  }
  for (const subject of subjects) await subject.close()
}

const ok = `HTTP/1.1 200 OK\r\nContent-Length: ${content.length}\r\n\r\n${content}`
/** What may be wrong with a candidate. */
const unwell: Readonly<Record<string, (socket: Socket) => void>> = {
  'is well': (socket) => socket.write(ok),
  'sleeps 2 s': (socket) => void setTimeout(() => socket.destroyed || socket.write(ok), 2_000),
  'never answers': () => undefined,
  'closes at once': (socket) => socket.end(),
  'resets in the middle': (socket) => socket.write(ok.slice(0, 200), () => socket.resetAndDestroy()),
  'drips a byte a second': (socket) => {
    socket.write(ok.slice(0, 60))
    const drip = setInterval(() => (socket.destroyed ? clearInterval(drip) : socket.write('x')), 1_000)
  },
  'frames wrongly': (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2x\r\n\r\nok'),
  'answers without end': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
    const pour = setInterval(
      () => (socket.destroyed ? clearInterval(pour) : socket.write(`1000\r\n${'x'.repeat(4_096)}\r\n`)),
      10,
    )
  },
}

async function candidateThat(act: (socket: Socket) => void): Promise<{ readonly url: URL; readonly server: Server }> {
  const server = createServer((socket) => {
    let heard = ''
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1')
      if (!heard.endsWith('\r\n\r\n')) return
      heard = ''
      act(socket)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: new URL(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`),
    server,
  }
}

async function withUnwell(run: RunScope): Promise<void> {
  const serve = `server { listen PORT; location / { default_type text/plain; return 200 "${content}"; } }`
  const { url: primary } = await nginx('primary', serve, { run, port: 8001 })
  const gone = await candidateThat(() => undefined)
  gone.server.close()
  const cases = [...Object.entries(unwell), ['refuses', undefined] as const]
  say('200 requests/s over 32 kept connections, 5 s, 3 rounds: answered; p99 with copies : without, same round')
  for (const [name, act] of cases) {
    const candidate = act === undefined ? gone : await candidateThat(act)
    const servers = { primary, candidate: candidate.url }
    const without = await mirrorSubject('without', servers, ['--cohort', '0%', '--deadline', '1'])
    const mirror = await mirrorSubject('with', servers, ['--deadline', '1'])
    const seen: { readonly answered: number; readonly due: number; readonly ratio: number }[] = []
    for (let round = 0; round < 3; round++) {
      const [plain, copied] = [await ask(without.url, 32, 200), await ask(mirror.url, 32, 200)]
      seen.push({ answered: copied.answered, due: copied.due, ratio: copied.p99 / plain.p99 })
    }
    const answered = seen.map((each) => `${each.answered}/${each.due}`).join(' ')
    const ratios = seen.map(({ ratio }) => ratio.toFixed(2)).join(' ')
    say(
      `  ${name.padEnd(24)}${answered.padEnd(34)}${median(seen.map(({ ratio }) => ratio)).toFixed(2)} of ${ratios}  (wanted: all; at most 1.5)`,
    )
    await without.close()
    await mirror.close()
    candidate.server.close()
  }
}

await using run = await openRun()
const part = process.argv[2]
if (part !== 'unwell') await cost(run)
if (part !== 'cost') await withUnwell(run)
