import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTraffic } from '../replay/open-file.ts'
import type { Entry, Given, Recorded } from '../replay/traffic.ts'

/** A file of a test, taken away at its end. */
export async function fileOf(content: string | Uint8Array): Promise<{ readonly path: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'seatrial-traffic-'))
  const path = join(folder, 'traffic')
  await writeFile(path, content)
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

/** What stands in a file of recorded traffic, and in which format it is. */
export async function reading(
  content: string | Uint8Array,
  given: Partial<Given> = {},
): Promise<{ readonly format: string; readonly entries: readonly Entry[] }> {
  await using file = await fileOf(content)
  const { reader, entries } = await openTraffic(file.path, { name: 'traffic', ...given })
  return { format: reader.id, entries: await Array.fromAsync(entries()) }
}

/** The one request of a file that has one. */
export async function onlyRequest(content: string | Uint8Array, given: Partial<Given> = {}): Promise<Recorded> {
  const { entries } = await reading(content, given)
  const [entry] = entries
  if (entry?.is !== 'request' || entries.length !== 1) throw new Error(`no one request: ${JSON.stringify(entries)}`)
  return entry
}
