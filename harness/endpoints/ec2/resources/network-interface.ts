import { ec2Error } from '../errors.ts'
import { resourceKind } from '../resource.ts'
import type { Region } from '../store.ts'
import { ipv4Text, parseIpv4, sizeOf } from './cidr.ts'
import type { Subnet } from './subnet.ts'

export interface InterfaceAttachment {
  readonly attachmentId: string
  readonly instanceId: string
  readonly deviceIndex: number
  readonly attachTime: Date
  deleteOnTermination: boolean
}

export interface NetworkInterface {
  readonly id: string
  readonly subnetId: string
  readonly vpcId: string
  readonly zone: string
  readonly mac: string
  description: string
  /** The first is the primary one. */
  readonly privateIps: string[]
  readonly ipv6: string[]
  groupIds: string[]
  sourceDestCheck: boolean
  readonly requesterManaged: boolean
  readonly interfaceType: string
  attachment: InterfaceAttachment | undefined
  /** Of a launch, not an elastic address; gone when the instance stops. */
  publicIp: string | undefined
}

export const networkInterfaces = resourceKind<NetworkInterface>({
  name: 'network-interface',
  prefix: 'eni',
  notFound: 'InvalidNetworkInterfaceID.NotFound',
  malformed: 'InvalidNetworkInterfaceId.Malformed',
})

/**
 * An address of the subnet, the wanted one or the next that is free; from then on it is taken. `anywhere` takes a wanted one
 * outside the subnet too.
 *
 * @throws Ec2Error InvalidParameterValue outside the subnet, InvalidIPAddress.InUse, InsufficientFreeAddressesInSubnet
 */
export function takeAddress(subnet: Subnet, wanted?: string, anywhere = false): string {
  const { first } = subnet.block
  // The first four and the last are the service's own.
  const [lowest, highest] = [first + 4, first + sizeOf(subnet.block) - 2]
  if (wanted !== undefined) {
    const number = parseIpv4(wanted)
    if (number === undefined)
      throw ec2Error('InvalidParameterValue', `Value (${wanted}) for parameter privateIpAddress is invalid.`)
    if (!anywhere && (number < lowest || number > highest)) {
      throw ec2Error('InvalidParameterValue', `Address ${wanted} does not fall within the subnet's address range`)
    }
    if (subnet.taken.has(number)) throw ec2Error('InvalidIPAddress.InUse', wanted)
    subnet.taken.add(number)
    return wanted
  }
  const next = subnet.taken.takeNext(lowest, highest)
  if (next === undefined) throw ec2Error('InsufficientFreeAddressesInSubnet', subnet.id)
  return ipv4Text(next)
}

export function releaseAddress(subnet: Subnet | undefined, address: string): void {
  const number = parseIpv4(address)
  if (number !== undefined) subnet?.taken.delete(number)
}

/** An interface in a subnet, stored. */
export function addInterface(
  region: Region,
  subnet: Subnet,
  given: { readonly groupIds: readonly string[] } & Partial<
    Pick<NetworkInterface, 'description' | 'privateIps' | 'interfaceType'>
  >,
): NetworkInterface {
  const interfaces = region.of(networkInterfaces)
  const hex = region.ids.hex('mac', 10)
  return interfaces.add({
    id: interfaces.newId(),
    subnetId: subnet.id,
    vpcId: subnet.vpcId,
    zone: subnet.zone,
    // 02: locally administered, unicast (IEEE 802).
    mac: `02:${hex.match(/../g)?.join(':') ?? ''}`,
    description: given.description ?? '',
    privateIps: given.privateIps ?? [takeAddress(subnet)],
    ipv6: [],
    groupIds: [...given.groupIds],
    sourceDestCheck: true,
    requesterManaged: false,
    interfaceType: given.interfaceType ?? 'interface',
    attachment: undefined,
    publicIp: undefined,
  })
}

/** `ip-10-0-0-5.eu-west-1.compute.internal`; us-east-1 is older than the rule. */
export function privateDnsName(region: string, address: string): string {
  const suffix = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`
  return `ip-${address.replaceAll('.', '-')}.${suffix}`
}

export function publicDnsName(region: string, address: string): string {
  const suffix = region === 'us-east-1' ? 'compute-1.amazonaws.com' : `${region}.compute.amazonaws.com`
  return `ec2-${address.replaceAll('.', '-')}.${suffix}`
}

/** An address for the outside that no other region gives: of 198.18.0.0/15, which RFC 2544 keeps for benchmarks. */
export function newPublicAddress(region: Region): string {
  return ipv4Text(firstPublic + region.world.ids.count('public-ip'))
}

const firstPublic = 198 * 2 ** 24 + 18 * 2 ** 16
