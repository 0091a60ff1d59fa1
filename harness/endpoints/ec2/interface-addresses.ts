import { ec2Error } from './errors.ts'
import { presentOf } from './resources/cidr-association.ts'
import { ipv6Text, parseCidr6, parseIpv6, within6 } from './resources/ipv6.ts'
import type { NetworkInterface } from './resources/network-interface.ts'
import { networkInterfaces, releaseAddress, takeAddress } from './resources/network-interface.ts'
import { defaultGroupOf, securityGroups } from './resources/security-group.ts'
import type { Subnet } from './resources/subnet.ts'
import type { Region } from './store.ts'

/**
 * The groups of an interface: those that a request names, else the default one of the VPC.
 *
 * @throws Ec2Error InvalidGroup.NotFound, InvalidParameterValue for a group of another VPC
 */
export function interfaceGroups(ids: readonly string[], vpcId: string, region: Region): string[] {
  if (ids.length === 0) {
    const standard = defaultGroupOf(region, vpcId)
    return standard === undefined ? [] : [standard.id]
  }
  const groups = region.of(securityGroups).demandAll(ids)
  const stranger = groups.find((group) => group.vpcId !== vpcId)
  if (stranger !== undefined && !region.world.lenient) {
    throw ec2Error(
      'InvalidParameterValue',
      `You have specified two resources that belong to different networks: ${stranger.id} and ${vpcId}.`,
    )
  }
  return groups.map(({ id }) => id)
}

/**
 * Addresses of a subnet: those that are wanted, undefined for any, and so many more. All of them, or none and an error.
 * For a suite that was written for moto, wanted ones may lie outside the subnet.
 *
 * @throws Ec2Error as `takeAddress`
 */
export function takeAddresses(
  subnet: Subnet,
  wanted: readonly (string | undefined)[],
  more: number,
  region: Region,
): string[] {
  const taken: string[] = []
  try {
    for (const address of wanted) taken.push(takeAddress(subnet, address, region.world.lenient))
    for (let count = 0; count < more; count++) taken.push(takeAddress(subnet))
  } catch (error) {
    for (const address of taken) releaseAddress(subnet, address)
    throw error
  }
  return taken
}

/** How many IPv6 addresses there will be besides the named ones: as many as were asked for, else what the subnet wants. */
export function moreIpv6(subnet: Subnet, named: number, asked: number | undefined, region: Region): number {
  const automatic =
    named === 0 && subnet.assignIpv6AddressOnCreation && presentOf(subnet.ipv6Associations, region).length > 0
  return asked ?? (automatic ? 1 : 0)
}

/**
 * IPv6 addresses of the subnet's block: those wanted, and so many more.
 *
 * @throws Ec2Error InvalidParameterValue where the subnet has no block or the address is not in it
 */
export function takeIpv6Addresses(subnet: Subnet, wanted: readonly string[], count: number, region: Region): string[] {
  if (wanted.length === 0 && count === 0) return []
  const [block] = presentOf(subnet.ipv6Associations, region)
  const taken = new Set<string>()
  for (const { subnetId, ipv6 } of region.of(networkInterfaces).everything()) {
    if (subnetId === subnet.id) for (const address of ipv6) taken.add(address)
  }
  for (const address of wanted) {
    const inside = block !== undefined && parseIpv6(address) !== undefined && within6(block.cidr, `${address}/128`)
    if (!inside && !(region.world.lenient && parseIpv6(address) !== undefined)) {
      throw ec2Error('InvalidParameterValue', `Address ${address} does not fall within the subnet's IPv6 CIDR blocks`)
    }
    if (taken.has(address)) throw ec2Error('InvalidIPAddress.InUse', address)
    taken.add(address)
  }
  if (count === 0) return [...wanted]
  const range = block === undefined ? undefined : parseCidr6(block.cidr)
  if (range === undefined) {
    throw ec2Error('InvalidParameterValue', `Subnet ${subnet.id} does not have an associated IPv6 CIDR block`)
  }
  const more: string[] = []
  // The first addresses of a subnet are the service's own.
  for (let next = range.first + 0x10n; more.length < count; next++) {
    const address = ipv6Text(next)
    if (!taken.has(address)) more.push(address)
  }
  return [...wanted, ...more]
}

/** Of which interface an address of the subnet is. */
export function ownerOf(address: string, subnetId: string, region: Region): NetworkInterface | undefined {
  for (const nic of region.of(networkInterfaces).everything()) {
    if (nic.subnetId === subnetId && nic.privateIps.includes(address)) return nic
  }
  return undefined
}
