import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import * as module from 'node:module'
import { constants } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { endWithStarter } from './starter.mjs'

/**
 * Runs the harness on the chosen Node: in this process when it is that one already, else in a
 * child that is this process to everybody outside: same terminal, same signals, same ending.
 *
 * @param {{ node: string, main: string, args: readonly string[], root: string, fresh: boolean }} options
 *   fresh: the packages were installed just now, and this process may run a Node that is gone
 */
export async function launch({ node, main, args, root, fresh }) {
  const launched = endWithStarter()
  // Launched by ourselves, this is the chosen Node, whatever path it was reached by.
  if (launched || (!fresh && realpathSync(node) === process.execPath)) {
    module.enableCompileCache?.(process.env['NODE_COMPILE_CACHE'] ?? join(root, 'node_modules', '.cache', 'compile'))
    process.argv = [process.execPath, main, ...args]
    await import(pathToFileURL(main).href)
    return
  }
  await runIn(node, args)
}

/**
 * The child starts where we started: on the right Node it goes straight on to the harness.
 *
 * @param {string} node @param {readonly string[]} args
 */
function runIn(node, args) {
  const entry = fileURLToPath(new URL('seatrial.mjs', import.meta.url))
  const env = { ...process.env, SEATRIAL_STARTER: String(process.pid) }
  const child = spawn(node, [entry, ...args], { stdio: 'inherit', env })
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
  for (const signal of signals) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to both; twice would mean "at once, without tidying up".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (signal === null) process.exitCode = code ?? 2
      else endBy(signal)
      resolve(undefined)
    })
  })
}

/** Ends this process by the signal that ended the child, so that a shell sees the same. @param {NodeJS.Signals} signal */
function endBy(signal) {
  process.removeAllListeners(signal)
  process.exitCode = 128 + constants.signals[signal]
  process.kill(process.pid, signal)
}
