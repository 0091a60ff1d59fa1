import { readFileSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { withLock } from './lock.mjs'
import { describe, run } from './run.mjs'
import { say, took, Trouble } from './say.mjs'

/**
 * Brings `node_modules` in step with `package-lock.json`. Only the checkout is touched, so this
 * happens under SEATRIAL_NO_INSTALL too.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<boolean>} whether something was installed
 * @throws {Trouble}
 */
export async function ensurePackages(root, env) {
  if (inStep(root)) return false
  return withLock(join(root, '.install-lock'), { what: 'npm ci', deadlineMs: 900_000 }, async () => {
    // Whoever held the lock before us has probably done it.
    if (inStep(root)) return false
    const since = performance.now()
    say('installing the packages of this checkout into node_modules: npm ci')
    // No package here needs its install script; those that have one would ask for a compiler.
    const options = ['--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund']
    const ran = await run(['npm', 'ci', ...options], {
      limitMs: 600_000,
      // npm ci removes node_modules, and with it the Node that its scripts would find there.
      env: {
        ...env,
        npm_config_loglevel: 'error',
        PATH: pathWithout(join(root, 'node_modules', '.bin'), env['PATH'] ?? ''),
      },
      cwd: root,
    })
    if (!ran.ok) throw new Trouble(describe(ran), `npm ci in ${root}`)
    linkOwnCommand(root)
    say(`installed in ${took(since)}`)
    return true
  })
}

/**
 * npm writes what it installed to `node_modules/.package-lock.json`, last of all: a killed
 * `npm ci` leaves none. Optional packages may be absent; they are for other platforms.
 *
 * @param {string} root
 */
function inStep(root) {
  const wanted = lockOf(join(root, 'package-lock.json'))
  const installed = lockOf(join(root, 'node_modules', '.package-lock.json'))
  if (wanted === undefined || installed === undefined) return false
  const same = Object.entries(wanted).every(([path, entry]) => {
    const there = installed[path]
    if (path === '') return true
    if (there === undefined) return entry.optional === true
    return there.version === entry.version && there.integrity === entry.integrity
  })
  return same && Object.keys(installed).every((path) => wanted[path] !== undefined)
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }> | undefined}
 */
function lockOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

/** @param {string} folder @param {string} path */
function pathWithout(folder, path) {
  return path
    .split(delimiter)
    .filter((each) => each !== folder)
    .join(delimiter)
}

/** npm links the commands of dependencies only; with ours beside them `npx seatrial` is found at once. @param {string} root */
function linkOwnCommand(root) {
  try {
    symlinkSync('../../ci/bootstrap/seatrial.mjs', join(root, 'node_modules/.bin/seatrial'))
  } catch {
    // npx finds it by package.json too, only slower.
  }
}
