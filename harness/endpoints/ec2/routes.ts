import { ec2Error } from './errors.ts'
import { blockOf } from './networks.ts'
import type { Values } from './parameters.ts'
import { text } from './parameters.ts'
import { prefixListId } from './prefix-list-id.ts'
import { cidrText } from './resources/cidr.ts'
import { instances } from './resources/instance.ts'
import { internetGateways } from './resources/internet-gateway.ts'
import { cidr6Text, parseCidr6 } from './resources/ipv6.ts'
import { networkInterfaces } from './resources/network-interface.ts'
import type { Route, RouteTable, RouteTarget } from './resources/route-table.ts'
import type { Region } from './store.ts'

export const destinationParameters = {
  DestinationCidrBlock: text(),
  DestinationIpv6CidrBlock: text(),
  DestinationPrefixListId: text(),
} as const

export const targetParameters = {
  GatewayId: text(),
  InstanceId: text(),
  NetworkInterfaceId: text(),
  NatGatewayId: text(),
  TransitGatewayId: text(),
  LocalGatewayId: text(),
  CarrierGatewayId: text(),
  EgressOnlyInternetGatewayId: text(),
  VpcPeeringConnectionId: text(),
  VpcEndpointId: text(),
  CoreNetworkArn: text(),
  OdbNetworkArn: text(),
} as const

export type Destination = Pick<Route, 'cidr' | 'cidr6' | 'prefixListId'>

/** Where a route leads to, its block in canonical form. @throws Ec2Error MissingParameter, InvalidParameterValue */
export function destinationOf(given: Values<typeof destinationParameters>, region: Region): Destination {
  const { DestinationCidrBlock: cidr, DestinationIpv6CidrBlock: cidr6, DestinationPrefixListId: list } = given
  if (cidr !== undefined) {
    const canonical = cidrText(blockOf(cidr, 'destinationCidrBlock'))
    return { cidr: region.world.lenient ? cidr : canonical }
  }
  if (cidr6 !== undefined) {
    const block = parseCidr6(cidr6)
    if (block !== undefined) return { cidr6: cidr6Text(block) }
    throw ec2Error(
      'InvalidParameterValue',
      `Value (${cidr6}) for parameter destinationIpv6CidrBlock is invalid. This is not a valid CIDR block.`,
    )
  }
  if (list !== undefined) return { prefixListId: prefixListId(list) }
  if (region.world.lenient) return {}
  throw ec2Error('MissingParameter', 'destinationCidrBlock')
}

export function destinationText({ cidr, cidr6, prefixListId: list }: Destination): string {
  return cidr ?? cidr6 ?? list ?? ''
}

export function routeTo(destination: Destination, table: RouteTable): Route | undefined {
  const wanted = destinationText(destination)
  return table.routes.find((route) => destinationText(route) === wanted)
}

/**
 * What a route goes through. Of kinds that are not there, such as NAT gateways, the id is taken as it is.
 *
 * @throws Ec2Error MissingParameter, InvalidParameterCombination, and NotFound of the kinds that are there
 */
export function targetOf(given: Values<typeof targetParameters>, table: RouteTable, region: Region): RouteTarget {
  const named = Object.entries(given).filter(([name, value]) => name in targetParameters && value !== undefined)
  if (named.length === 0) throw ec2Error('MissingParameter', 'gatewayId')
  if (named.length > 1) {
    throw ec2Error('InvalidParameterCombination', 'Exactly one route target must be specified.')
  }
  const { GatewayId, InstanceId, NetworkInterfaceId, VpcEndpointId, ...others } = given
  if (GatewayId !== undefined) {
    if (GatewayId.startsWith('igw-')) checkGateway(GatewayId, table, region)
    else if (!/^(?:vgw|vpce|cagw)-[0-9a-f]{8,17}$/.test(GatewayId)) {
      throw ec2Error('InvalidGatewayID.NotFound', 'gateway', GatewayId)
    }
    return { gatewayId: GatewayId }
  }
  if (InstanceId !== undefined) {
    return { instanceId: region.of(instances).demand(InstanceId).id, instanceOwnerId: region.accountId }
  }
  if (NetworkInterfaceId !== undefined) {
    return { networkInterfaceId: region.of(networkInterfaces).demand(NetworkInterfaceId).id }
  }
  if (VpcEndpointId !== undefined) return { gatewayId: VpcEndpointId }
  const egressOnly = others.EgressOnlyInternetGatewayId
  if (egressOnly !== undefined && !/^eigw-[0-9a-f]{8,17}$/.test(egressOnly)) {
    throw ec2Error('InvalidGatewayID.NotFound', 'eigw', egressOnly)
  }
  return {
    ...(others.NatGatewayId !== undefined && { natGatewayId: others.NatGatewayId }),
    ...(others.TransitGatewayId !== undefined && { transitGatewayId: others.TransitGatewayId }),
    ...(others.LocalGatewayId !== undefined && { localGatewayId: others.LocalGatewayId }),
    ...(others.CarrierGatewayId !== undefined && { carrierGatewayId: others.CarrierGatewayId }),
    ...(others.EgressOnlyInternetGatewayId !== undefined && {
      egressOnlyInternetGatewayId: others.EgressOnlyInternetGatewayId,
    }),
    ...(others.VpcPeeringConnectionId !== undefined && { vpcPeeringConnectionId: others.VpcPeeringConnectionId }),
    ...(others.CoreNetworkArn !== undefined && { coreNetworkArn: others.CoreNetworkArn }),
    ...(others.OdbNetworkArn !== undefined && { odbNetworkArn: others.OdbNetworkArn }),
  }
}

/** A gateway must be attached to the VPC of the table; for moto it need only be there. */
function checkGateway(id: string, table: RouteTable, region: Region): void {
  const { vpcId } = region.of(internetGateways).demand(id)
  if (vpcId === table.vpcId || region.world.lenient) return
  throw ec2Error(
    'InvalidParameterValue',
    `route table ${table.id} and network gateway ${id} belong to different networks`,
  )
}
