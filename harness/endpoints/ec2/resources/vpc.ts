import type { FilterValue } from '../filters.ts'
import { resourceKind } from '../resource.ts'
import type { Region } from '../store.ts'
import { tagSet, tagsOf } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'
import type { CidrAssociation } from './cidr-association.ts'
import { cidrAssociationView, cidrStatesOf, ipv6AssociationView, presentOf } from './cidr-association.ts'
import { cidrOf, cidrText } from './cidr.ts'
import { defaultDhcpOptionsId } from './dhcp-options.ts'
import type { Lifecycle } from './lifecycle.ts'
import { going, settled, stateOf } from './lifecycle.ts'

export interface Vpc {
  readonly id: string
  /** In canonical form: without host bits. */
  readonly cidr: string
  /** As it was asked for: people filter with it. */
  readonly givenCidr: string
  life: Lifecycle<'pending' | 'available'>
  /** The first is the primary one. */
  cidrAssociations: CidrAssociation[]
  ipv6Associations: CidrAssociation[]
  readonly isDefault: boolean
  tenancy: 'default' | 'dedicated' | 'host'
  dhcpOptionsId: string
  enableDnsSupport: boolean
  enableDnsHostnames: boolean
  enableNetworkAddressUsageMetrics: boolean
}

export const vpcs = resourceKind<Vpc>({
  name: 'vpc',
  prefix: 'vpc',
  notFound: 'InvalidVpcID.NotFound',
  initial: (region) =>
    region.world.seed.defaultVpc ? [{ ...newVpc(region, defaultVpcCidr, true), life: settled('available') }] : [],
})

/** Every account has a VPC of this range in every region (VPC User Guide, "Default VPCs"). */
export const defaultVpcCidr = '172.31.0.0/16'

/** A VPC that is not stored yet. */
export function newVpc(region: Region, given: string, isDefault = false): Vpc {
  const cidr = cidrText(cidrOf(given))
  return {
    // During `initial` the collection is being made: ids come from the region itself.
    id: `vpc-0${region.ids.hex('vpc', 16)}`,
    cidr,
    givenCidr: given,
    life: going(region, 'pending', 'available', 'vpc', 1_000),
    cidrAssociations: [{ associationId: newVpcCidrId(region), cidr, life: settled('associated') }],
    ipv6Associations: [],
    isDefault,
    tenancy: 'default',
    dhcpOptionsId: defaultDhcpOptionsId(region),
    enableDnsSupport: true,
    enableDnsHostnames: isDefault,
    enableNetworkAddressUsageMetrics: false,
  }
}

export function newVpcCidrId(region: Region): string {
  return `vpc-cidr-assoc-0${region.ids.hex('vpc-cidr-assoc', 16)}`
}

/** A block of 2001:db8::/32, which RFC 3849 keeps for documentation; no two VPCs get the same. */
export function newIpv6Block(region: Region): string {
  const count = region.world.ids.count('ipv6-block')
  return `2001:db8:${((count >> 8) + 0x1000).toString(16)}:${((count & 0xff) << 8).toString(16)}::/56`
}

export function defaultVpc(region: Region): Vpc | undefined {
  for (const vpc of region.of(vpcs).everything()) if (vpc.isDefault) return vpc
  return undefined
}

/** `made` writes it as the answer of what made it, which names no tags where a description says nothing. */
export function vpcView(vpc: Vpc, region: Region, made = false): Xml {
  return {
    vpcId: vpc.id,
    ownerId: region.accountId,
    state: stateOf(region, vpc.life),
    cidrBlock: vpc.cidr,
    cidrBlockAssociationSet: presentOf(vpc.cidrAssociations, region).map((each) => cidrAssociationView(each, region)),
    ipv6CidrBlockAssociationSet: presentOf(vpc.ipv6Associations, region).map((each) =>
      ipv6AssociationView(each, region),
    ),
    dhcpOptionsId: vpc.dhcpOptionsId,
    tagSet: made ? tagSet(region, vpc.id) : tagsOf(region, vpc.id),
    instanceTenancy: vpc.tenancy,
    isDefault: vpc.isDefault,
  }
}

type Reader = (vpc: Vpc, region: Region) => FilterValue

const ofBlocks =
  (read: (association: CidrAssociation) => string): Reader =>
  ({ cidrAssociations }, region) =>
    presentOf(cidrAssociations, region).map(read)
const ofIpv6Blocks =
  (read: (association: CidrAssociation) => string): Reader =>
  ({ ipv6Associations }, region) =>
    presentOf(ipv6Associations, region).map(read)

const cidr: Reader = (vpc) => [vpc.cidr, vpc.givenCidr]
const dhcp: Reader = ({ dhcpOptionsId }) => dhcpOptionsId
const isDefault: Reader = (vpc) => vpc.isDefault

export const vpcFilters: Readonly<Record<string, Reader>> = {
  cidr,
  'cidr-block': cidr,
  cidrBlock: cidr,
  'cidr-block-association.association-id': ofBlocks(({ associationId }) => associationId),
  'cidr-block-association.cidr-block': ofBlocks((each) => each.cidr),
  'cidr-block-association.state': ({ cidrAssociations }, region) => cidrStatesOf(cidrAssociations, region),
  'dhcp-options-id': dhcp,
  dhcpOptionsId: dhcp,
  'ipv6-cidr-block-association.association-id': ofIpv6Blocks(({ associationId }) => associationId),
  'ipv6-cidr-block-association.ipv6-cidr-block': ofIpv6Blocks((each) => each.cidr),
  'ipv6-cidr-block-association.ipv6-pool': ofIpv6Blocks(() => 'Amazon'),
  'ipv6-cidr-block-association.state': ({ ipv6Associations }, region) => cidrStatesOf(ipv6Associations, region),
  'is-default': isDefault,
  isDefault,
  'owner-id': (_, region) => region.accountId,
  state: ({ life }, region) => stateOf(region, life),
  'vpc-id': ({ id }) => id,
}
