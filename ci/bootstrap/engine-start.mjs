import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, run } from './run.mjs'
import { say, took, Trouble } from './say.mjs'
import { startOf, startedEngineFile } from './started-engine.mjs'

const deadlineMs = 60_000

/**
 * Starts the installed engine and waits until it answers.
 *
 * @param {import('./host.mjs').Host} host
 * @param {() => Promise<boolean>} answers
 * @throws {Trouble}
 */
export async function startEngine(host, answers) {
  const since = performance.now()
  if (await answers()) return
  const engine = await launch(host)
  for (;;) {
    if (await answers()) break
    const ended = engine.ended()
    if (ended !== undefined) throw new Trouble(ended, 'read these lines; `npm run bootstrap` tries again')
    if (performance.now() - since > deadlineMs) {
      throw new Trouble(`the engine did not answer within ${deadlineMs / 1000} s${engine.last()}`, 'npm run bootstrap')
    }
    await pause(50)
  }
  say(`the engine answers after ${took(since)}`)
}

/**
 * @param {import('./host.mjs').Host} host
 * @returns {Promise<{ ended: () => string | undefined, last: () => string }>}
 */
async function launch(host) {
  const nothing = { ended: () => undefined, last: () => '' }
  if (host.systemd) {
    say('starting the engine: systemctl start docker')
    const ran = await run(['systemctl', 'start', 'docker'], { limitMs: deadlineMs, env: host.env })
    if (!ran.ok) throw new Trouble(describe(ran), 'systemctl status docker')
    return nothing
  }
  if (isAlive(host.enginePidFile)) {
    say('dockerd was started by somebody; waiting for it')
    return nothing
  }
  return launchDockerd(host)
}

/** @param {import('./host.mjs').Host} host */
function launchDockerd(host) {
  mkdirSync(host.logFolder, { recursive: true })
  const log = join(host.logFolder, 'dockerd.log')
  say(`starting dockerd; its log is ${log}, \`npm run engine:stop\` ends it`)
  const output = openSync(log, 'w')
  // Detached: the engine outlives this run, as it does where systemd starts it.
  const daemon = spawn('dockerd', [], { env: host.env, detached: true, stdio: ['ignore', output, output] })
  closeSync(output)
  /** @type {string | undefined} */
  let ended
  const last = () => `; the last lines of ${log}:\n${tail(log)}`
  daemon.on('error', (error) => (ended = `dockerd could not be started: ${error.message}`))
  daemon.on('exit', (code, signal) => (ended = `dockerd ended at once (${signal ?? `exit code ${code}`})${last()}`))
  daemon.unref()
  if (daemon.pid !== undefined) {
    mkdirSync(host.stateFolder, { recursive: true })
    const started = { pid: daemon.pid, start: startOf(daemon.pid), log }
    writeFileSync(startedEngineFile(host), JSON.stringify(started))
  }
  return { ended: () => ended, last }
}

/** @param {string} log */
function tail(log) {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n')
  return lines
    .slice(-8)
    .map((line) => `    ${line}`)
    .join('\n')
}

/** @param {string} pidFile */
function isAlive(pidFile) {
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 0)
    return true
  } catch {
    return false
  }
}
