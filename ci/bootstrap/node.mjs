import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { Trouble } from './say.mjs'

/**
 * The Node that runs the harness: the one that the lock file pins, else this one if it will do.
 *
 * @param {string} root
 * @param {{ fromSource: boolean }} options
 * @returns {string} path of its executable
 * @throws {Trouble}
 */
export function findNode(root, { fromSource }) {
  const pinned = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (existsSync(pinned)) return pinned
  const wanted = fromSource ? '24.0' : minimumOf(root)
  if (isAtLeast(process.versions.node, wanted)) return process.execPath
  throw new Trouble(
    `this is Node ${process.versions.node}; Seatrial needs ${wanted} or newer${fromSource ? ' to run from source' : ''}`,
    'install Node 24: https://nodejs.org/en/download',
  )
}

/** @param {string} root */
function minimumOf(root) {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return String(engines.node).replace(/^>=/, '')
}

/** @param {string} version @param {string} wanted */
function isAtLeast(version, wanted) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number)
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}
