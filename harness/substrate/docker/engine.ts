import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { messageOf, SeatrialError } from '../../kernel/index.ts'
import type { Endpoint } from './endpoint.ts'
import { candidateEndpoints } from './endpoint.ts'
import { callEngine } from './engine-call.ts'

/** What the engine says of itself. */
export interface EngineFacts {
  readonly found: true
  readonly endpoint: Endpoint
  readonly version: string
  readonly apiVersion: string
  /** `linux/amd64`: of the engine, which need not be this machine. */
  readonly platform: string
  readonly storageDriver: string
  readonly cgroupVersion: '1' | '2'
  /** Whether it listens on a socket of this machine. */
  readonly local: boolean
  /** Whether a port that it publishes on 127.0.0.1 answers there for this process. */
  readonly sharesLoopback: boolean
}

/** No engine answered; `mend` is one command or one sentence. */
export interface MissingEngine {
  readonly found: false
  readonly why: string
  readonly mend: string
}

/**
 * Looks for a container engine: DOCKER_HOST, the docker context, the default socket, rootless
 * Docker and Podman, Colima. Starts nothing.
 */
export async function findEngine(
  endpoints: readonly Endpoint[] = candidateEndpoints(),
): Promise<EngineFacts | MissingEngine> {
  const failures: string[] = []
  for (const endpoint of endpoints) {
    try {
      return await askEngine(endpoint)
    } catch (error) {
      failures.push(`${endpoint.from} (${endpoint.uri === '' ? 'no such context' : endpoint.uri}): ${messageOf(error)}`)
    }
  }
  const why = failures.length === 0 ? 'no socket of a container engine is there' : failures.join('; ')
  return { found: false, why, mend: mendFor(why, endpoints) }
}

async function askEngine(endpoint: Endpoint): Promise<EngineFacts> {
  const [version, info] = await Promise.all([
    callEngine(endpoint, 'GET', '/version', 5_000),
    callEngine(endpoint, 'GET', '/info', 5_000),
  ])
  if (version.status !== 200 || info.status !== 200) throw new Error(`answered ${version.status} and ${info.status}`)
  const text = (body: unknown, key: string): string =>
    typeof body === 'object' && body !== null ? String(Object.entries(body).find(([k]) => k === key)?.[1] ?? '') : ''
  const local = endpoint.uri.startsWith('unix:')
  // A container that was given the engine's socket has a loopback of its own. The file alone proves
  // nothing: machines made from a container's root have it too, but they have the engine's host name.
  const guest = existsSync('/.dockerenv') && text(info.body, 'Name') !== hostname()
  return {
    found: true,
    endpoint,
    version: text(version.body, 'Version'),
    apiVersion: text(version.body, 'ApiVersion'),
    platform: `${text(version.body, 'Os')}/${text(version.body, 'Arch')}`,
    storageDriver: text(info.body, 'Driver'),
    cgroupVersion: text(info.body, 'CgroupVersion') === '2' ? '2' : '1',
    local,
    sharesLoopback: local && !guest,
  }
}

function mendFor(why: string, endpoints: readonly Endpoint[]): string {
  const [named] = endpoints
  if (named?.from === 'DOCKER_HOST') return 'unset DOCKER_HOST, or start the engine that it names'
  if (named?.from.startsWith('docker context')) return 'docker context use default'
  if (why.includes('EACCES')) return 'sudo usermod -aG docker "$USER" && newgrp docker'
  if (process.platform === 'darwin') return 'colima start'
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) return 'npm run bootstrap'
  return 'systemctl --user start podman.socket, or install Docker'
}

let known: EngineFacts | undefined

/**
 * The engine, asked once a process.
 *
 * @throws SeatrialError `SEATRIAL_NO_ENGINE` (unsettled: unsupported) with the command that mends it
 */
export async function requireEngine(): Promise<EngineFacts> {
  if (known !== undefined) return known
  const engine = await findEngine()
  if (!engine.found) {
    throw new SeatrialError('SEATRIAL_NO_ENGINE', `no container engine: ${engine.why}`, {
      mend: engine.mend,
      because: 'unsupported',
    })
  }
  known = engine
  return engine
}
