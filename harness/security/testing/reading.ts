import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openReport } from '../report/open-report.ts'
import type { ReportHead, ScannerFinding, Suppressed, Told, Trouble } from '../report/told.ts'

/** All that a report tells, by kind. */
export interface Read {
  readonly format: string | undefined
  readonly told: readonly Told[]
  readonly findings: readonly ScannerFinding[]
  readonly troubles: readonly Trouble[]
  readonly suppressed: readonly Suppressed[]
  readonly head: ReportHead | undefined
}

/** A file of a test, taken away at its end. */
async function fileOf(content: string | Uint8Array): Promise<{ readonly path: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'seatrial-report-'))
  const path = join(folder, 'report')
  await writeFile(path, content)
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

/** What a report tells. */
export async function reading(content: string | Uint8Array): Promise<Read> {
  await using file = await fileOf(content)
  const { reader, told } = await openReport(file.path, 'report')
  const all = await Array.fromAsync(told())
  return {
    format: reader?.id,
    told: all,
    findings: all.filter((each) => each.is === 'finding'),
    troubles: all.filter((each) => each.is === 'trouble'),
    suppressed: all.filter((each) => each.is === 'suppressed'),
    head: all.find((each) => each.is === 'head'),
  }
}

/** A report out of `fixtures/security`. */
export function sample(name: string): Promise<string> {
  return readFile(fileURLToPath(new URL(`../../../fixtures/security/${name}`, import.meta.url)), 'utf8')
}
