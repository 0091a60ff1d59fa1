import { Ec2Error, ec2Error } from '../errors.ts'
import type { FilterValue } from '../filters.ts'
import { resourceKind } from '../resource.ts'
import type { Region } from '../store.ts'
import { tagsOf } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'
import { networkInterfaces } from './network-interface.ts'

export interface Address {
  /** `eipalloc-...` */
  readonly id: string
  readonly publicIp: string
  readonly domain: 'vpc' | 'standard'
  association: { readonly associationId: string; readonly interfaceId: string; readonly privateIp: string } | undefined
  /** The name that a look-up of the address gives. */
  ptrRecord?: string | undefined
}

export const addresses = resourceKind<Address>({
  name: 'elastic-ip',
  prefix: 'eipalloc',
  notFound: 'InvalidAllocationID.NotFound',
})

/** The instance whose interface it is associated with. */
export function instanceOfAddress({ association }: Address, region: Region): string | undefined {
  return association && region.of(networkInterfaces).get(association.interfaceId)?.attachment?.instanceId
}

/**
 * The address that a request names by its allocation, or by the address itself.
 *
 * @throws Ec2Error MissingParameter, InvalidAllocationID.NotFound, InvalidAddress.NotFound
 */
export function demandAddress(
  region: Region,
  {
    AllocationId: id,
    PublicIp: ip,
  }: { readonly AllocationId: string | undefined; readonly PublicIp: string | undefined },
): Address {
  if (id !== undefined) return region.of(addresses).demand(id)
  if (ip === undefined) throw expected('PublicIp/AllocationId')
  for (const address of region.of(addresses).everything()) if (address.publicIp === ip) return address
  throw ec2Error('InvalidAddress.NotFound', ip)
}

/** MissingParameter as the operations on addresses say it. */
export function expected(names: string): Ec2Error {
  return new Ec2Error('MissingParameter', 400, `Invalid request, expect ${names} parameter.`)
}

export function addressView(address: Address, region: Region): Xml {
  const { association } = address
  return {
    publicIp: address.publicIp,
    allocationId: address.id,
    domain: address.domain,
    instanceId: instanceOfAddress(address, region) ?? '',
    associationId: association?.associationId,
    networkInterfaceId: association?.interfaceId ?? '',
    networkInterfaceOwnerId: association === undefined ? undefined : region.accountId,
    privateIpAddress: association?.privateIp,
    tagSet: tagsOf(region, address.id),
    publicIpv4Pool: 'amazon',
    networkBorderGroup: region.name,
  }
}

export function addressAttributeView({ publicIp, id, ptrRecord }: Address): Xml {
  return { publicIp, allocationId: id, ptrRecord }
}

export const addressFilters: Readonly<Record<string, (address: Address, region: Region) => FilterValue>> = {
  'allocation-id': ({ id }) => id,
  'association-id': ({ association }) => association?.associationId,
  // No longer in the reference, but understood.
  domain: ({ domain }) => domain,
  'instance-id': instanceOfAddress,
  'network-border-group': (_, region) => region.name,
  'network-interface-id': ({ association }) => association?.interfaceId,
  'network-interface-owner-id': ({ association }, region) => (association === undefined ? undefined : region.accountId),
  'private-ip-address': ({ association }) => association?.privateIp,
  'public-ip': ({ publicIp }) => publicIp,
}
