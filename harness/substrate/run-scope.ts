import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messageOf, SeatrialError, UsageError } from '../kernel/index.ts'
import { findEngine } from './docker/engine.ts'
import { ownIdentity } from './process-identity.ts'
import { reapRun } from './reap.ts'
import type { Labels } from './run-labels.ts'
import { folderPrefix, labelsOf, ownerFile, runMarker } from './run-labels.ts'
import { startReaper } from './start-reaper.ts'

/**
 * One run and all that belongs to it. Whatever is started for the run carries `labels`; disposing
 * removes what still does, and the run's reaper does so when this process dies without disposing.
 */
export interface RunScope extends AsyncDisposable {
  readonly id: string
  /** To be put on every container, network and volume. */
  readonly labels: Labels
  /** A folder of the run's own, gone when the run is. */
  readonly temporaryFolder: string
}

// Runs of this process that are open, oldest first, and what the marker was before any of them.
const open: string[] = []
let outerMarker: string | undefined

/**
 * Opens a run: starts its reaper, makes its temporary folder and marks the environment, so that
 * every child process started from now on belongs to the run.
 *
 * @throws UsageError when the id is no lower-case word with digits and dashes, or is taken
 */
export async function openRun(options: { readonly id?: string } = {}): Promise<RunScope> {
  const id = options.id ?? randomBytes(6).toString('hex')
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(id)) {
    throw new UsageError({ path: 'run id', given: JSON.stringify(id), wanted: 'lower-case letters, digits and dashes' })
  }
  const labels = labelsOf(id, ownIdentity())
  const temporaryFolder = join(tmpdir(), `${folderPrefix}${id}`)
  await makeFolder(id, temporaryFolder)
  // From here on the folder is ours; if the process dies before the reaper is up, the next sweep finds it.
  await writeFile(join(temporaryFolder, ownerFile), JSON.stringify(labels))
  const reaper = await startReaper(id, temporaryFolder)
  mark(id)

  let disposal: Promise<void> | undefined
  return {
    id,
    labels,
    temporaryFolder,
    [Symbol.asyncDispose]: () => (disposal ??= dispose()),
  }

  async function dispose(): Promise<void> {
    unmark(id)
    const engine = await findEngine()
    const troubles = await reapRun(
      { id, temporaryFolder, ...(engine.found ? { endpoint: engine.endpoint } : {}) },
      { spare: [process.pid, reaper.pid], quietMs: 0 },
    )
    await reaper.dismiss()
    if (troubles.length > 0) {
      throw new SeatrialError('SEATRIAL_LEFTOVERS', `run ${id} left behind: ${troubles.join('; ')}`, {
        mend: `docker ps -aq --filter label=seatrial.run=${id} | xargs -r docker rm -fv`,
      })
    }
  }
}

async function makeFolder(id: string, folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if (messageOf(error).includes('EEXIST')) {
      throw new UsageError({ path: 'run id', given: id, wanted: 'an id that no other run has', cause: error })
    }
    throw new SeatrialError('SEATRIAL_NO_TEMPORARY_FOLDER', `cannot make ${folder}`, {
      mend: 'Set TMPDIR to a folder that can be written.',
      cause: error,
      because: 'setup',
    })
  }
}

function mark(id: string): void {
  if (open.length === 0) outerMarker = process.env[runMarker]
  open.push(id)
  process.env[runMarker] = id
}

function unmark(id: string): void {
  const at = open.indexOf(id)
  if (at >= 0) open.splice(at, 1)
  const current = open.at(-1) ?? outerMarker
  if (current === undefined) delete process.env[runMarker]
  else process.env[runMarker] = current
}
