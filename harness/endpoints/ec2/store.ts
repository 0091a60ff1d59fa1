import type { EndpointClock } from '../core/index.ts'
import { Ids } from '../core/index.ts'
import { Collection } from './collection.ts'
import { ec2Error } from './errors.ts'
import type { Resource, ResourceKind } from './resource.ts'
import type { Account, Ec2Seed } from './seed.ts'
import { Tags } from './tags.ts'

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
  once<T>(token: string, fingerprint: string, carryOut: () => T): T {
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
  /**
   * Since a suite that was written for moto reset by moto's path: rules that moto does not have are not insisted on, and
   * errors are told in its words (as-moto.ts). Nothing to do with lenient signatures.
   */
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
