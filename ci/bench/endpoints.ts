import type { ChildProcess } from 'node:child_process'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { createServer } from 'node:net'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { waitFor } from '../../harness/kernel/index.ts'

/**
 * What the mocked EC2 costs, in CPU time of its process and in resident memory, beside moto's server where that is
 * installed: the same requests, one server after the other, in the same minute. Wall time is not judged: it tells more
 * of the machine's other work than of either server.
 *
 *     node ci/bench/endpoints.ts
 */
interface Candidate {
  readonly name: string
  readonly command: (port: number) => readonly [string, ...string[]]
  readonly image: string
}

const seatrial = fileURLToPath(new URL('../bootstrap/seatrial.mjs', import.meta.url))
const ours: Candidate = {
  name: 'seatrial mock ec2',
  command: (port) => [process.execPath, seatrial, 'mock', 'ec2', '--signatures', 'lenient', '--port', String(port)],
  image: 'ami-0a1b2c3d4e5f60001',
}
const moto: Candidate = {
  name: 'moto_server',
  command: (port) => ['moto_server', '-p', String(port)],
  image: 'ami-12c6146b',
}

interface Cost {
  readonly startMs: number
  readonly startMiB: number
  readonly instancesMs: number
  readonly snapshotsMs: number
  readonly endMiB: number
}

/** Kernel ticks of CPU time are 10 ms on every Linux that Node runs on. */
const tickMs = 10

function cpuMs({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tickMs
}

function residentMiB({ pid }: ChildProcess): number {
  const [, kib = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1_024
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

const agent = new http.Agent({ keepAlive: true })

async function ask(port: number, given: Readonly<Record<string, string>>): Promise<string> {
  const body = new URLSearchParams({ Version: '2016-11-15', ...given }).toString()
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': Buffer.byteLength(body),
    Authorization:
      'AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/ec2/aws4_request, SignedHeaders=host, Signature=00',
  }
  const request = http.request({ agent, host: '127.0.0.1', port, method: 'POST', headers }).end(body)
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  if (response.statusCode !== 200) throw new Error(`${given['Action']}: ${response.statusCode} ${text.slice(0, 300)}`)
  return text
}

/** CPU time of one request, ms: as many as take about `ms` of it. */
async function costOf(child: ChildProcess, ms: number, request: () => Promise<unknown>): Promise<number> {
  for (let warm = 0; warm < 5; warm++) await request()
  const start = cpuMs(child)
  let count = 0
  while (cpuMs(child) - start < ms) {
    await request()
    count++
  }
  return (cpuMs(child) - start) / count
}

async function measure({ command, image }: Candidate): Promise<Cost> {
  const port = await freePort()
  const [program, ...args] = command(port)
  const child = spawn(program, args, { stdio: 'ignore' })
  try {
    await waitFor(
      'the first answer',
      async () => {
        await ask(port, { Action: 'DescribeRegions' })
        return { done: true }
      },
      { deadlineMs: 60_000 },
    )
    const [startMs, startMiB] = [cpuMs(child), residentMiB(child)]
    await ask(port, { Action: 'RunInstances', ImageId: image, MinCount: '20', MaxCount: '20' })
    const volume = await ask(port, { Action: 'CreateVolume', AvailabilityZone: 'eu-west-1a', Size: '8' })
    const [, VolumeId = ''] = /<volumeId>([^<]+)</.exec(volume) ?? []
    for (let made = 0; made < 300; made++) await ask(port, { Action: 'CreateSnapshot', VolumeId })
    const instancesMs = await costOf(child, 1_500, () => ask(port, { Action: 'DescribeInstances' }))
    const snapshotsMs = await costOf(child, 1_500, () => ask(port, { Action: 'DescribeSnapshots', 'Owner.1': 'self' }))
    for (let round = 0; round < 50; round++) {
      await ask(port, { Action: 'RunInstances', ImageId: image, MinCount: '20', MaxCount: '20' })
      await once(
        http.request({ agent, host: '127.0.0.1', port, method: 'POST', path: '/moto-api/reset' }).end(),
        'response',
      )
    }
    return { startMs, startMiB, instancesMs, snapshotsMs, endMiB: residentMiB(child) }
  } finally {
    child.kill()
    await once(child, 'exit')
  }
}

function row(name: string, unit: string, digits: number, mine: number, theirs: number | undefined): string {
  const shown = (value: number): string => `${value.toFixed(digits)} ${unit}`.padStart(12)
  const beside = theirs === undefined ? '' : `${shown(theirs)}${`${(theirs / mine).toFixed(1)} x`.padStart(10)}`
  return `${name.padEnd(44)}${shown(mine)}${beside}\n`
}

const peer = spawnSync('moto_server', ['--help'], { stdio: 'ignore' }).status === 0
// The first start fills the compile cache and does not count.
await measure(ours)
const mine = await measure(ours)
const theirs = peer ? await measure(moto) : undefined
process.stdout.write(
  [
    peer
      ? `${''.padEnd(44)}${'seatrial'.padStart(12)}${'moto'.padStart(12)}${'ratio'.padStart(10)}\n`
      : 'moto_server is not installed: no ratios\n',
    row('start to the first answer, CPU', 'ms', 0, mine.startMs, theirs?.startMs),
    row('DescribeInstances of 20, CPU', 'ms', 2, mine.instancesMs, theirs?.instancesMs),
    row('DescribeSnapshots of 300, CPU', 'ms', 2, mine.snapshotsMs, theirs?.snapshotsMs),
    row('resident at start', 'MiB', 0, mine.startMiB, theirs?.startMiB),
    row('resident after 50 resets of 20 instances', 'MiB', 0, mine.endMiB, theirs?.endMiB),
  ].join(''),
)
process.exit(0)
