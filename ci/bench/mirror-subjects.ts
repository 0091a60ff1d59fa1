import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { fixtureImage } from '../../harness/substrate/fixture-image.ts'
import type { RunScope } from '../../harness/substrate/index.ts'
import { startContainer } from '../../harness/substrate/index.ts'

/** What a kernel counts processor time in. */
const tickMs = 10

/** What is measured. */
export interface Subject {
  readonly name: string
  readonly url: URL
  /** Milliseconds of processor that it used until now. */
  readonly cpu: () => Promise<number>
  readonly close: () => Promise<void>
}

const main = fileURLToPath(new URL('../../harness/cli/main.ts', import.meta.url))
function ticks(stat: string): number {
  const fields = stat.replace(/^.*\) /s, '').split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tickMs
}

const cpuOf = ({ pid }: ChildProcess): number => ticks(readFileSync(`/proc/${pid}/stat`, 'utf8'))

export interface Nginx extends Subject {
  readonly id: string
  readonly ip: string
}

export interface Place {
  readonly run: RunScope
  readonly port: number
  /** Whose network it shares: all on one loopback is what nginx is quickest on. */
  readonly beside?: Nginx
}

/** @param http what stands in the block `http`; `PORT` is its port */
export async function nginx(name: string, http: string, { run, port, beside }: Place): Promise<Nginx> {
  const conf = `worker_processes 1; error_log /dev/null; events { worker_connections 4096; }
    http { access_log off; keepalive_requests 1000000; ${http.replace('PORT', String(port))} }`
  const container = await startContainer(
    {
      name: name.replaceAll(/\W+/g, '-'),
      image: await fixtureImage('nginx'),
      files: { '/etc/nginx/nginx.conf': conf },
      env: { SERVICE_PORTS: String(port) },
      wait: { command: ['supervise', 'ready', '1'] },
      ...(beside !== undefined && { networkOf: beside.id }),
    },
    run,
  )
  const ip = beside?.ip ?? (await container.exec(['hostname', '-i'])).stdout.trim()
  return {
    name,
    id: container.id,
    ip,
    url: new URL(`http://${ip}:${port}/`),
    async cpu() {
      const script = 'for each in /proc/[0-9]*; do grep -qx nginx $each/comm 2>/dev/null && cat $each/stat; done'
      const { stdout } = await container.exec(['sh', '-c', script])
      const stats = stdout.trim().split('\n')
      return stats.reduce((sum, stat) => sum + ticks(stat), 0)
    },
    close: async () => container[Symbol.asyncDispose](),
  }
}

/** A process of Node that tells on its standard error where it listens. */
async function nodeSubject(name: string, args: readonly string[]): Promise<Subject> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const { promise, resolve, reject } = Promise.withResolvers<URL>()
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    const [, url] = /^(http:\/\/\S+) ->/.exec(said) ?? []
    if (url !== undefined) resolve(new URL(url))
  })
  child.on('exit', () => reject(new Error(said)))
  return {
    name,
    url: await promise,
    cpu: async () => cpuOf(child),
    async close() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

export async function mirrorSubject(
  name: string,
  { primary, candidate }: { readonly primary: URL; readonly candidate: URL },
  more: readonly string[] = [],
): Promise<Subject> {
  const servers = ['--primary', primary.origin, '--candidate', candidate.origin]
  return nodeSubject(name, [main, 'mirror', '--listen', '127.0.0.1:0', ...servers, ...more])
}

export async function plainProxy(name: string, primary: URL): Promise<Subject> {
  return nodeSubject(name, [fileURLToPath(new URL('plain-proxy.ts', import.meta.url)), primary.origin])
}
