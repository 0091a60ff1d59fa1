import { ask } from './engine-api.mjs'
import { endpoints } from './endpoints.mjs'
import { installEngine } from './engine-install.mjs'
import { startEngine } from './engine-start.mjs'
import { findCommand, isDebian } from './host.mjs'
import { withLock } from './lock.mjs'
import { messageOf, Trouble } from './say.mjs'

/**
 * An engine that answers: found, else installed and started where that is ours to do.
 *
 * @param {import('./host.mjs').Host} host
 * @returns {Promise<import('./endpoints.mjs').Endpoint>}
 * @throws {Trouble} with the one command that gives this machine an engine
 */
export async function ensureEngine(host) {
  const seen = await lookForEngine(host)
  if (seen.found !== undefined) return seen.found
  const why = `no container engine answers${seen.silent.length === 0 ? '' : ` (${seen.silent.join('; ')})`}`
  if (seen.chosen) throw new Trouble(why, 'start that engine, or choose another one')
  if (!host.mayInstall) {
    throw new Trouble(`${why}, and SEATRIAL_NO_INSTALL forbids to install or start one`, commandFor(host))
  }
  if (!host.root && seen.silent.some((line) => line.includes('EACCES'))) {
    throw new Trouble(why, 'sudo usermod -aG docker "$USER" && newgrp docker')
  }
  if (!host.root || host.platform !== 'linux') throw new Trouble(why, commandFor(host))
  if (findCommand(host, 'dockerd') === undefined && !isDebian(host)) {
    throw new Trouble(`${why}, and only Debian's and Ubuntu's packages are known here`, commandFor(host))
  }
  return withLock(`${host.stateFolder}/engine.lock`, { what: 'starting the engine', deadlineMs: 600_000 }, async () => {
    const again = await lookForEngine(host)
    if (again.found !== undefined) return again.found
    if (findCommand(host, 'dockerd') === undefined) await installEngine(host)
    await startEngine(host, async () => (await lookForEngine(host)).found !== undefined)
    const started = await lookForEngine(host)
    if (started.found === undefined) throw new Trouble('the engine stopped answering', 'npm run bootstrap')
    return started.found
  })
}

/**
 * @param {import('./host.mjs').Host} host
 * @returns {Promise<{ found: import('./endpoints.mjs').Endpoint | undefined, silent: string[], chosen: boolean }>}
 */
async function lookForEngine(host) {
  const silent = []
  let chosen = false
  for (const endpoint of endpoints(host)) {
    chosen ||= endpoint.chosen
    try {
      const { status } = await ask(endpoint, { path: '/_ping', idleMs: 3_000 })
      if (status === 200) return { found: endpoint, silent, chosen }
      silent.push(`${endpoint.from} ${endpoint.url}: status ${status}`)
    } catch (error) {
      silent.push(`${[endpoint.from, endpoint.url].filter(Boolean).join(' ')}: ${messageOf(error)}`)
    }
    if (endpoint.chosen) break
  }
  return { found: undefined, silent, chosen }
}

/** The one command that gives this machine an engine. @param {import('./host.mjs').Host} host */
function commandFor(host) {
  if (host.platform === 'darwin') return 'brew install colima docker && colima start'
  if (host.platform !== 'linux') return 'install Docker Desktop: https://docs.docker.com/desktop/'
  const sudo = host.root ? '' : 'sudo '
  const join = host.root ? '' : ' && sudo usermod -aG docker "$USER" && newgrp docker'
  if (findCommand(host, 'dockerd') !== undefined) {
    return host.root ? 'env -u SEATRIAL_NO_INSTALL npm run bootstrap' : `${sudo}systemctl start docker${join}`
  }
  if (isDebian(host)) {
    return host.root
      ? 'env -u SEATRIAL_NO_INSTALL npm run bootstrap'
      : `${sudo}apt-get install -y docker.io iptables${join}`
  }
  const start = ` && ${sudo}systemctl enable --now docker${join}`
  if (/\b(fedora|rhel|centos)\b/.test(host.distribution)) return `${sudo}dnf install -y moby-engine${start}`
  if (/\b(suse|opensuse)\b/.test(host.distribution)) return `${sudo}zypper install -y docker${start}`
  if (/\barch\b/.test(host.distribution)) return `${sudo}pacman -S --noconfirm docker${start}`
  if (/\balpine\b/.test(host.distribution)) return `${sudo}apk add docker && ${sudo}rc-service docker start`
  return 'install a container engine: https://docs.docker.com/engine/install/'
}
