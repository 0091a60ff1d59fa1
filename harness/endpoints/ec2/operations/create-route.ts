import { ec2Error } from '../errors.ts'
import { anAttachedGateway, aGateway, nobody, aTable, aVpc } from '../examples/network.ts'
import { operation } from '../operation.ts'
import { required } from '../parameters.ts'
import { routeTables } from '../resources/route-table.ts'
import {
  destinationOf,
  destinationParameters,
  destinationText,
  routeTo,
  targetOf,
  targetParameters,
} from '../routes.ts'
import { idOf } from '../store.ts'

const outside = {
  RouteTableId: '$table.routeTable.routeTableId',
  DestinationCidrBlock: '0.0.0.0/0',
  GatewayId: '$gateway.internetGateway.internetGatewayId',
} as const
const { GatewayId: _, ...nowhere } = outside

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
      before: [aVpc, aTable, aGateway, anAttachedGateway],
      given: outside,
      answers: { return: 'true' },
    },
    {
      title: 'of a table that there is not',
      before: [aGateway],
      given: { ...outside, RouteTableId: nobody.table },
      answers: 'InvalidRouteTableID.NotFound',
    },
    {
      title: 'through a gateway that there is not',
      before: [aVpc, aTable],
      given: { ...outside, GatewayId: nobody.gateway },
      answers: 'InvalidInternetGatewayID.NotFound',
    },
    {
      title: 'through what is no gateway',
      before: [aVpc, aTable],
      given: { ...outside, GatewayId: 'door' },
      answers: 'InvalidGatewayID.NotFound',
    },
    {
      title: 'through an instance that there is not',
      before: [aVpc, aTable],
      given: { ...nowhere, InstanceId: nobody.instance },
      answers: 'InvalidInstanceID.NotFound',
    },
    {
      title: 'through an interface that there is not',
      before: [aVpc, aTable],
      given: { ...nowhere, NetworkInterfaceId: nobody.nic },
      answers: 'InvalidNetworkInterfaceID.NotFound',
    },
    {
      title: 'through a gateway that is not attached to the VPC',
      before: [aVpc, aTable, aGateway],
      given: outside,
      answers: 'InvalidParameterValue',
    },
    {
      title: 'to what is no block',
      before: [aVpc, aTable, aGateway, anAttachedGateway],
      given: { ...outside, DestinationCidrBlock: '1000.1.0.0/20' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'through two targets',
      before: [aVpc, aTable, aGateway, anAttachedGateway],
      given: { ...outside, InstanceId: nobody.instance },
      answers: 'InvalidParameterCombination',
    },
    { title: 'through nothing', before: [aVpc, aTable], given: nowhere, answers: 'MissingParameter' },
    {
      title: 'to where one leads already',
      before: [aVpc, aTable, aGateway, anAttachedGateway, { action: 'CreateRoute', given: outside }],
      given: outside,
      answers: 'RouteAlreadyExists',
    },
    {
      title: 'more than the quota leaves',
      seed: { quotas: { 'routes-per-route-table': 1 } },
      before: [aVpc, aTable, aGateway, anAttachedGateway],
      given: outside,
      answers: 'RouteLimitExceeded',
    },
  ],
})
