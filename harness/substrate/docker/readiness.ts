import { request } from 'node:http'
import { request as requestOverTls } from 'node:https'
import type { Look } from '../../kernel/index.ts'
import { SeatrialError, waitFor } from '../../kernel/index.ts'
import type { ExecResult } from '../machine.ts'
import type { WaitSpec } from './container-spec.ts'

/** What a readiness wait needs to see of a container. */
export interface Watched {
  readonly name: string
  /** Undefined while it runs, else how it ended: `exited with 1`. */
  readonly ended: () => Promise<string | undefined>
  readonly exec: (command: readonly [string, ...string[]]) => Promise<ExecResult>
  readonly logsSinceStart: () => Promise<string>
  readonly address: (port: number) => Promise<{ readonly host: string; readonly port: number }>
}

/**
 * Waits until a container is ready, and no longer than it lives.
 *
 * @throws SeatrialError `SEATRIAL_CONTAINER_ENDED` when it ends first, `SEATRIAL_WAIT_DEADLINE` past the deadline
 */
export async function waitUntilReady(
  watched: Watched,
  wait: WaitSpec | undefined,
  options: { readonly deadlineMs: number; readonly signal?: AbortSignal },
): Promise<void> {
  const ended = await waitFor<string | undefined>(
    `${watched.name} to be ready (${wait === undefined ? 'running' : describe(wait)})`,
    async (signal) => {
      const how = await watched.ended()
      if (how !== undefined) return { done: how }
      return wait === undefined ? { done: undefined } : look(watched, wait, signal)
    },
    { ...options, mend: `Look at the log of ${watched.name}, or change its wait in the stack.` },
  )
  if (ended === undefined) return
  throw new SeatrialError('SEATRIAL_CONTAINER_ENDED', `${watched.name} ${ended} before it was ready`, {
    mend: `Read the log lines of ${watched.name}; its command must stay in the foreground.`,
    because: 'setup',
  })
}

function describe(wait: WaitSpec): string {
  if ('http' in wait) return `GET ${wait.http} answers ${wait.status ?? 'below 400'}`
  if ('port' in wait) return `port ${wait.port} listens`
  if ('log' in wait) return `the log says ${JSON.stringify(wait.log)}`
  return `${wait.command.join(' ')} exits with 0`
}

async function look(watched: Watched, wait: WaitSpec, signal: AbortSignal): Promise<Look<undefined>> {
  if ('http' in wait) return lookAtHttp(watched, wait, signal)
  if ('port' in wait) return lookAtPort(watched, wait.port)
  if ('log' in wait) {
    const log = await watched.logsSinceStart()
    return log.includes(wait.log) ? { done: undefined } : { seen: `log ends with ${JSON.stringify(log.slice(-120))}` }
  }
  const { exitCode, stdout, stderr } = await watched.exec(wait.command)
  return exitCode === 0
    ? { done: undefined }
    : { seen: `exit code ${exitCode}: ${(stderr || stdout).trim().slice(-200)}` }
}

// From outside, the engine's own proxy accepts connections before anybody listens within, so the
// question is asked inside: proc(5), /proc/net/tcp, state 0A is LISTEN.
async function lookAtPort(watched: Watched, port: number): Promise<Look<undefined>> {
  const { stdout, stderr } = await watched.exec(['cat', '/proc/net/tcp', '/proc/net/tcp6'])
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const listeners = [...stdout.matchAll(/^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ 0A /gm)]
    .filter(([, , at]) => at === hex)
    .map(([, address]) => address ?? '')
  if (listeners.some((address) => !isLoopback(address))) return { done: undefined }
  if (listeners.length > 0) return { seen: `port ${port} listens on the container's own loopback only` }
  return { seen: stdout === '' ? stderr.trim() : `nothing listens on port ${port}` }
}

// Addresses stand there in the byte order of the machine: 0100007F is 127.0.0.1 on a little-endian one.
function isLoopback(hex: string): boolean {
  return hex.endsWith('7F') || hex === '00000000000000000000000001000000' || /^0{16}FFFF0000.{6}7F$/.test(hex)
}

async function lookAtHttp(
  watched: Watched,
  wait: Extract<WaitSpec, { http: string }>,
  signal: AbortSignal,
): Promise<Look<undefined>> {
  if (wait.port === undefined) throw new Error('no port to ask')
  const { host, port } = await watched.address(wait.port)
  const status = await statusOf(wait.scheme ?? 'http', host, port, wait.http, signal)
  const good = wait.status === undefined ? status < 400 : status === wait.status
  return good ? { done: undefined } : { seen: `status ${status}` }
}

async function statusOf(
  scheme: string,
  host: string,
  port: number,
  path: string,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const send = scheme === 'https' ? requestOverTls : request
    const options = { host, port, path, agent: false, signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) }
    // Ready is not trusted: the certificate is a matter for the checks, not for the wait.
    const call = send({ ...options, rejectUnauthorized: false }, (response) => {
      response.resume()
      response.on('error', reject)
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    call.on('error', reject)
    call.end()
  })
}
