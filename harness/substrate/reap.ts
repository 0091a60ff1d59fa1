import { readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { systemClock } from '../kernel/clock.ts'
import type { Endpoint } from './docker/endpoint.ts'
import { removeLabelled } from './docker/leftovers.ts'
import { runLabel, runMarker } from './run-labels.ts'

export interface Reapable {
  readonly id: string
  readonly temporaryFolder: string
  /** Where the run's containers are; absent when there is no engine. */
  readonly endpoint?: Endpoint
}

/**
 * Ends and removes all that a run left: processes with its marker, then containers, networks and
 * volumes with its label, then its temporary folder. It looks until two looks in a row find
 * nothing, because a request that was under way when the run died may still become a container.
 *
 * @returns what could not be removed, in words; empty when all is gone
 */
export async function reapRun(run: Reapable, { spare = [process.pid], quietMs = 400 } = {}): Promise<string[]> {
  const until = systemClock.elapsed() + 30_000
  let troubles: string[] = []
  for (let quiet = 0; quiet < 2;) {
    const killed = killMarked(run.id, spare)
    const removed =
      run.endpoint === undefined ? { count: 0, troubles: [] } : await removeLabelled(run.endpoint, label(run))
    troubles = removed.troubles
    quiet = killed + removed.count + troubles.length === 0 ? quiet + 1 : 0
    if (systemClock.elapsed() > until) break
    if (quiet < 2) await systemClock.pause(quiet === 0 ? 50 : quietMs)
  }
  await rm(run.temporaryFolder, { recursive: true, force: true, maxRetries: 3 })
  return troubles
}

function label(run: Reapable): string {
  return `${runLabel}=${run.id}`
}

/**
 * Kills every process that was started with the run's marker in its environment. Linux only:
 * elsewhere nobody may read another process's environment.
 */
function killMarked(id: string, spare: readonly number[]): number {
  const marker = `${runMarker}=${id}`
  let killed = 0
  for (const pid of numericEntries('/proc')) {
    if (spare.includes(pid) || !environmentOf(pid).includes(marker)) continue
    try {
      process.kill(pid, 'SIGKILL')
      killed += 1
    } catch {
      // It ended between the look and the kill, which is what we want.
    }
  }
  return killed
}

function numericEntries(folder: string): number[] {
  try {
    return readdirSync(folder).map(Number).filter(Number.isInteger)
  } catch {
    return []
  }
}

// Empty for a process that is gone, a zombie, or another user's: not ours in any case.
function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  } catch {
    return []
  }
}
