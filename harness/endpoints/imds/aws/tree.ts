import { isIn } from './since.ts'

/** Text, or what makes it when it is asked for: a signature costs more than all the rest. */
export type Leaf = string | (() => string)

/**
 * A version's tree as its leaves: path below the version to text. Folders are what the paths imply, so that a
 * listing can never name what there is not.
 */
export interface Tree {
  readonly leaves: ReadonlyMap<string, Leaf>
  /** Names of the public keys, in order: they stand in a listing and can be asked for nowhere. */
  readonly keyNames: readonly string[]
}

export type Found =
  | { readonly kind: 'leaf'; readonly text: string }
  | { readonly kind: 'folder'; readonly listing: string }
  | { readonly kind: 'nothing' }

/** What stands at a path of a version; the path has no slash at either end. */
export function lookUp(tree: Tree, version: string, path: string): Found {
  const leaf = tree.leaves.get(path)
  if (leaf !== undefined && !isIn(version, path)) return { kind: 'nothing' }
  if (leaf !== undefined) return { kind: 'leaf', text: typeof leaf === 'string' ? leaf : leaf() }
  const below = path === '' ? '' : `${path}/`
  const entries = new Set<string>()
  for (const each of tree.leaves.keys()) {
    if (!each.startsWith(below) || !isIn(version, each)) continue
    const rest = each.slice(below.length)
    const slash = rest.indexOf('/')
    entries.add(slash === -1 ? rest : rest.slice(0, slash + 1))
  }
  return entries.size === 0 ? { kind: 'nothing' } : { kind: 'folder', listing: listing(path, entries, tree) }
}

/** Without a line break at its end, as the service writes it. */
function listing(path: string, entries: ReadonlySet<string>, { keyNames }: Tree): string {
  // The folders of a version stand there without their slashes.
  if (path === '')
    return [...entries]
      .map((entry) => entry.replace(/\/$/, ''))
      .toSorted()
      .join('\n')
  if (path === 'meta-data/public-keys') return keyNames.map((name, index) => `${index}=${name}`).join('\n')
  return [...entries].toSorted().join('\n')
}
