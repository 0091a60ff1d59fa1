import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf, SeatrialError, UsageError } from '../kernel/index.ts'
import { inputProblems, show } from '../input/index.ts'
import type { RunRecord } from './schema.ts'
import { recordVersion, runRecord } from './schema.ts'

export const recordName = 'run.json'

/** `2026-11-21T09-48-23Z-a1b2`: sorts by time, is a file name everywhere, and is unlike its neighbour's. */
export function newRunId(now: Date, suffix: string = randomBytes(2).toString('hex')): string {
  const second = now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-')
  return `${second}-${suffix}`
}

/** Makes and returns `<reports>/<run id>`. */
export async function createRunFolder(reports: string, id: string): Promise<string> {
  const folder = join(reports, id)
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => unwritable(folder, cause))
  return folder
}

/**
 * Writes `run.json` into the run's folder and returns its path. Readers see the old record or
 * the whole new one, never a half of it.
 *
 * @throws SeatrialError `SEATRIAL_RECORD_UNWRITABLE`
 */
export async function writeRecord(folder: string, record: RunRecord): Promise<string> {
  const path = join(folder, recordName)
  await writeAtomically(path, `${JSON.stringify(record, undefined, 2)}\n`)
  return path
}

/**
 * Writes a file beside its place, then moves it there.
 *
 * @throws SeatrialError `SEATRIAL_RECORD_UNWRITABLE`
 */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const aside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`
  try {
    {
      await using file = await open(aside, 'wx')
      await file.writeFile(text)
      await file.sync()
    }
    await rename(aside, path)
  } catch (cause) {
    // The first error is the one to tell.
    await rm(aside, { force: true }).catch(() => {})
    unwritable(path, cause)
  }
}

/**
 * The record at a path: `run.json`, or the folder that holds it.
 *
 * @throws UsageError for a path without a record, a record of another version, or an invalid one
 */
export async function readRecord(path: string): Promise<RunRecord> {
  const file = (await isFolder(path)) ? join(path, recordName) : path
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError({
      path: file,
      given: 'no readable file',
      wanted: `a run record (${recordName}) or its folder`,
      cause,
    })
  })
  let input: unknown
  try {
    input = JSON.parse(text)
  } catch (cause) {
    throw new UsageError({
      path: file,
      given: `text that is not JSON: ${messageOf(cause)}`,
      wanted: 'a run record',
      cause,
    })
  }
  return parseRecord(input, file)
}

function parseRecord(input: unknown, file: string): RunRecord {
  const version = typeof input === 'object' && input !== null && 'version' in input ? input.version : undefined
  if (version !== recordVersion) {
    throw new UsageError({
      path: `${file}: version`,
      given: show(version),
      wanted: `${recordVersion}, the version of run records that this Seatrial writes`,
      mend: 'Read it with the version of Seatrial that wrote it.',
    })
  }
  const result = runRecord.safeParse(input)
  if (result.success) return result.data
  throw (
    inputProblems(result.error, { name: file, schema: runRecord, input })[0] ??
    new UsageError({ path: file, given: 'an invalid record', wanted: 'a run record' })
  )
}

/** True for a folder, false for anything else or nothing at all. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

function unwritable(path: string, cause: unknown): never {
  throw new SeatrialError('SEATRIAL_RECORD_UNWRITABLE', `${path} cannot be written: ${messageOf(cause)}`, {
    mend: 'Give the reports folder space and write permission.',
    cause,
  })
}
