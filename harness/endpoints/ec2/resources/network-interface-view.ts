import type { FilterValue } from '../filters.ts'
import type { Region } from '../store.ts'
import { tagSet } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'
import type { Address } from './address.ts'
import { addresses } from './address.ts'
import { elasticIpsOf } from './instance-belongings.ts'
import type { NetworkInterface } from './network-interface.ts'
import { privateDnsName, publicDnsName } from './network-interface.ts'
import { groupItems, securityGroups } from './security-group.ts'
import { subnets } from './subnet.ts'
import { vpcs } from './vpc.ts'

/** Elastic addresses by the interface that they are associated with: looked up once for a whole description. */
export type Elastic = ReadonlyMap<string, readonly Address[]>

export function elasticOf(region: Region): Elastic {
  const elastic = new Map<string, Address[]>()
  for (const address of region.of(addresses).everything()) {
    if (address.association === undefined) continue
    const { interfaceId } = address.association
    const own = elastic.get(interfaceId)
    if (own === undefined) elastic.set(interfaceId, [address])
    else own.push(address)
  }
  return elastic
}

export function attachmentView({ attachment }: NetworkInterface, region: Region): Xml {
  if (attachment === undefined) return undefined
  return {
    attachmentId: attachment.attachmentId,
    instanceId: attachment.instanceId,
    instanceOwnerId: region.accountId,
    deviceIndex: attachment.deviceIndex,
    networkCardIndex: 0,
    status: 'attached',
    attachTime: attachment.attachTime,
    deleteOnTermination: attachment.deleteOnTermination,
  }
}

/** `made` writes it as the answer of what made it. */
export function networkInterfaceView(nic: NetworkInterface, region: Region, elastic: Elastic, made = false): Xml {
  const own = elastic.get(nic.id) ?? []
  // Hosts have names only where their VPC gives them.
  const named = region.of(vpcs).get(nic.vpcId)?.enableDnsHostnames === true
  const nameOf = (address: string): string | undefined => (named ? privateDnsName(region.name, address) : undefined)
  const outside = nic.privateIps.map((address, index) => associationView(nic, address, index === 0, own, region))
  return {
    networkInterfaceId: nic.id,
    subnetId: nic.subnetId,
    vpcId: nic.vpcId,
    availabilityZone: nic.zone,
    availabilityZoneId: region.of(subnets).get(nic.subnetId)?.zoneId,
    description: nic.description,
    ownerId: region.accountId,
    requesterManaged: nic.requesterManaged,
    status: statusOf(nic, made),
    macAddress: nic.mac,
    privateIpAddress: nic.privateIps[0],
    privateDnsName: nic.privateIps[0] === undefined ? undefined : nameOf(nic.privateIps[0]),
    sourceDestCheck: nic.sourceDestCheck,
    groupSet: groupItems(nic.groupIds, region),
    attachment: attachmentView(nic, region),
    association: outside[0],
    tagSet: tagSet(region, nic.id),
    privateIpAddressesSet: nic.privateIps.map((privateIpAddress, index) => ({
      privateIpAddress,
      privateDnsName: nameOf(privateIpAddress),
      primary: index === 0,
      association: outside[index],
    })),
    ipv6AddressesSet: nic.ipv6.map((ipv6Address) => ({ ipv6Address })),
    interfaceType: nic.interfaceType,
  }
}

function statusOf({ attachment }: NetworkInterface, made: boolean): string {
  if (attachment !== undefined) return 'in-use'
  return made ? 'pending' : 'available'
}

function associationView(
  nic: NetworkInterface,
  address: string,
  isPrimary: boolean,
  elastic: readonly Address[],
  region: Region,
): Xml {
  const found = elastic.find(({ association }) => association?.privateIp === address)
  const publicIp = found?.publicIp ?? (isPrimary ? nic.publicIp : undefined)
  if (publicIp === undefined) return undefined
  return {
    publicIp,
    publicDnsName: publicDnsName(region.name, publicIp),
    ipOwnerId: found === undefined ? 'amazon' : region.accountId,
    allocationId: found?.id,
    associationId: found?.association?.associationId,
  }
}

type Reader = (nic: NetworkInterface, region: Region) => FilterValue

const publicIps: Reader = (nic, region) => [nic.publicIp, ...elasticIpsOf(nic, region).map(({ publicIp }) => publicIp)]
const ipOwners: Reader = (nic, region) => [
  nic.publicIp === undefined ? undefined : 'amazon',
  elasticIpsOf(nic, region).length > 0 ? region.accountId : undefined,
]

export const networkInterfaceFilters: Readonly<Record<string, Reader>> = {
  'addresses.association.owner-id': ipOwners,
  'addresses.association.public-ip': publicIps,
  'addresses.primary': ({ privateIps }) => privateIps.map((_, index) => index === 0),
  'addresses.private-ip-address': ({ privateIps }) => privateIps,
  'association.allocation-id': (nic, region) => elasticIpsOf(nic, region).map(({ allocationId }) => allocationId),
  'association.association-id': (nic, region) => elasticIpsOf(nic, region).map(({ associationId }) => associationId),
  'association.ip-owner-id': ipOwners,
  'association.public-dns-name': (nic, region) =>
    [nic.publicIp, ...elasticIpsOf(nic, region).map(({ publicIp }) => publicIp)].map((each) =>
      each === undefined ? undefined : publicDnsName(region.name, each),
    ),
  'association.public-ip': publicIps,
  'attachment.attach-time': ({ attachment }) => attachment?.attachTime.toISOString(),
  'attachment.attachment-id': ({ attachment }) => attachment?.attachmentId,
  'attachment.delete-on-termination': ({ attachment }) => attachment?.deleteOnTermination,
  'attachment.device-index': ({ attachment }) => attachment?.deviceIndex,
  'attachment.instance-id': ({ attachment }) => attachment?.instanceId,
  'attachment.instance-owner-id': ({ attachment }, region) => (attachment === undefined ? undefined : region.accountId),
  'attachment.status': ({ attachment }) => (attachment === undefined ? undefined : 'attached'),
  'availability-zone': ({ zone }) => zone,
  'availability-zone-id': ({ subnetId }, region) => region.of(subnets).get(subnetId)?.zoneId,
  description: ({ description }) => description,
  'group-id': ({ groupIds }) => groupIds,
  'group-name': ({ groupIds }, region) => groupIds.map((id) => region.of(securityGroups).get(id)?.name),
  'interface-type': ({ interfaceType }) => interfaceType,
  'ipv6-addresses.ipv6-address': ({ ipv6 }) => ipv6,
  'mac-address': ({ mac }) => mac,
  'network-interface-id': ({ id }) => id,
  'operator.managed': () => false,
  'operator.principal': () => undefined,
  'owner-id': (_, region) => region.accountId,
  'private-dns-name': ({ privateIps, vpcId }, region) =>
    privateIps[0] === undefined || region.of(vpcs).get(vpcId)?.enableDnsHostnames !== true
      ? undefined
      : privateDnsName(region.name, privateIps[0]),
  'private-ip-address': ({ privateIps }) => privateIps,
  'requester-id': () => undefined,
  'requester-managed': ({ requesterManaged }) => requesterManaged,
  'source-dest-check': ({ sourceDestCheck }) => sourceDestCheck,
  status: (nic) => statusOf(nic, false),
  'subnet-id': ({ subnetId }) => subnetId,
  'vpc-id': ({ vpcId }) => vpcId,
}
