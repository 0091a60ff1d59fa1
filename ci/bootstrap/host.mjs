import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'

/**
 * What the first step may know and touch of the machine. Everything else takes it from here,
 * so that a test can hand over another machine.
 *
 * @typedef {object} Host
 * @property {NodeJS.ProcessEnv} env
 * @property {NodeJS.Platform} platform
 * @property {string} home
 * @property {boolean} root may install and start things on the system
 * @property {boolean} mayInstall SEATRIAL_NO_INSTALL is not set
 * @property {string} distribution id and relatives: `ubuntu debian`
 * @property {boolean} systemd
 * @property {string} runtimeFolder of this user's services
 * @property {string} podmanSocket of the system's Podman
 * @property {string} engineSocket where an engine of the system listens
 * @property {string} enginePidFile where dockerd writes its process id
 * @property {string} aptLists
 * @property {string} stateFolder where we remember what we started
 * @property {string} logFolder
 */

/** @returns {Host} */
export function thisHost(env = process.env) {
  return {
    // Many shells leave out the system's folders, where dockerd lives.
    env: { ...env, PATH: [env['PATH'], '/usr/sbin', '/sbin'].filter(Boolean).join(delimiter) },
    platform: process.platform,
    home: homedir(),
    root: process.getuid?.() === 0,
    mayInstall: !/^(1|true|yes)$/i.test(env['SEATRIAL_NO_INSTALL'] ?? ''),
    distribution: distributionOf('/etc/os-release'),
    systemd: existsSync('/run/systemd/system'),
    runtimeFolder: env['XDG_RUNTIME_DIR'] ?? `/run/user/${process.getuid?.() ?? ''}`,
    podmanSocket: '/run/podman/podman.sock',
    engineSocket: '/var/run/docker.sock',
    enginePidFile: '/var/run/docker.pid',
    aptLists: '/var/lib/apt/lists',
    stateFolder: '/run/seatrial',
    logFolder: '/var/log/seatrial',
  }
}

/** @param {string} file */
function distributionOf(file) {
  let text
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return ''
  }
  const value = (/** @type {string} */ key) => new RegExp(`^${key}="?([^"\\n]*)`, 'm').exec(text)?.[1] ?? ''
  return `${value('ID')} ${value('ID_LIKE')}`.trim()
}

/** @param {Host} host */
export function isDebian(host) {
  return host.platform === 'linux' && /\b(debian|ubuntu)\b/.test(host.distribution)
}

/** The path of a command, or undefined. @param {Host} host @param {string} name */
export function findCommand(host, name) {
  return (host.env['PATH'] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return statSync(path).isFile()
      } catch {
        return false
      }
    })
}
