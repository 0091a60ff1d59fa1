import { zonesOf } from '../regions.ts'
import type { Region } from '../store.ts'
import { resourceKind } from '../store.ts'
import { cidrOf, usableHosts } from './cidr.ts'
import { defaultVpc } from './vpc.ts'

export interface Subnet {
  readonly id: string
  readonly vpcId: string
  readonly cidr: string
  readonly zone: string
  readonly isDefault: boolean
  mapPublicIpOnLaunch: boolean
  assignIpv6AddressOnCreation: boolean
  ipv6Associations: { readonly associationId: string; readonly cidr: string; state: string }[]
  enableDns64: boolean
  mapCustomerOwnedIpOnLaunch: boolean
  privateDnsNameOptionsOnLaunch: {
    hostnameType: 'ip-name' | 'resource-name'
    enableResourceNameDnsARecord: boolean
    enableResourceNameDnsAAAARecord: boolean
  }
  /** Addresses in use, as numbers. */
  readonly taken: Set<number>
}

export const subnets = resourceKind<Subnet>({
  name: 'subnet',
  prefix: 'subnet',
  notFound: 'InvalidSubnetID.NotFound',
  malformed: 'InvalidSubnetID.Malformed',
  initial(region) {
    const vpc = defaultVpc(region)
    if (vpc === undefined) return []
    return zonesOf(region.name, region.world.seed).map(({ name }, index) =>
      newSubnet(region, { vpcId: vpc.id, cidr: `172.31.${index * 16}.0/20`, zone: name, isDefault: true }),
    )
  },
})

/** A subnet that is not stored yet. */
export function newSubnet(region: Region, given: Pick<Subnet, 'vpcId' | 'cidr' | 'zone' | 'isDefault'>): Subnet {
  return {
    id: `subnet-0${region.ids.hex('subnet', 16)}`,
    ...given,
    mapPublicIpOnLaunch: given.isDefault,
    assignIpv6AddressOnCreation: false,
    ipv6Associations: [],
    enableDns64: false,
    mapCustomerOwnedIpOnLaunch: false,
    privateDnsNameOptionsOnLaunch: {
      hostnameType: 'ip-name',
      enableResourceNameDnsARecord: false,
      enableResourceNameDnsAAAARecord: false,
    },
    taken: new Set(),
  }
}

/** How many addresses are left: AWS keeps five of each subnet to itself. */
export function freeAddresses({ cidr, taken }: Subnet): number {
  return usableHosts(cidrOf(cidr)) - taken.size
}

/** The subnet that a launch without one goes to: the default one of the zone, or of the first zone. */
export function defaultSubnet(region: Region, zone?: string): Subnet | undefined {
  for (const subnet of region.of(subnets).everything()) {
    if (subnet.isDefault && (zone === undefined || subnet.zone === zone)) return subnet
  }
  return undefined
}
