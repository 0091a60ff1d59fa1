export interface Tag {
  readonly key: string
  readonly value: string
}

/** Tags of all resources of a region, by the id of the resource. */
export class Tags {
  readonly #of = new Map<string, { kind: string; tags: Map<string, string> }>()

  set(id: string, kind: string, key: string, value: string): void {
    const entry = this.#of.get(id) ?? { kind, tags: new Map<string, string>() }
    entry.tags.set(key, value)
    this.#of.set(id, entry)
  }

  of(id: string): ReadonlyMap<string, string> {
    return this.#of.get(id)?.tags ?? none
  }

  /** Removes a tag; with a value, only when it has that one. */
  drop(id: string, key?: string, value?: string): void {
    const tags = this.#of.get(id)?.tags
    if (tags === undefined) return
    if (key === undefined) tags.clear()
    else if (value === undefined || tags.get(key) === value) tags.delete(key)
  }

  forget(id: string): void {
    this.#of.delete(id)
  }

  /** Every tag, in the order in which resources got their first one. */
  *all(): Generator<Tag & { readonly id: string; readonly kind: string }> {
    for (const [id, { kind, tags }] of this.#of) for (const [key, value] of tags) yield { id, kind, key, value }
  }
}

const none: ReadonlyMap<string, string> = new Map()
