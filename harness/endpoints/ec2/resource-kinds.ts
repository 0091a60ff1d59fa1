import { readdirSync } from 'node:fs'
import type { Resource, ResourceKind } from './resource.ts'

const folder = new URL('./resources/', import.meta.url)
const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'))

/** Every kind of resource by the prefix of its ids: the folder is the list. */
const byPrefix: ReadonlyMap<string, ResourceKind<Resource>> = new Map(
  (
    await Promise.all(
      readdirSync(folder)
        .filter((name) => name.endsWith(ending) && !/\.(test|test-d|d)\.[jt]s$/.test(name))
        .map((name): Promise<Record<string, unknown>> => import(new URL(name, folder).href)),
    )
  )
    .flatMap((module) => Object.values(module))
    .filter(isKind)
    .map((kind) => [kind.prefix, kind] as const),
)

function isKind(thing: unknown): thing is ResourceKind<Resource> {
  return typeof thing === 'object' && thing !== null && 'prefix' in thing && 'notFound' in thing
}

/** The kind that an id is of, by what stands before its last hyphen; undefined for what is no id. */
export function kindOfId(id: string): ResourceKind<Resource> | undefined {
  const [, prefix] = /^([a-z-]+)-[0-9a-f]{8,17}$/.exec(id) ?? []
  return prefix === undefined ? undefined : byPrefix.get(prefix)
}

export function allKinds(): readonly ResourceKind<Resource>[] {
  return [...byPrefix.values()]
}
