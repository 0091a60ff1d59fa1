import { ec2Error } from '../errors.ts'
import { aGateway, anAttachedGateway, aTable, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { routeTables } from '../resources/route-table.ts'
import { destinationOf, destinationParameters, destinationText, routeTo } from '../routes.ts'

const outside = { RouteTableId: '$table.routeTable.routeTableId', DestinationCidrBlock: '0.0.0.0/0' } as const

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRoute.html */
export const deleteRoute = operation({
  name: 'DeleteRoute',
  parameters: { RouteTableId: required(idOf(routeTables)), ...destinationParameters },
  errors: ['InvalidRouteTableID.NotFound', 'InvalidRoute.NotFound', 'InvalidParameterValue', 'MissingParameter'],
  run({ RouteTableId, ...given }, { region }) {
    const table = region.of(routeTables).demand(RouteTableId)
    const destination = destinationOf(given, region)
    const route = routeTo(destination, table)
    if (route === undefined) throw ec2Error('InvalidRoute.NotFound', destinationText(destination), table.id)
    if (route.origin === 'CreateRouteTable') {
      throw ec2Error(
        'InvalidParameterValue',
        `cannot remove local route ${destinationText(destination)} in route table ${table.id}`,
      )
    }
    table.routes = table.routes.filter((each) => each !== route)
    return { return: true }
  },
  examples: [
    {
      title: 'one that was made',
      before: [
        aVpc,
        aTable,
        aGateway,
        anAttachedGateway,
        {
          action: 'CreateRoute',
          given: { ...outside, GatewayId: '$gateway.internetGateway.internetGatewayId' },
        },
      ],
      given: outside,
      answers: { return: 'true' },
    },
    {
      title: 'the one inside the VPC',
      before: [aVpc, aTable],
      given: { ...outside, DestinationCidrBlock: '10.0.0.0/16' },
      answers: 'InvalidParameterValue',
    },
    { title: 'one that there is not', before: [aVpc, aTable], given: outside, answers: 'InvalidRoute.NotFound' },
    {
      title: 'of a table that there is not',
      given: { ...outside, RouteTableId: nobody.table },
      answers: 'InvalidRouteTableID.NotFound',
    },
    {
      title: 'to nowhere',
      before: [aVpc, aTable],
      given: { RouteTableId: outside.RouteTableId },
      answers: 'MissingParameter',
    },
  ],
})
