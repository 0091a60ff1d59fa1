import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Where a container engine may answer, first choice first: the order of the harness
 * (`harness/substrate/docker/endpoint.ts`), which cannot be loaded before there is a new Node.
 *
 * @typedef {object} Endpoint
 * @property {string} from what names it: `DOCKER_HOST`, `docker context colima`, `default socket`
 * @property {string} url `unix:///var/run/docker.sock`, `tcp://10.0.0.2:2376`
 * @property {boolean} chosen somebody chose it: no other one is a substitute
 * @property {string} [certificates] folder with ca.pem, cert.pem and key.pem when it speaks TLS
 *
 * @param {import('./host.mjs').Host} host
 * @returns {Endpoint[]}
 */
export function endpoints(host) {
  const { env, home } = host
  const named = env['DOCKER_HOST']
  if (named !== undefined && named !== '') {
    const certificates = env['DOCKER_TLS_VERIFY'] ? env['DOCKER_CERT_PATH'] : undefined
    return [{ from: 'DOCKER_HOST', url: named, chosen: true, ...(certificates === undefined ? {} : { certificates }) }]
  }
  const context = currentContext(host)
  if (context !== undefined) return [context]
  /** @type {[from: string, path: string][]} */
  const sockets = [
    ['default socket', host.engineSocket],
    ['rootless Docker', join(host.runtimeFolder, 'docker.sock')],
    ['Docker Desktop', join(home, '.docker/run/docker.sock')],
    ['rootless Podman', join(host.runtimeFolder, 'podman/podman.sock')],
    ['Podman', host.podmanSocket],
    ['Colima', join(home, '.colima/default/docker.sock')],
  ]
  return sockets
    .filter(([, path]) => existsSync(path))
    .map(([from, path]) => ({ from, url: `unix://${path}`, chosen: false }))
}

/**
 * The endpoint of the docker context in use, unless that is the default one.
 *
 * @param {import('./host.mjs').Host} host
 * @returns {Endpoint | undefined}
 */
function currentContext({ env, home }) {
  const folder = env['DOCKER_CONFIG'] ?? join(home, '.docker')
  const name = env['DOCKER_CONTEXT'] ?? readJson(join(folder, 'config.json'))?.currentContext
  if (typeof name !== 'string' || name === '' || name === 'default') return undefined
  const id = createHash('sha256').update(name).digest('hex')
  const url = readJson(join(folder, 'contexts/meta', id, 'meta.json'))?.Endpoints?.docker?.Host
  const certificates = join(folder, 'contexts/tls', id, 'docker')
  return {
    from: `docker context ${name}`,
    url: typeof url === 'string' ? url : '',
    chosen: true,
    ...(existsSync(certificates) ? { certificates } : {}),
  }
}

/** @param {string} file */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
