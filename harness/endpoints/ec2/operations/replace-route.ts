import { ec2Error } from '../errors.ts'
import { anAttachedGateway, aGateway, nobody, aTable, aVpc } from '../examples/network.ts'
import { operation } from '../operation.ts'
import { boolean, required } from '../parameters.ts'
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
const made = [aVpc, aTable, aGateway, anAttachedGateway, { action: 'CreateRoute', given: outside }] as const
const { GatewayId: _, ...nowhere } = outside

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRoute.html */
export const replaceRoute = operation({
  name: 'ReplaceRoute',
  parameters: {
    RouteTableId: required(idOf(routeTables)),
    ...destinationParameters,
    ...targetParameters,
    LocalTarget: boolean(),
  },
  errors: [
    'InvalidRouteTableID.NotFound',
    'InvalidInternetGatewayID.NotFound',
    'InvalidGatewayID.NotFound',
    'InvalidInstanceID.NotFound',
    'InvalidNetworkInterfaceID.NotFound',
    'InvalidParameterValue',
    'InvalidParameterCombination',
    'MissingParameter',
  ],
  run({ RouteTableId, LocalTarget, ...given }, { region }) {
    const table = region.of(routeTables).demand(RouteTableId)
    const destination = destinationOf(given, region)
    const target = LocalTarget === true ? { gatewayId: 'local' } : targetOf(given, table, region)
    const route = routeTo(destination, table)
    if (route === undefined) {
      throw ec2Error(
        'InvalidParameterValue',
        `There is no route defined for '${destinationText(destination)}' in the route table. Use CreateRoute instead.`,
      )
    }
    route.target = target
    return { return: true }
  },
  examples: [
    {
      title: 'through a peering',
      before: made,
      given: { ...nowhere, VpcPeeringConnectionId: 'pcx-0123456789abcdef0' },
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
      before: made,
      given: { ...outside, GatewayId: nobody.gateway },
      answers: 'InvalidInternetGatewayID.NotFound',
    },
    {
      title: 'through what is no gateway',
      before: made,
      given: { ...outside, GatewayId: 'door' },
      answers: 'InvalidGatewayID.NotFound',
    },
    {
      title: 'through an instance that there is not',
      before: made,
      given: { ...nowhere, InstanceId: nobody.instance },
      answers: 'InvalidInstanceID.NotFound',
    },
    {
      title: 'through an interface that there is not',
      before: made,
      given: { ...nowhere, NetworkInterfaceId: nobody.nic },
      answers: 'InvalidNetworkInterfaceID.NotFound',
    },
    {
      title: 'one that there is not',
      before: made,
      given: { ...outside, DestinationCidrBlock: '198.51.100.0/24' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'through two targets',
      before: made,
      given: { ...outside, InstanceId: nobody.instance },
      answers: 'InvalidParameterCombination',
    },
    { title: 'through nothing', before: made, given: nowhere, answers: 'MissingParameter' },
  ],
})
