import type { Example } from '../operation.ts'
import { aGateway, anAttachedGateway, aTable, aVpc } from './network.ts'
import { nobody } from './nobody.ts'

/** A VPC with a table and a way out; `outside` is the route that leads there. */
export const aWayOut = [aVpc, aTable, aGateway, anAttachedGateway] as const
export const outside = {
  RouteTableId: '$table.routeTable.routeTableId',
  DestinationCidrBlock: '0.0.0.0/0',
  GatewayId: '$gateway.internetGateway.internetGatewayId',
} as const
const { GatewayId: _, ...withoutTarget } = outside
/** To the same place, through what is still to be said. */
export const nowhere = withoutTarget
/** `aWayOut`, and the route. */
export const aRoute = [...aWayOut, { action: 'CreateRoute', given: outside }] as const

/** What operations refuse that say where a route leads. */
export const refusedRoutes = {
  table: {
    title: 'of a table that there is not',
    before: [aGateway],
    given: { ...outside, RouteTableId: nobody.table },
    answers: 'InvalidRouteTableID.NotFound',
  },
  gateway: {
    title: 'through a gateway that there is not',
    before: aRoute,
    given: { ...outside, GatewayId: nobody.gateway },
    answers: 'InvalidInternetGatewayID.NotFound',
  },
  noGateway: {
    title: 'through what is no gateway',
    before: aRoute,
    given: { ...outside, GatewayId: 'door' },
    answers: 'InvalidGatewayID.NotFound',
  },
  instance: {
    title: 'through an instance that there is not',
    before: aRoute,
    given: { ...nowhere, InstanceId: nobody.instance },
    answers: 'InvalidInstanceID.NotFound',
  },
  nic: {
    title: 'through an interface that there is not',
    before: aRoute,
    given: { ...nowhere, NetworkInterfaceId: nobody.nic },
    answers: 'InvalidNetworkInterfaceID.NotFound',
  },
  twoTargets: {
    title: 'through two targets',
    before: aRoute,
    given: { ...outside, InstanceId: nobody.instance },
    answers: 'InvalidParameterCombination',
  },
  noTarget: { title: 'through nothing', before: aRoute, given: nowhere, answers: 'MissingParameter' },
} as const satisfies Readonly<Record<string, Example>>
