import type { Transition } from '../core/index.ts'
import { ec2Error } from './errors.ts'
import type { Resource, ResourceKind } from './resource.ts'
import type { Region } from './store.ts'

/** So many ids stand in a sentence at most: a request of megabytes must not become an answer of megabytes. */
const mostNamed = 1_000

/** All resources of one kind in one region of one namespace. */
export class Collection<T extends Resource> {
  readonly #items = new Map<string, T>()
  readonly #kind: ResourceKind<T>
  readonly #region: Region
  /** Ids that still answer NotFound, with the looks that are left: eventual consistency. */
  readonly #hidden = new Map<string, number>()
  /** Those that are being deleted, until that is over. */
  readonly #leaving = new Map<string, Transition>()
  #swept = ''

  constructor(kind: ResourceKind<T>, region: Region) {
    this.#kind = kind
    this.#region = region
  }

  get size(): number {
    this.#sweep()
    return this.#items.size
  }

  /** A new id of this kind: the prefix and 17 hex digits. */
  newId(): string {
    return `${this.#kind.prefix}-${this.#region.ids.hex(this.#kind.prefix, 17).replace(/^./, '0')}`
  }

  add(item: T): T {
    this.#items.set(item.id, item)
    const polls = this.#region.world.seed.consistency.polls
    if (polls > 0) this.#hidden.set(item.id, polls)
    return item
  }

  /** What a region has from the start is there at once. */
  put(items: readonly T[]): void {
    for (const item of items) this.#items.set(item.id, item)
  }

  /** Removes one when something is over, such as its deletion; until then it is shown. */
  removeAfter(id: string, transition: Transition): void {
    this.#leaving.set(id, transition)
  }

  /** Once for each request and instant: nothing is over earlier, and every look at one of thousands comes by here. */
  #sweep(): void {
    if (this.#leaving.size === 0) return
    const { clock } = this.#region
    const moment = `${clock.requests} ${clock.now()}`
    if (this.#swept === moment) return
    this.#swept = moment
    for (const [id, transition] of this.#leaving) if (clock.isOver(transition)) this.remove(id)
  }

  remove(id: string): void {
    this.#items.delete(id)
    this.#hidden.delete(id)
    this.#leaving.delete(id)
    this.#region.tags.forget(id)
  }

  /** For use by other operations, which see what readers do not see yet. */
  get(id: string): T | undefined {
    this.#sweep()
    return this.#items.get(id)
  }

  /** Every one that readers can see, in the order in which they were made. */
  all(): T[] {
    this.#sweep()
    return this.#hidden.size === 0
      ? [...this.#items.values()]
      : [...this.#items.values()].filter(({ id }) => !this.#hides(id))
  }

  /** Without the veil of eventual consistency. */
  everything(): Iterable<T> {
    this.#sweep()
    return this.#items.values()
  }

  /** @throws Ec2Error, the kind's NotFound */
  demand(id: string): T {
    const [item] = this.demandAll([id])
    // demandAll gives as many as it was asked for.
    return item as T
  }

  /** @throws Ec2Error, the kind's NotFound, naming every id that is not there */
  demandAll(ids: readonly string[]): T[] {
    this.#sweep()
    const wanted = [...new Set(ids)]
    const found = wanted.map((id) => this.#items.get(id) ?? this.#kind.shared?.(this.#region, id))
    const missing = wanted.filter((id, index) => found[index] === undefined || this.#hides(id))
    // Sentences of NotFound take ids, as every kind's code here does.
    if (missing.length > 0)
      throw ec2Error(this.#kind.notFound as 'InvalidVolume.NotFound', ...missing.slice(0, mostNamed))
    // None is undefined, as none is missing.
    return found as T[]
  }

  #hides(id: string): boolean {
    const left = this.#hidden.get(id)
    if (left === undefined) return false
    if (left <= 1) this.#hidden.delete(id)
    else this.#hidden.set(id, left - 1)
    return true
  }
}
