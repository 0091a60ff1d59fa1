import type { Region } from '../store.ts'
import type { Xml } from '../wire/xml.ts'
import type { Lifecycle } from './lifecycle.ts'
import { stateOf } from './lifecycle.ts'

export type CidrState = 'associating' | 'associated' | 'disassociating' | 'disassociated'

/** A block of addresses, of either family, that a VPC or a subnet has. */
export interface CidrAssociation {
  readonly associationId: string
  readonly cidr: string
  life: Lifecycle<CidrState>
}

/** Those that are still there: one that has finished leaving is not. */
export function presentOf(associations: readonly CidrAssociation[], region: Region): CidrAssociation[] {
  return associations.filter(({ life }) => stateOf(region, life) !== 'disassociated')
}

export function cidrStatesOf(associations: readonly CidrAssociation[], region: Region): CidrState[] {
  return presentOf(associations, region).map(({ life }) => stateOf(region, life))
}

export function cidrAssociationView({ associationId, cidr, life }: CidrAssociation, region: Region): Xml {
  return { associationId, cidrBlock: cidr, cidrBlockState: { state: stateOf(region, life) } }
}

/** Of a VPC's IPv6 block. */
export function ipv6AssociationView(association: CidrAssociation, region: Region): Xml {
  return {
    ...subnetIpv6AssociationView(association, region),
    networkBorderGroup: region.name,
    ipv6Pool: 'Amazon',
    ipv6AddressAttribute: 'public',
    ipSource: 'amazon',
  }
}

export function subnetIpv6AssociationView(
  { associationId, cidr, life }: CidrAssociation,
  region: Region,
): Readonly<Record<string, Xml>> {
  return { associationId, ipv6CidrBlock: cidr, ipv6CidrBlockState: { state: stateOf(region, life) } }
}
