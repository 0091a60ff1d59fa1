import { posix } from 'node:path'
import type { FilesAtRest } from '../../substrate/index.ts'
import { filesOfContainer, filesOfImage } from '../../substrate/index.ts'
import { atOnce } from './at-once.ts'
import { isKept, keptFolder, worthSkipping } from './names.ts'
import { readTar } from './read-tar.ts'
import type { Entry, Root } from './root.ts'
import { followed } from './root.ts'
import { storedRoot } from './stored.ts'

/** `docker:NAME` and `image:NAME` are images; `container:NAME` is what stands in a container now. */
const named = /^(docker|image|container):(.+)$/

/** Whether a path names something that the engine has. */
export function isOfEngine(path: string): boolean {
  return named.test(path)
}

/**
 * The files of a container image, or of a container. Only folders that checks read into are fetched, each once; of other
 * paths the engine is asked one by one, so that the size of an image does not count.
 *
 * @throws SeatrialError `SEATRIAL_NO_ENGINE`, `SEATRIAL_NO_IMAGE`, `SEATRIAL_NO_CONTAINER` (unsettled) with the command that helps
 */
export async function engineRoot(path: string): Promise<Root> {
  const [, kind, name = ''] = named.exec(path) ?? []
  return rootOf(path, await (kind === 'container' ? filesOfContainer(name) : filesOfImage(name)))
}

/** The engine goes into a container for one after the other: more only fill its queue. */
const most = 16

function rootOf(name: string, files: FilesAtRest): Root {
  const archiveOf = atOnce(most, files.archive)
  const factsAt = atOnce(most, files.facts)
  const treeOf = once(async (path) => {
    const bytes = await archiveOf(path)
    const tree = bytes === undefined ? new Map() : await readTar(bytes, undefined, { under: posix.dirname(path) })
    return storedRoot(name, tree)
  })
  const factsOf = once(async (path): Promise<Entry | undefined> => {
    if ((await entry(posix.dirname(path)))?.kind !== 'folder') return undefined
    // What the engine cannot tell, as where a circle of links leads, stands in the archive as it was written.
    return factsAt(path).catch(async () => (await treeOf(path)).entry(path))
  })
  async function entry(path: string): Promise<Entry | undefined> {
    if (path === '/') return { kind: 'folder', mode: 0o755, size: 0, modifiedAt: 0 }
    const folder = keptFolder(path)
    return folder === undefined ? factsOf(path) : (await treeOf(folder)).entry(path)
  }
  return {
    name,
    entry,
    async list(path) {
      const at = await followed({ entry }, path)
      if (at === undefined || (await entry(at))?.kind !== 'folder') return []
      return (await treeOf(keptFolder(at) ?? at)).list(at)
    },
    async begins(path) {
      const at = await followed({ entry }, path)
      const there = at === undefined ? undefined : await entry(at)
      // A longer one is no script, and to fetch it would take time.
      if (at === undefined || there?.kind !== 'file' || there.size > worthSkipping) return undefined
      return (await treeOf(keptFolder(at) ?? at)).begins(at)
    },
    async read(path) {
      const at = await followed({ entry }, path)
      if (at === undefined || !isKept(at)) return undefined
      return (await treeOf(keptFolder(at) ?? at)).read(at)
    },
    [Symbol.asyncDispose]: () => files[Symbol.asyncDispose](),
  }
}

function once<T>(ask: (path: string) => Promise<T>): (path: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>()
  return (path) => {
    const there = asked.get(path) ?? ask(path)
    asked.set(path, there)
    return there
  }
}
