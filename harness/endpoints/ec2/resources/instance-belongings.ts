import type { Region } from '../store.ts'
import { addresses } from './address.ts'
import type { Instance } from './instance.ts'
import type { NetworkInterface } from './network-interface.ts'
import { networkInterfaces } from './network-interface.ts'
import type { VolumeAttachment } from './volume.ts'
import { attachmentsOf, volumes } from './volume.ts'

/** What belongs to instances, by their ids: made once for a call that looks at many of them. */
interface Belongings {
  readonly interfaces: ReadonlyMap<string, NetworkInterface[]>
  readonly devices: ReadonlyMap<string, MappedDevice[]>
  /** By the id of the interface. */
  readonly elasticIps: ReadonlyMap<string, ElasticIp[]>
}

export interface MappedDevice {
  readonly volumeId: string
  readonly attachment: VolumeAttachment
}

interface ElasticIp {
  readonly allocationId: string
  readonly associationId: string
  readonly publicIp: string
  readonly privateIp: string
}

const known = new WeakMap<Region, Belongings>()

/**
 * Looks at many instances, each once, without going through every volume, interface and address for each of them. What
 * `look` attaches, detaches or associates is not seen before it is over.
 */
export function lookingAtMany<T>(region: Region, look: () => T): T {
  known.set(region, belongings(region))
  try {
    return look()
  } finally {
    known.delete(region)
  }
}

function belongings(region: Region): Belongings {
  const interfaces = new Map<string, NetworkInterface[]>()
  for (const nic of region.of(networkInterfaces).everything()) {
    if (nic.attachment !== undefined) push(interfaces, nic.attachment.instanceId, nic)
  }
  for (const own of interfaces.values()) own.sort(byDevice)
  const devices = new Map<string, MappedDevice[]>()
  for (const [instanceId, device] of mappedDevices(region)) push(devices, instanceId, device)
  const elasticIps = new Map<string, ElasticIp[]>()
  for (const [interfaceId, address] of associatedAddresses(region)) push(elasticIps, interfaceId, address)
  return { interfaces, devices, elasticIps }
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}

function byDevice(a: NetworkInterface, b: NetworkInterface): number {
  return (a.attachment?.deviceIndex ?? 0) - (b.attachment?.deviceIndex ?? 0)
}

function* mappedDevices(region: Region): Generator<readonly [instanceId: string, device: MappedDevice]> {
  for (const volume of region.of(volumes).everything()) {
    if (volume.attachments.length === 0) continue
    for (const attachment of attachmentsOf(volume, region)) {
      yield [attachment.instanceId, { volumeId: volume.id, attachment }]
    }
  }
}

function* associatedAddresses(region: Region): Generator<readonly [interfaceId: string, address: ElasticIp]> {
  for (const { id, association, publicIp } of region.of(addresses).everything()) {
    if (association === undefined) continue
    const { associationId, interfaceId, privateIp } = association
    yield [interfaceId, { allocationId: id, associationId, publicIp, privateIp }]
  }
}

/** Its interfaces, the primary one first. */
export function interfacesOf({ id }: Instance, region: Region): readonly NetworkInterface[] {
  const index = known.get(region)
  if (index !== undefined) return index.interfaces.get(id) ?? []
  const own = [...region.of(networkInterfaces).everything()].filter(({ attachment }) => attachment?.instanceId === id)
  return own.toSorted(byDevice)
}

/** Its volumes, in the order in which they were made. */
export function devicesOf({ id }: Instance, region: Region): readonly MappedDevice[] {
  const index = known.get(region)
  if (index !== undefined) return index.devices.get(id) ?? []
  return [...mappedDevices(region)].flatMap(([instanceId, device]) => (instanceId === id ? [device] : []))
}

/** The elastic address behind one of its private addresses. */
export function elasticIpOf(
  nic: NetworkInterface,
  region: Region,
  privateIp: string | undefined = nic.privateIps[0],
): ElasticIp | undefined {
  return elasticIpsOf(nic, region).find((address) => address.privateIp === privateIp)
}

/** The elastic addresses behind all of them. */
export function elasticIpsOf({ id }: NetworkInterface, region: Region): readonly ElasticIp[] {
  const index = known.get(region)
  if (index !== undefined) return index.elasticIps.get(id) ?? []
  return [...associatedAddresses(region)].flatMap(([interfaceId, address]) => (interfaceId === id ? [address] : []))
}

/** The address that the outside sees: an elastic one before that of the launch. */
export function publicAddressOf(nic: NetworkInterface | undefined, region: Region): string | undefined {
  return nic === undefined ? undefined : (elasticIpOf(nic, region)?.publicIp ?? nic.publicIp)
}
