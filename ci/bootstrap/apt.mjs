import { readdirSync } from 'node:fs'
import { describe, run } from './run.mjs'
import { say, took, Trouble } from './say.mjs'

/**
 * Installs Debian packages, and says so first. Fresh machines have no package lists, and old
 * lists name files that the mirror has dropped: then the lists are fetched, once.
 *
 * @param {import('./host.mjs').Host} host
 * @param {readonly string[]} packages
 * @param {string} why
 * @throws {Trouble}
 */
export async function aptInstall(host, packages, why) {
  const env = { ...host.env, DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_MODE: 'l', LC_ALL: 'C' }
  const wait = ['-o', 'DPkg::Lock::Timeout=120']
  const install = /** @type {const} */ (['apt-get', ...wait, 'install', '-y', '--no-install-recommends', ...packages])
  const update = /** @type {const} */ (['apt-get', ...wait, 'update'])
  const since = performance.now()
  const mend = `${install.join(' ')} && npm run bootstrap`
  const fetchLists = async () => {
    say('fetching the package lists: apt-get update')
    const ran = await run(update, { limitMs: 180_000, env })
    if (!ran.ok) throw new Trouble(describe(ran), mend)
  }
  let fresh = false
  if (!hasLists(host.aptLists)) {
    await fetchLists()
    fresh = true
  }
  say(`installing ${packages.join(', ')}, ${why}: apt-get install`)
  let ran = await run(install, { limitMs: 600_000, env })
  if (
    !ran.ok &&
    !fresh &&
    /Unable to locate|no installation candidate|404 {2}Not Found|Failed to fetch/.test(ran.output)
  ) {
    say('the package lists are out of date')
    await fetchLists()
    ran = await run(install, { limitMs: 600_000, env })
  }
  if (!ran.ok) throw new Trouble(describe(ran), mend)
  say(`installed in ${took(since)}`)
}

/** @param {string} folder */
function hasLists(folder) {
  try {
    return readdirSync(folder).some((name) => name.includes('_Packages'))
  } catch {
    return false
  }
}
