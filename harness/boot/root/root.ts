export type EntryKind = 'file' | 'folder' | 'link' | 'other'

/** One name in a tree of files. */
export interface Entry {
  readonly kind: EntryKind
  /** Permission bits, such as 0o600. */
  readonly mode: number
  /** Bytes. */
  readonly size: number
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number
  /** Where a symbolic link points, as it is written. */
  readonly target?: string
}

/**
 * A tree of files as a host would see it, read without root's rights and without mounting anything. Paths are absolute
 * inside of it; a symbolic link is followed inside of it too, so that no path leads out.
 */
export interface Root {
  /** What people call it: a path, the name of an image. */
  readonly name: string
  /** The entry itself, links not followed; undefined when there is none. */
  readonly entry: (path: string) => Promise<Entry | undefined>
  /** Names in a folder, sorted; empty when there is none. */
  readonly list: (path: string) => Promise<readonly string[]>
  /** Content of a file, links followed; undefined when there is none. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>
}

/** A tree without following of links: what a reader of a format gives. */
export type PlainRoot = Root

const most = 40

/**
 * Follows the symbolic links of a path inside the root.
 *
 * @returns the path of what is there or would be; undefined when links go round in a circle
 */
export async function followed(root: Pick<Root, 'entry'>, path: string): Promise<string | undefined> {
  let rest = path.split('/').filter((part) => part !== '')
  let done: string[] = []
  for (let links = 0; rest.length > 0;) {
    const [part = '', ...more] = rest
    if (part === '.' || part === '..') {
      if (part === '..') done = done.slice(0, -1)
      rest = more
      continue
    }
    const here = [...done, part]
    const entry = await root.entry(`/${here.join('/')}`)
    if (entry?.kind !== 'link' || entry.target === undefined) {
      done = here
      rest = more
      continue
    }
    if (++links > most) return undefined
    if (entry.target.startsWith('/')) done = []
    rest = [...entry.target.split('/').filter((each) => each !== ''), ...more]
  }
  return `/${done.join('/')}`
}

/** A file as text; undefined when there is none. */
export async function textAt(root: Root, path: string): Promise<string | undefined> {
  const bytes = await root.read(path)
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
}
