import { ec2Error } from '../errors.ts'
import { aRoute, nowhere, outside, refusedRoutes } from '../examples/routes.ts'
import { operation } from '../operation.ts'
import { boolean, required } from '../parameters.ts'
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
      before: aRoute,
      given: { ...nowhere, VpcPeeringConnectionId: 'pcx-0123456789abcdef0' },
      answers: { return: 'true' },
    },
    refusedRoutes.table,
    refusedRoutes.gateway,
    refusedRoutes.noGateway,
    refusedRoutes.instance,
    refusedRoutes.nic,
    {
      title: 'one that there is not',
      before: aRoute,
      given: { ...outside, DestinationCidrBlock: '198.51.100.0/24' },
      answers: 'InvalidParameterValue',
    },
    refusedRoutes.twoTargets,
    refusedRoutes.noTarget,
  ],
})
