import type { Region } from '../store.ts'
import { resourceKind } from '../store.ts'

export interface CidrAssociation {
  readonly associationId: string
  readonly cidr: string
  state: 'associated' | 'disassociated'
}

export interface Vpc {
  readonly id: string
  readonly cidr: string
  readonly cidrAssociations: CidrAssociation[]
  readonly ipv6Associations: CidrAssociation[]
  readonly isDefault: boolean
  tenancy: 'default' | 'dedicated' | 'host'
  /** `default` when none is associated. */
  dhcpOptionsId: string
  enableDnsSupport: boolean
  enableDnsHostnames: boolean
  enableNetworkAddressUsageMetrics: boolean
}

export const vpcs = resourceKind<Vpc>({
  name: 'vpc',
  prefix: 'vpc',
  notFound: 'InvalidVpcID.NotFound',
  malformed: 'InvalidVpcID.Malformed',
  initial: (region) => (region.world.seed.defaultVpc ? [newVpc(region, defaultVpcCidr, true)] : []),
})

/** Every account has a VPC of this range in every region (VPC User Guide, "Default VPCs"). */
const defaultVpcCidr = '172.31.0.0/16'

/** A VPC that is not stored yet. */
export function newVpc(region: Region, cidr: string, isDefault = false): Vpc {
  const associationId = `vpc-cidr-assoc-0${region.ids.hex('vpc-cidr-assoc', 16)}`
  return {
    // During `initial` the collection is being made: ids come from the region itself.
    id: `vpc-0${region.ids.hex('vpc', 16)}`,
    cidr,
    cidrAssociations: [{ associationId, cidr, state: 'associated' }],
    ipv6Associations: [],
    isDefault,
    tenancy: 'default',
    dhcpOptionsId: 'default',
    enableDnsSupport: true,
    enableDnsHostnames: isDefault,
    enableNetworkAddressUsageMetrics: false,
  }
}

export function defaultVpc(region: Region): Vpc | undefined {
  for (const vpc of region.of(vpcs).everything()) if (vpc.isDefault) return vpc
  return undefined
}
