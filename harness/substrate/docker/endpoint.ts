import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'

/** A place where a container engine may listen. */
export interface Endpoint {
  /** `unix:///var/run/docker.sock` or `tcp://host:2375`, as in DOCKER_HOST. */
  readonly uri: string
  /** Who named it, for people: `DOCKER_HOST`, `docker context "x"`, `default socket`. */
  readonly from: string
  /** Folder with ca.pem, cert.pem and key.pem when the engine speaks TLS. */
  readonly certificates?: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Where to look for an engine, first choice first. What a person named (DOCKER_HOST, a docker
 * context) is the only candidate: falling back to another engine would surprise them.
 */
export function candidateEndpoints(env: Environment = process.env, home: string = homedir()): Endpoint[] {
  const named = env['DOCKER_HOST']
  if (named !== undefined && named !== '') {
    const certificates = env['DOCKER_TLS_VERIFY'] ? env['DOCKER_CERT_PATH'] : undefined
    return [{ uri: named, from: 'DOCKER_HOST', ...(certificates === undefined ? {} : { certificates }) }]
  }
  const context = contextEndpoint(env, home)
  if (context !== undefined) return [context]
  const runtime = env['XDG_RUNTIME_DIR'] ?? `/run/user/${userInfo().uid}`
  const sockets: [path: string, from: string][] = [
    ['/var/run/docker.sock', 'default socket'],
    [join(runtime, 'docker.sock'), 'rootless Docker'],
    [join(home, '.docker/run/docker.sock'), 'Docker Desktop'],
    [join(runtime, 'podman/podman.sock'), 'rootless Podman'],
    ['/run/podman/podman.sock', 'Podman'],
    [join(home, '.colima/default/docker.sock'), 'Colima'],
  ]
  return sockets.filter(([path]) => existsSync(path)).map(([path, from]) => ({ uri: `unix://${path}`, from }))
}

// The docker CLI keeps each context under the SHA-256 of its name: ~/.docker/contexts/meta/<hash>/meta.json.
function contextEndpoint(env: Environment, home: string): Endpoint | undefined {
  const folder = env['DOCKER_CONFIG'] ?? join(home, '.docker')
  const name = env['DOCKER_CONTEXT'] ?? stringAt(readJson(join(folder, 'config.json')), 'currentContext')
  if (name === undefined || name === '' || name === 'default') return undefined
  const hash = createHash('sha256').update(name).digest('hex')
  const from = `docker context "${name}"`
  const meta = readJson(join(folder, 'contexts/meta', hash, 'meta.json'))
  const uri = stringAt(meta, 'Endpoints', 'docker', 'Host')
  if (uri === undefined) return { uri: '', from }
  const certificates = join(folder, 'contexts/tls', hash, 'docker')
  return { uri, from, ...(existsSync(certificates) ? { certificates } : {}) }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function stringAt(value: unknown, ...path: string[]): string | undefined {
  let found: unknown = value
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined
    found = Object.entries(found).find(([name]) => name === key)?.[1]
  }
  return typeof found === 'string' ? found : undefined
}
