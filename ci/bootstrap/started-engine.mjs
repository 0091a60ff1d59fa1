import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The dockerd that we started, as `engine-start.mjs` wrote it down. The start time of the
 * process tells it from a later one with the same id.
 *
 * @typedef {{ pid: number, start: string | undefined, log: string }} StartedEngine
 */

/** @param {import('./host.mjs').Host} host */
export function startedEngineFile(host) {
  return join(host.stateFolder, 'dockerd.json')
}

/** @param {import('./host.mjs').Host} host @returns {StartedEngine | undefined} undefined when it is not running */
export function startedEngine(host) {
  try {
    const started = JSON.parse(readFileSync(startedEngineFile(host), 'utf8'))
    return started.start !== undefined && startOf(started.pid) === started.start ? started : undefined
  } catch {
    return undefined
  }
}

/** When a process was started, in clock ticks since boot (proc(5), field 22 of stat). @param {number} pid */
export function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command in parentheses may hold spaces, so the fields are counted from its end.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
