import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findEngine } from './docker/engine.ts'
import type { Endpoint } from './docker/endpoint.ts'
import { listLabelled, removeAll } from './docker/leftovers.ts'
import type { ProcessIdentity } from './process-identity.ts'
import { ownerState } from './process-identity.ts'
import { folderPrefix, ownerFile, ownerOf, runLabel } from './run-labels.ts'

export interface SweepReport {
  /** What was removed: `container 0a1b2c3d4e5f of run x`. */
  readonly removed: readonly string[]
  /** What should go and could not. */
  readonly troubles: readonly string[]
}

/**
 * Removes what dead runs left behind: things with all our labels whose process is known to be
 * gone. What belongs to a running process, to another machine that shares the engine, or to
 * anybody else stays as it is.
 */
export async function sweepLeftovers(): Promise<SweepReport> {
  const engine = await findEngine()
  const onEngine = engine.found ? await sweepEngine(engine.endpoint, engine.local) : { removed: [], troubles: [] }
  const folders = await sweepFolders()
  return {
    removed: [...onEngine.removed, ...folders.removed],
    troubles: [...onEngine.troubles, ...folders.troubles],
  }
}

async function sweepEngine(endpoint: Endpoint, local: boolean): Promise<SweepReport> {
  const dead = (await listLabelled(endpoint, runLabel)).filter((thing) => {
    const found = ownerOf(thing.labels)
    return found !== undefined && isGone(found.owner, local)
  })
  const troubles = await removeAll(endpoint, dead)
  const removed = dead.map(({ kind, id, labels }) => `${kind} ${id.slice(0, 12)} of run ${String(labels[runLabel])}`)
  return { removed, troubles }
}

async function sweepFolders(): Promise<SweepReport> {
  const report = { removed: [] as string[], troubles: [] as string[] }
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(folderPrefix)) continue
    const folder = join(tmpdir(), name)
    const found = ownerOf(await ownerIn(folder))
    if (found === undefined || folder !== join(tmpdir(), folderPrefix + found.id) || !isGone(found.owner, true))
      continue
    try {
      await rm(folder, { recursive: true, force: true })
      report.removed.push(`folder ${folder} of run ${found.id}`)
    } catch (error) {
      report.troubles.push(`folder ${folder}: ${String(error)}`)
    }
  }
  return report
}

async function ownerIn(folder: string): Promise<unknown> {
  try {
    const path = join(folder, ownerFile)
    // In a folder that everybody may write, a file of somebody else's must not send us deleting.
    if ((await stat(path)).uid !== process.getuid?.()) return undefined
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}

// A run of an earlier boot of this machine is over. Only a local engine or folder tells that much:
// behind a remote engine, another machine may look like this one (a clone has the same name and id).
function isGone(owner: ProcessIdentity, local: boolean): boolean {
  const state = ownerState(owner)
  return state === 'gone' || (local && state === 'before-boot')
}
