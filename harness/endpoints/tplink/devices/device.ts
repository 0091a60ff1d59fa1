import { createHash } from 'node:crypto'
import type { EndpointClock, Transition } from '../../core/index.ts'
import type { Region } from '../cloud/hosts.ts'
import type { DeviceSeed } from '../seed.ts'
import type { Model } from './models.ts'
import { firmwareOf, generationOf, modelOf } from './models.ts'
import { Outlet } from './outlet.ts'

/** How long a device is away when it restarts. */
const bootMs = 10_000

export interface Light {
  on: 0 | 1
  brightness: number
  hue: number
  saturation: number
  colorTemp: number
}

/** One device: the same for the cloud, which reaches it while it is online, and for the local network. */
export class Device {
  readonly seed: DeviceSeed
  readonly model: Model
  readonly id: string
  readonly modelName: string
  readonly hwVer: string
  readonly fwVer: string
  readonly generation: 1 | 2
  readonly region: Region
  readonly outlets: readonly Outlet[]
  readonly light: Light | undefined
  readonly clock: EndpointClock
  alias: string
  ledOff: 0 | 1
  online: boolean
  /** The account it belongs to; none after a factory reset. */
  owner: string | undefined
  latitude: number
  longitude: number
  server = 'devs.tplinkcloud.com'
  #restart: { readonly transition: Transition; readonly goesAt: number } | undefined

  constructor(seed: DeviceSeed, owner: string, region: Region, clock: EndpointClock) {
    const model = modelOf(seed.model)
    if (model === undefined) throw new TypeError(`${seed.model} passed the seed's schema and is no model`)
    this.seed = seed
    this.model = model
    this.clock = clock
    this.region = seed.region ?? region
    this.id = seed.deviceId ?? `8006${hash(`${owner}/${seed.alias}`, 36)}`
    this.modelName = seed.model.includes('(') || model.tapo ? seed.model : `${seed.model}(${suffixes[this.region]})`
    this.hwVer = seed.hwVer ?? model.hwVer
    this.generation = generationOf(model, this.hwVer)
    this.fwVer = seed.fwVer ?? firmwareOf(model, this.hwVer)
    this.alias = seed.alias
    this.ledOff = seed.ledOff
    this.online = seed.online
    this.owner = owner
    this.latitude = seed.latitude
    this.longitude = seed.longitude
    this.outlets = this.#outletsOf(seed)
    const light = seed.light ?? { on: seed.relayState, brightness: 100, hue: 0, saturation: 0, colorTemp: 2700 }
    this.light = model.kind === 'bulb' || model.kind === 'light-strip' ? { ...light } : undefined
  }

  get first(): Outlet {
    const [first] = this.outlets
    if (first === undefined) throw new TypeError(`${this.id} has no outlet`)
    return first
  }

  /** 32 capital hex digits that belong to this device. */
  code(name: 'hwId' | 'oemId' | 'fwId'): string {
    if (name === 'fwId') return this.seed.fwId ?? '0'.repeat(32)
    return this.seed[name] ?? hash(`${this.model.id} ${this.hwVer} ${name}`, 32)
  }

  /** Twelve capital hex digits. */
  get mac(): string {
    return this.seed.mac?.replaceAll(':', '') ?? `50C7BF${hash(this.id, 6)}`
  }

  /** Lets timers and schedules do what they have been due to do. */
  settle(): void {
    const now = this.clock.now()
    for (const outlet of this.outlets) outlet.settle(now, this.seed.timezone.offsetMinutes)
  }

  restart(delaySeconds: number): void {
    const delayMs = delaySeconds * 1000
    this.#restart = { transition: this.clock.begin(delayMs + bootMs), goesAt: delayMs / (delayMs + bootMs) }
  }

  /** Whether it is restarting just now, and so neither in the cloud nor on the local network. */
  get isAway(): boolean {
    if (this.#restart === undefined) return false
    const progress = this.clock.progress(this.#restart.transition)
    if (progress < 1) return progress > 0 && progress >= this.#restart.goesAt
    this.#restart = undefined
    const now = this.clock.now()
    for (const outlet of this.outlets) if (outlet.on) outlet.sinceMs = now
    return false
  }

  /** Back to how it left the factory: it belongs to nobody, and everything that was set is lost. */
  forget(): void {
    this.owner = undefined
    this.online = false
    this.ledOff = 0
    this.alias = `TP-LINK_Smart Plug_${this.mac.slice(-4)}`
    for (const outlet of this.outlets) {
      outlet.on = false
      outlet.schedule = []
      outlet.antiTheft = []
      outlet.countDown = undefined
    }
  }

  #outletsOf(seed: DeviceSeed): Outlet[] {
    const now = this.clock.now()
    if (this.model.kind !== 'strip') return [new Outlet(this.id, seed.alias, seed, now)]
    const count = seed.children?.length ?? this.model.children
    return Array.from({ length: count }, (_, index) => {
      const child = seed.children?.[index] ?? { relayState: seed.relayState, emeter: seed.emeter }
      const id = `${this.id}${String(index).padStart(2, '0')}`
      return new Outlet(id, child.alias ?? `Plug ${index + 1}`, withoutUndefined(child), now)
    })
  }
}

const suffixes: Readonly<Record<Region, string>> = { 'eu-west-1': 'EU', 'us-east-1': 'US', 'ap-southeast-1': 'JP' }

function hash(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits).toUpperCase()
}

function withoutUndefined<T extends object>(value: T): T {
  // Only keys whose value is undefined are left out, which an optional key may be anyway.
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T
}
