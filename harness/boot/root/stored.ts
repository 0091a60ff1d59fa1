import type { Entry, Root } from './root.ts'
import { followed } from './root.ts'

/** One name of an archive, with its content where checks read it. */
export interface Stored {
  readonly entry: Entry
  readonly content?: Uint8Array
  /** Its first bytes, of what may be started. */
  readonly begins?: string
}

/** Names by absolute path. */
export type StoredTree = ReadonlyMap<string, Stored>

const folder = { kind: 'folder', mode: 0o755, size: 0, modifiedAt: 0 } as const

/** The tree of what an archive held. */
export function storedRoot(name: string, stored: StoredTree): Root {
  const folders = new Map<string, Set<string>>([['/', new Set()]])
  for (const path of stored.keys()) {
    // An archive may leave out the folders above a file.
    for (let at = path; at !== '/'; at = parentOf(at)) {
      const above = folders.get(parentOf(at))
      folders.set(parentOf(at), (above ?? new Set<string>()).add(at.slice(at.lastIndexOf('/') + 1)))
      if (above !== undefined) break
    }
  }
  const entry = async (path: string): Promise<Entry | undefined> =>
    stored.get(path)?.entry ?? (folders.has(path) ? folder : undefined)
  return {
    name,
    entry,
    async list(path) {
      const at = await followed({ entry }, path)
      return [...(folders.get(at ?? '') ?? [])].toSorted()
    },
    async begins(path) {
      const at = await followed({ entry }, path)
      return stored.get(at ?? '')?.begins
    },
    async read(path) {
      const at = await followed({ entry }, path)
      return stored.get(at ?? '')?.content
    },
  }
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'
