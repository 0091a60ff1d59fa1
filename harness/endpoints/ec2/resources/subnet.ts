import type { FilterValue } from '../filters.ts'
import { zonesOf } from '../regions.ts'
import { resourceKind } from '../resource.ts'
import type { Region } from '../store.ts'
import { tagSet, tagsOf } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'
import type { CidrAssociation } from './cidr-association.ts'
import { cidrStatesOf, presentOf, subnetIpv6AssociationView } from './cidr-association.ts'
import type { Cidr } from './cidr.ts'
import { cidrOf, cidrText, usableHosts } from './cidr.ts'
import { TakenAddresses } from './taken-addresses.ts'
import { defaultVpc } from './vpc.ts'

export interface Subnet {
  readonly id: string
  readonly vpcId: string
  /** In canonical form: without host bits. */
  readonly cidr: string
  readonly block: Cidr
  readonly zone: string
  readonly zoneId: string
  readonly isDefault: boolean
  mapPublicIpOnLaunch: boolean
  assignIpv6AddressOnCreation: boolean
  ipv6Associations: CidrAssociation[]
  readonly ipv6Native: boolean
  enableDns64: boolean
  mapCustomerOwnedIpOnLaunch: boolean
  customerOwnedIpv4Pool: string | undefined
  enableLniAtDeviceIndex: number | undefined
  readonly outpostArn: string | undefined
  readonly privateDnsNameOptionsOnLaunch: {
    hostnameType: 'ip-name' | 'resource-name'
    enableResourceNameDnsARecord: boolean
    enableResourceNameDnsAAAARecord: boolean
  }
  readonly taken: TakenAddresses
}

export const subnets = resourceKind<Subnet>({
  name: 'subnet',
  prefix: 'subnet',
  notFound: 'InvalidSubnetID.NotFound',
  initial(region) {
    const vpc = defaultVpc(region)
    if (vpc === undefined) return []
    return zonesOf(region.name, region.world.seed).map(({ name }, index) =>
      newSubnet(region, { vpcId: vpc.id, cidr: `172.31.${index * 16}.0/20`, zone: name, isDefault: true }),
    )
  },
})

/** A subnet that is not stored yet. */
export function newSubnet(
  region: Region,
  given: Pick<Subnet, 'vpcId' | 'cidr' | 'zone' | 'isDefault'> &
    Partial<Pick<Subnet, 'zoneId' | 'ipv6Associations' | 'ipv6Native' | 'outpostArn'>>,
): Subnet {
  const block = cidrOf(given.cidr)
  return {
    id: `subnet-0${region.ids.hex('subnet', 16)}`,
    vpcId: given.vpcId,
    cidr: cidrText(block),
    block,
    zone: given.zone,
    zoneId: given.zoneId ?? zonesOf(region.name, region.world.seed).find(({ name }) => name === given.zone)?.id ?? '',
    isDefault: given.isDefault,
    mapPublicIpOnLaunch: given.isDefault,
    assignIpv6AddressOnCreation: false,
    ipv6Associations: given.ipv6Associations ?? [],
    ipv6Native: given.ipv6Native ?? false,
    enableDns64: false,
    mapCustomerOwnedIpOnLaunch: false,
    customerOwnedIpv4Pool: undefined,
    enableLniAtDeviceIndex: undefined,
    outpostArn: given.outpostArn,
    privateDnsNameOptionsOnLaunch: {
      hostnameType: 'ip-name',
      enableResourceNameDnsARecord: false,
      enableResourceNameDnsAAAARecord: false,
    },
    taken: new TakenAddresses(),
  }
}

/** How many addresses are left: AWS keeps five of each subnet to itself. */
export function freeAddresses({ block, taken }: Subnet): number {
  return usableHosts(block) - taken.size
}

/** The subnet that a launch without one goes to: the default one of the zone, or of the first zone. */
export function defaultSubnet(region: Region, zone?: string): Subnet | undefined {
  for (const subnet of region.of(subnets).everything()) {
    if (subnet.isDefault && (zone === undefined || subnet.zone === zone)) return subnet
  }
  return undefined
}

export function subnetsOf(vpcId: string, region: Region): Subnet[] {
  return [...region.of(subnets).everything()].filter((subnet) => subnet.vpcId === vpcId)
}

export function subnetArn(id: string, region: Region): string {
  return `arn:aws:ec2:${region.name}:${region.accountId}:subnet/${id}`
}

