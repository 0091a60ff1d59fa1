import type { Machine } from '../../substrate/index.ts'
import type { Facts, Manifest } from '../manifest/compare.ts'
import type { DatabaseEngine } from './database-engine.ts'

/**
 * Everything in the databases of a host, read through the server's own client: rows by their keys, tables, indexes, views,
 * routines, triggers, events, and accounts by logging in. What cannot be read is not there: a server that is down or
 * refuses has nothing for anybody.
 */
export async function databaseManifest(
  host: Machine,
  { look }: DatabaseEngine,
  env: Readonly<Record<string, string>>,
): Promise<Manifest> {
  const { stdout } = await host.exec(['timeout', '60', 'bash', '-c', look], { env })
  const manifest = new Map<string, Facts>()
  for (const line of stdout.split('\n')) {
    const entry = entryOf(line)
    if (entry !== undefined) manifest.set(...entry)
  }
  return manifest
}

function entryOf(line: string): [string, Facts] | undefined {
  if (!line.startsWith('{')) return undefined
  const { key, facts }: { key: string; facts: Record<string, string | null> } = JSON.parse(line)
  return [
    key,
    Object.fromEntries(Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
  ]
}
