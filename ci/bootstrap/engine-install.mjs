import { aptInstall } from './apt.mjs'
import { findCommand } from './host.mjs'
import { Trouble } from './say.mjs'

/** @param {import('./host.mjs').Host} host @throws {Trouble} */
export async function installEngine(host) {
  // iptables is only recommended by docker.io, but dockerd does not start its bridge without it.
  const packages = ['docker.io', 'iptables']
  await aptInstall(host, packages, 'the container engine')
  if (findCommand(host, 'dockerd') === undefined) {
    throw new Trouble(
      'docker.io is installed but there is no dockerd on PATH',
      'apt-get install -y --reinstall docker.io',
    )
  }
}