/** `made` writes it as the answer of what made it, which names no tags where a description says nothing. */
export function subnetView(subnet: Subnet, region: Region, made = false): Xml {
  return {
    subnetId: subnet.id,
    subnetArn: subnetArn(subnet.id, region),
    state: 'available',
    ownerId: region.accountId,
    vpcId: subnet.vpcId,
    cidrBlock: subnet.cidr,
    ipv6CidrBlockAssociationSet: presentOf(subnet.ipv6Associations, region).map((each) =>
      subnetIpv6AssociationView(each, region),
    ),
    availableIpAddressCount: freeAddresses(subnet),
    availabilityZone: subnet.zone,
    availabilityZoneId: subnet.zoneId,
    defaultForAz: subnet.isDefault,
    mapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
    enableLniAtDeviceIndex: subnet.enableLniAtDeviceIndex,
    mapCustomerOwnedIpOnLaunch: subnet.mapCustomerOwnedIpOnLaunch,
    customerOwnedIpv4Pool: subnet.customerOwnedIpv4Pool,
    outpostArn: subnet.outpostArn,
    assignIpv6AddressOnCreation: subnet.assignIpv6AddressOnCreation,
    tagSet: made ? tagSet(region, subnet.id) : tagsOf(region, subnet.id),
    enableDns64: subnet.enableDns64,
    ipv6Native: subnet.ipv6Native,
    privateDnsNameOptionsOnLaunch: subnet.privateDnsNameOptionsOnLaunch,
  }
}

type Reader = (subnet: Subnet, region: Region) => FilterValue

const zone: Reader = (subnet) => subnet.zone
const zoneId: Reader = (subnet) => subnet.zoneId
const cidr: Reader = (subnet) => subnet.cidr
const isDefault: Reader = (subnet) => subnet.isDefault
const dnsOptions =
  (read: (options: Subnet['privateDnsNameOptionsOnLaunch']) => FilterValue): Reader =>
  (subnet) =>
    read(subnet.privateDnsNameOptionsOnLaunch)

/** Some of them the API reference has under several names. */
export const subnetFilters: Readonly<Record<string, Reader>> = {
  'availability-zone': zone,
  availabilityZone: zone,
  'availability-zone-id': zoneId,
  availabilityZoneId: zoneId,
  'available-ip-address-count': (subnet) => freeAddresses(subnet),
  'cidr-block': cidr,
  cidr,
  cidrBlock: cidr,
  'customer-owned-ipv4-pool': ({ customerOwnedIpv4Pool }) => customerOwnedIpv4Pool,
  'default-for-az': isDefault,
  defaultForAz: isDefault,
  'enable-dns64': ({ enableDns64 }) => enableDns64,
  'enable-lni-at-device-index': ({ enableLniAtDeviceIndex }) => enableLniAtDeviceIndex,
  'ipv6-cidr-block-association.association-id': ({ ipv6Associations }, region) =>
    presentOf(ipv6Associations, region).map(({ associationId }) => associationId),
  'ipv6-cidr-block-association.ipv6-cidr-block': ({ ipv6Associations }, region) =>
    presentOf(ipv6Associations, region).map((each) => each.cidr),
  'ipv6-cidr-block-association.state': ({ ipv6Associations }, region) => cidrStatesOf(ipv6Associations, region),
  'ipv6-native': ({ ipv6Native }) => ipv6Native,
  'map-customer-owned-ip-on-launch': ({ mapCustomerOwnedIpOnLaunch }) => mapCustomerOwnedIpOnLaunch,
  'map-public-ip-on-launch': ({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch,
  'outpost-arn': ({ outpostArn }) => outpostArn,
  'owner-id': (_, region) => region.accountId,
  'private-dns-name-options-on-launch.hostname-type': dnsOptions(({ hostnameType }) => hostnameType),
  'private-dns-name-options-on-launch.enable-resource-name-dns-a-record': dnsOptions(
    ({ enableResourceNameDnsARecord }) => enableResourceNameDnsARecord,
  ),
  'private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record': dnsOptions(
    ({ enableResourceNameDnsAAAARecord }) => enableResourceNameDnsAAAARecord,
  ),
  state: () => 'available',
  'subnet-arn': ({ id }, region) => subnetArn(id, region),
  'subnet-id': ({ id }) => id,
  'vpc-id': ({ vpcId }) => vpcId,
}
