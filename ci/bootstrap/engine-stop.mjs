import { rmSync } from 'node:fs'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { say, took, Trouble } from './say.mjs'
import { startedEngine, startedEngineFile } from './started-engine.mjs'

const deadlineMs = 30_000

/**
 * Ends the dockerd that we started, and no other.
 *
 * @param {import('./host.mjs').Host} host
 * @throws {Trouble} when it does not end
 */
export async function stopEngine(host) {
  const engine = startedEngine(host)
  if (engine === undefined) {
    say('no engine that Seatrial started is running; engines of others are left alone')
    return
  }
  const since = performance.now()
  say(`stopping dockerd (process ${engine.pid})`)
  process.kill(engine.pid, 'SIGTERM')
  while (startedEngine(host) !== undefined) {
    if (performance.now() - since > deadlineMs) {
      throw new Trouble(`dockerd is still running after ${deadlineMs / 1000} s`, `read ${engine.log}`)
    }
    await pause(50)
  }
  rmSync(startedEngineFile(host), { force: true })
  say(`stopped in ${took(since)}`)
}
