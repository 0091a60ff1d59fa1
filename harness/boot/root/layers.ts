import { posix } from 'node:path'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { isLayerMember } from './names.ts'
import type { Aside, TarEntry } from './read-tar.ts'
import { compressionOf, isArchive, readTar } from './read-tar.ts'
import type { Stored, StoredTree } from './stored.ts'

const mostJson = 4 * 2 ** 20

const saved = z.array(z.looseObject({ Layers: z.array(z.string()) })).min(1)
const listed = z.looseObject({ manifests: z.array(z.looseObject({ digest: z.string() })).min(1) })
const manifest = z.looseObject({ layers: z.array(z.looseObject({ digest: z.string() })) })

/** Collects the layers of a container image while its archive passes, and puts them on top of each other. */
export interface LayerReader {
  readonly aside: Aside
  /** The tree of the image; undefined when what passed was none. @throws Error for one whose layers are missing */
  readonly merged: (outer: StoredTree) => StoredTree | undefined
}

/** Reads what `docker save` or `skopeo copy ... oci-archive:` wrote. Source: OCI image-spec, layer.md. */
export function layerReader(): LayerReader {
  const layers = new Map<string, StoredTree>()
  const texts = new Map<string, string>()

  async function aside(path: string, entry: TarEntry): Promise<boolean> {
    if (!isLayerMember(path)) return false
    const parts = entry[Symbol.asyncIterator]()
    const next = await parts.next()
    // The declared type of a part is unknown: tar-stream gives buffers.
    const first = next.done === true ? Buffer.alloc(0) : (next.value as Buffer)
    const bytes = Readable.from(
      (async function* () {
        if (first.length > 0) yield first
        for (;;) {
          const { done, value } = await parts.next()
          if (done === true) return
          yield value as Buffer
        }
      })(),
      { objectMode: false },
    )
    if (isArchive(first)) layers.set(path, await readTar(bytes, compressionOf(first)))
    else {
      const text: Buffer[] = []
      for await (const part of bytes) if ((entry.header.size ?? 0) <= mostJson) text.push(part as Buffer)
      texts.set(path, Buffer.concat(text).toString())
    }
    return true
  }

  const jsonAt = (path: string): unknown => JSON.parse(texts.get(path) ?? 'null')
  const blobAt = (digest: string): string => `/blobs/${digest.replace(':', '/')}`

  function order(): readonly string[] | undefined {
    const old = saved.safeParse(jsonAt('/manifest.json'))
    if (old.success) return old.data[0]?.Layers.map((each) => `/${each}`)
    let at = jsonAt('/index.json')
    for (let depth = 0; depth < 3; depth++) {
      const own = manifest.safeParse(at)
      if (own.success) return own.data.layers.map(({ digest }) => blobAt(digest))
      const list = listed.safeParse(at)
      if (!list.success) return undefined
      at = jsonAt(blobAt(list.data.manifests[0]?.digest ?? ''))
    }
    return undefined
  }

  return {
    aside,
    merged(outer) {
      const paths = order()
      if (paths === undefined) {
        if (layers.size > 0 && outer.size === 0) throw new Error('it holds layers, and no list of them')
        return undefined
      }
      const tree = new Map<string, Stored>()
      for (const path of paths) {
        // The same layer twice is a link to the first.
        const target = outer.get(path)?.entry.target
        const layer = layers.get(path) ?? (target && layers.get(posix.join(posix.dirname(path), target)))
        if (!layer) throw new Error(`its layer ${path.slice(1)} is not there`)
        putOnTop(tree, layer)
      }
      return tree
    },
  }
}

/** A layer hides what lies below: by a name of its own, by `.wh.NAME`, or a whole folder by `.wh..wh..opq`. */
function putOnTop(tree: Map<string, Stored>, layer: StoredTree): void {
  const remove = (path: string, itself: boolean): void => {
    if (itself) tree.delete(path)
    for (const each of tree.keys()) if (each.startsWith(`${path}/`)) tree.delete(each)
  }
  for (const path of layer.keys()) {
    const [folder, name] = [posix.dirname(path), posix.basename(path)]
    if (name === '.wh..wh..opq') remove(folder, false)
    else if (name.startsWith('.wh.')) remove(posix.join(folder, name.slice('.wh.'.length)), true)
  }
  // Archives may leave folders out: one is there when something is in it.
  const folders = new Set([...tree.keys()].map((path) => posix.dirname(path)))
  for (const [path, stored] of layer) {
    if (posix.basename(path).startsWith('.wh.')) continue
    if (stored.entry.kind !== 'folder' && folders.has(path)) remove(path, true)
    tree.set(path, stored)
  }
}
