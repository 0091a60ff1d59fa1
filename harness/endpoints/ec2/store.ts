import type { EndpointClock, Transition } from '../core/index.ts'
import { Ids } from '../core/index.ts'
import type { Ec2ErrorCode } from './errors.ts'
import { ec2Error } from './errors.ts'
import type { Parameter } from './parameters.ts'
import { text } from './parameters.ts'
import type { Account, Ec2Seed } from './seed.ts'
import { Tags } from './tags.ts'

export interface Resource {
  readonly id: string
}

/** What all resources of one kind have in common. One file in `resources/` declares it. */
export interface ResourceKind<T extends Resource> {
  /** AWS's word for it in tag specifications and in `resource-type`: `volume`. */
  readonly name: string
  /** What its ids begin with, without the hyphen: `vol`. */
  readonly prefix: string
  readonly notFound: Ec2ErrorCode
  /** For an id of a wrong form; what has none is told to be not found. */
  readonly malformed?: Ec2ErrorCode
  /** What a region has of it from the start. */
  readonly initial?: (region: Region) => readonly T[]
  /** One of another account that is shown to this one. */
  readonly shared?: (region: Region, id: string) => T | undefined
}

export function resourceKind<T extends Resource>(kind: ResourceKind<T>): ResourceKind<T> {
  return kind
}

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

  #sweep(): void {
    for (const [id, transition] of this.#leaving) if (this.#region.clock.isOver(transition)) this.remove(id)
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

/** One region as one namespace has it. */
export class Region {
  readonly name: string
  readonly namespace: Namespace
  readonly tags = new Tags()
  readonly ids: Ids
  readonly #collections = new Map<ResourceKind<never>, Collection<never>>()
  readonly #answered = new Map<string, { readonly fingerprint: string; readonly answer: unknown }>()

  constructor(name: string, namespace: Namespace) {
    this.name = name
    this.namespace = namespace
    this.ids = new Ids(`${namespace.world.random}/${namespace.account.id}/${name}`)
  }

  get world(): World {
    return this.namespace.world
  }

  get clock(): EndpointClock {
    return this.namespace.world.clock
  }

  get accountId(): string {
    return this.namespace.account.id
  }

  /** Milliseconds since the epoch. */
  now(): Date {
    return new Date(this.clock.now())
  }

  /** The resources of a kind; what a region has of it from the start is made when it is first asked for. */
  of<T extends Resource>(kind: ResourceKind<T>): Collection<T> {
    // The map's key is the kind itself, so that what lies under it is a collection of its resources.
    const key = kind as unknown as ResourceKind<never>
    const found = this.#collections.get(key) as Collection<T> | undefined
    if (found !== undefined) return found
    const made = new Collection(kind, this)
    this.#collections.set(key, made as unknown as Collection<never>)
    made.put(kind.initial?.(this) ?? [])
    return made
  }

  /** A limit of the seed, by AWS's name for it or ours; no limit when the seed has none. */
  quota(name: string): number {
    return this.world.seed.quotas[name] ?? Number.POSITIVE_INFINITY
  }

  /**
   * The answer for a client token: the same request gets the same answer again.
   *
   * @throws Ec2Error IdempotentParameterMismatch when the token came with other parameters before
   */
  once<T>(token: string | undefined, fingerprint: string, carryOut: () => T): T {
    if (token === undefined) return carryOut()
    const before = this.#answered.get(token)
    if (before === undefined) {
      const answer = carryOut()
      this.#answered.set(token, { fingerprint, answer })
      return answer
    }
    if (before.fingerprint !== fingerprint) throw ec2Error('IdempotentParameterMismatch')
    // Only this method writes the map, and the fingerprint holds the operation's name.
    return before.answer as T
  }
}

/** All regions of one account: what one access key sees, and what one reset forgets. */
export class Namespace {
  readonly account: Account
  readonly world: World
  readonly #regions = new Map<string, Region>()

  constructor(account: Account, world: World) {
    this.account = account
    this.world = world
  }

  region(name: string): Region {
    const found = this.#regions.get(name) ?? new Region(name, this)
    this.#regions.set(name, found)
    return found
  }

  regions(): Iterable<Region> {
    return this.#regions.values()
  }
}

/** Everything that the mocked EC2 remembers. */
export class World {
  readonly seed: Ec2Seed
  readonly clock: EndpointClock
  readonly random: number
  /** For what no two regions may share. */
  readonly ids: Ids
  /** Does not insist on rules that moto does not have: for suites that were written for it. */
  lenient = false
  readonly #namespaces = new Map<string, Namespace>()

  constructor(seed: Ec2Seed, clock: EndpointClock, random: number) {
    this.ids = new Ids(random)
    this.seed = seed
    this.clock = clock
    this.random = random
  }

  namespace(account: Account): Namespace {
    const found = this.#namespaces.get(account.namespace) ?? new Namespace(account, this)
    this.#namespaces.set(account.namespace, found)
    return found
  }

  namespaces(): Iterable<Namespace> {
    return this.#namespaces.values()
  }

  has(namespace: string): boolean {
    return this.#namespaces.has(namespace)
  }

  forget(namespace?: string): void {
    if (namespace === undefined) this.#namespaces.clear()
    else this.#namespaces.delete(namespace)
  }
}

/**
 * An id of that kind as a parameter; its form is checked where the kind has an error for it. Some operations look at the
 * prefix alone: DescribeImages of `ami-fake123` answers NotFound, RunInstances of it Malformed.
 */
export function idOf<T extends Resource>(
  kind: ResourceKind<T>,
  checked: 'whole' | 'prefix' = 'whole',
): Parameter<string | undefined> {
  const plain = text()
  const digits = checked === 'whole' ? '[0-9a-f]{8}(?:[0-9a-f]{9})?' : '.+'
  const form = new RegExp(`^${kind.prefix}-${digits}$`)
  const { malformed } = kind
  if (malformed === undefined) return plain
  return {
    read(node, path) {
      const id = plain.read(node, path)
      // The sentence of a Malformed code takes the id, whatever the kind.
      if (id !== undefined && !form.test(id)) throw ec2Error(malformed as 'InvalidVolumeID.Malformed', id)
      return id
    },
  }
}
