import { ensureBaseImage } from './base-image.mjs'
import { ensureBrowser } from './browser.mjs'
import { ensureEngine } from './engine.mjs'
import { preparations } from './preparations.mjs'
import { messageOf, sayTrouble, Trouble } from './say.mjs'

/**
 * Gets ready what a run wants of the machine. What cannot be had is said with its mend, and the
 * run goes on: the harness then says `unsettled: unsupported` where it is missed.
 *
 * @param {import('./host.mjs').Host} host
 * @param {readonly string[]} wanted
 * @returns {Promise<{ complete: boolean, env: Record<string, string> }>}
 */
export async function prepare(host, wanted) {
  /** @type {Record<string, string>} */
  const env = {}
  /** @type {Record<string, () => Promise<void>>} */
  const steps = {
    engine: async () => ensureBaseImage(host, await ensureEngine(host)),
    browser: async () => {
      env['CHROMIUM'] = await ensureBrowser(host)
    },
  }
  let complete = true
  for (const each of preparations) {
    if (!wanted.includes(each)) continue
    try {
      await steps[each]?.()
    } catch (error) {
      complete = false
      sayTrouble(error instanceof Trouble ? error : new Trouble(`${each}: ${messageOf(error)}`, 'npx seatrial doctor'))
    }
  }
  return { complete, env }
}
