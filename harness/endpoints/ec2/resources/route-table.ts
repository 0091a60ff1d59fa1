import type { FilterValue } from '../filters.ts'
import { resourceKind } from '../resource.ts'
import type { Region } from '../store.ts'
import { tagSet } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'
import { presentOf } from './cidr-association.ts'
import { gatewayOf, internetGateways } from './internet-gateway.ts'
import { networkInterfaces } from './network-interface.ts'
import type { Vpc } from './vpc.ts'
import { vpcs } from './vpc.ts'

/** Where a route leads: exactly one of these, by its element in the answer. */
export type RouteTarget = Readonly<
  Partial<
    Record<
      | 'gatewayId'
      | 'instanceId'
      | 'instanceOwnerId'
      | 'natGatewayId'
      | 'transitGatewayId'
      | 'localGatewayId'
      | 'carrierGatewayId'
      | 'networkInterfaceId'
      | 'egressOnlyInternetGatewayId'
      | 'vpcPeeringConnectionId'
      | 'coreNetworkArn'
      | 'odbNetworkArn',
      string
    >
  >
>

export interface Route {
  /** Exactly one of the three. */
  readonly cidr?: string
  readonly cidr6?: string
  readonly prefixListId?: string
  target: RouteTarget
  readonly origin: 'CreateRouteTable' | 'CreateRoute'
}

export interface RouteTableAssociation {
  readonly id: string
  readonly main: boolean
  readonly subnetId?: string
  readonly gatewayId?: string
}

export interface RouteTable {
  readonly id: string
  readonly vpcId: string
  associations: RouteTableAssociation[]
  routes: Route[]
}

export const routeTables = resourceKind<RouteTable>({
  name: 'route-table',
  prefix: 'rtb',
  notFound: 'InvalidRouteTableID.NotFound',
  initial: (region) =>
    [...region.of(vpcs).everything()].map((vpc) => {
      const table = mainTable(region, vpc)
      const gateway = vpc.isDefault ? gatewayOf(vpc.id, region) : undefined
      if (gateway !== undefined) {
        table.routes.push({ cidr: '0.0.0.0/0', target: { gatewayId: gateway.id }, origin: 'CreateRoute' })
      }
      return table
    }),
})

/** A table that is not stored yet, with the routes inside its VPC. */
export function newRouteTable(region: Region, vpc: Vpc): RouteTable {
  const local = { target: { gatewayId: 'local' }, origin: 'CreateRouteTable' } as const
  return {
    id: `rtb-0${region.ids.hex('rtb', 16)}`,
    vpcId: vpc.id,
    associations: [],
    routes: [
      ...presentOf(vpc.cidrAssociations, region).map(({ cidr }) => ({ cidr, ...local })),
      ...presentOf(vpc.ipv6Associations, region).map(({ cidr: cidr6 }) => ({ cidr6, ...local })),
    ],
  }
}

/** The table that a VPC has from the start; not stored yet. */
export function mainTable(region: Region, vpc: Vpc): RouteTable {
  return { ...newRouteTable(region, vpc), associations: [{ id: newTableAssociationId(region), main: true }] }
}

export function newTableAssociationId(region: Region): string {
  return `rtbassoc-0${region.ids.hex('rtbassoc', 16)}`
}

export function isMain({ associations }: RouteTable): boolean {
  return associations.some(({ main }) => main)
}

export function tablesOf(vpcId: string, region: Region): RouteTable[] {
  return [...region.of(routeTables).everything()].filter((table) => table.vpcId === vpcId)
}

/** What the state of a route is: a black hole once its target is gone. */
export function routeState({ target }: Route, region: Region): 'active' | 'blackhole' {
  return targetIsThere(target, region) ? 'active' : 'blackhole'
}

function targetIsThere(target: RouteTarget, region: Region): boolean {
  const { gatewayId, networkInterfaceId } = target
  if (networkInterfaceId !== undefined) return region.of(networkInterfaces).get(networkInterfaceId) !== undefined
  if (gatewayId === undefined || !gatewayId.startsWith('igw-')) return true
  const gateway = region.of(internetGateways).get(gatewayId)
  return gateway !== undefined && (gateway.vpcId !== undefined || region.world.lenient)
}

function associationItem(association: RouteTableAssociation, table: RouteTable): Xml {
  return {
    routeTableAssociationId: association.id,
    routeTableId: table.id,
    subnetId: association.subnetId,
    gatewayId: association.gatewayId,
    main: association.main,
    associationState: { state: 'associated' },
  }
}

export function routeTableView(table: RouteTable, region: Region): Xml {
  return {
    routeTableId: table.id,
    vpcId: table.vpcId,
    ownerId: region.accountId,
    routeSet: table.routes.map((route) => ({
      destinationCidrBlock: route.cidr,
      destinationIpv6CidrBlock: route.cidr6,
      destinationPrefixListId: route.prefixListId,
      ...route.target,
      state: routeState(route, region),
      origin: route.origin,
    })),
    associationSet: table.associations.map((each) => associationItem(each, table)),
    propagatingVgwSet: [],
    tagSet: tagSet(region, table.id),
  }
}

type Reader = (table: RouteTable, region: Region) => FilterValue

const ofRoutes =
  (read: (route: Route, region: Region) => string | undefined): Reader =>
  ({ routes }, region) =>
    routes.map((route) => read(route, region))
const ofAssociations =
  (read: (association: RouteTableAssociation) => string | boolean | undefined): Reader =>
  ({ associations }) =>
    associations.map(read)

export const routeTableFilters: Readonly<Record<string, Reader>> = {
  'association.gateway-id': ofAssociations(({ gatewayId }) => gatewayId),
  'association.main': ofAssociations(({ main }) => main),
  'association.route-table-association-id': ofAssociations(({ id }) => id),
  'association.route-table-id': ({ id, associations }) => (associations.length > 0 ? id : undefined),
  'association.subnet-id': ofAssociations(({ subnetId }) => subnetId),
  'owner-id': (_, region) => region.accountId,
  'route-table-id': ({ id }) => id,
  'route.carrier-gateway-id': ofRoutes(({ target }) => target.carrierGatewayId),
  'route.destination-cidr-block': ofRoutes(({ cidr }) => cidr),
  'route.destination-ipv6-cidr-block': ofRoutes(({ cidr6 }) => cidr6),
  'route.destination-prefix-list-id': ofRoutes(({ prefixListId }) => prefixListId),
  'route.egress-only-internet-gateway-id': ofRoutes(({ target }) => target.egressOnlyInternetGatewayId),
  'route.gateway-id': ofRoutes(({ target }) => target.gatewayId),
  'route.instance-id': ofRoutes(({ target }) => target.instanceId),
  'route.nat-gateway-id': ofRoutes(({ target }) => target.natGatewayId),
  'route.origin': ofRoutes(({ origin }) => origin),
  'route.state': ofRoutes(routeState),
  'route.transit-gateway-id': ofRoutes(({ target }) => target.transitGatewayId),
  'route.vpc-peering-connection-id': ofRoutes(({ target }) => target.vpcPeeringConnectionId),
  'vpc-id': ({ vpcId }) => vpcId,
}
