import { existsSync } from 'node:fs'
import { aptInstall } from './apt.mjs'
import { findCommand, isDebian } from './host.mjs'
import { Trouble } from './say.mjs'

/**
 * A Chromium for the tests that open a report in a browser.
 *
 * @param {import('./host.mjs').Host} host
 * @returns {Promise<string>} its path
 * @throws {Trouble}
 */
export async function ensureBrowser(host) {
  const there = findBrowser(host)
  if (there !== undefined) return there
  // Ubuntu's package of this name only points at a snap, which needs a daemon of its own.
  const debian = isDebian(host) && !/\bubuntu\b/.test(host.distribution)
  const mend = debian
    ? 'apt-get install -y --no-install-recommends chromium'
    : 'npx playwright install --with-deps chromium'
  const why = 'no Chromium is there: tests that need a browser are skipped'
  if (!host.mayInstall) throw new Trouble(`${why}, and SEATRIAL_NO_INSTALL forbids to install one`, mend)
  if (!host.root || !debian) throw new Trouble(why, host.root ? mend : `sudo ${mend}`)
  await aptInstall(host, ['chromium'], 'for the tests that open a report in a browser')
  const installed = findBrowser(host)
  if (installed === undefined) throw new Trouble('chromium is installed but not on PATH', mend)
  return installed
}

/** @param {import('./host.mjs').Host} host */
function findBrowser(host) {
  const named = host.env['CHROMIUM']
  if (named !== undefined && existsSync(named)) return named
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    const path = findCommand(host, name)
    if (path !== undefined) return path
  }
  return undefined
}
