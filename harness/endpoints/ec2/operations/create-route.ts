import { ec2Error } from '../errors.ts'
import { aGateway, aTable, aVpc } from '../examples/network.ts'
import { aRoute, aWayOut, outside, refusedRoutes } from '../examples/routes.ts'
import { operation } from '../operation.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { routeTables } from '../resources/route-table.ts'
import {
  destinationOf,
  destinationParameters,
  destinationText,
  routeTo,
  targetOf,
  targetParameters,
} from '../routes.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html */
export const createRoute = operation({
  name: 'CreateRoute',
  parameters: { RouteTableId: required(idOf(routeTables)), ...destinationParameters, ...targetParameters },
  errors: [
    'InvalidRouteTableID.NotFound',
    'InvalidInternetGatewayID.NotFound',
    'InvalidGatewayID.NotFound',
    'InvalidInstanceID.NotFound',
    'InvalidNetworkInterfaceID.NotFound',
    'InvalidParameterValue',
    'InvalidParameterCombination',
    'MissingParameter',
    'RouteAlreadyExists',
    'RouteLimitExceeded',
  ],
  run({ RouteTableId, ...given }, { region }) {
    const table = region.of(routeTables).demand(RouteTableId)
    const destination = destinationOf(given, region)
    const target = targetOf(given, table, region)
    if (routeTo(destination, table) !== undefined) throw ec2Error('RouteAlreadyExists', destinationText(destination))
    if (table.routes.length >= region.quota('routes-per-route-table')) throw ec2Error('RouteLimitExceeded')
    table.routes.push({ ...destination, target, origin: 'CreateRoute' })
    return { return: true }
  },
  examples: [
    {
      title: 'through a gateway',
      before: aWayOut,
      given: outside,
      answers: { return: 'true' },
    },
    refusedRoutes.table,
    refusedRoutes.gateway,
    refusedRoutes.noGateway,
    refusedRoutes.instance,
    refusedRoutes.nic,
    {
      title: 'through a gateway that is not attached to the VPC',
      before: [aVpc, aTable, aGateway],
      given: outside,
      answers: 'InvalidParameterValue',
    },
    {
      title: 'to what is no block',
      before: aWayOut,
      given: { ...outside, DestinationCidrBlock: '1000.1.0.0/20' },
      answers: 'InvalidParameterValue',
    },
    refusedRoutes.twoTargets,
    refusedRoutes.noTarget,
    {
      title: 'to where one leads already',
      before: aRoute,
      given: outside,
      answers: 'RouteAlreadyExists',
    },
    {
      title: 'more than the quota leaves',
      seed: { quotas: { 'routes-per-route-table': 1 } },
      before: aWayOut,
      given: outside,
      answers: 'RouteLimitExceeded',
    },
  ],
})
