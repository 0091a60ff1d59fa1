import { aTable, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { refuseDependent } from '../networks.ts'
import { operation } from '../operation.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { routeTables } from '../resources/route-table.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRouteTable.html */
export const deleteRouteTable = operation({
  name: 'DeleteRouteTable',
  parameters: { RouteTableId: required(idOf(routeTables)) },
  errors: ['InvalidRouteTableID.NotFound', 'DependencyViolation'],
  run({ RouteTableId }, { region }) {
    const { id, associations } = region.of(routeTables).demand(RouteTableId)
    if (associations.length > 0) refuseDependent('routeTable', id)
    region.of(routeTables).remove(id)
    return { return: true }
  },
  examples: [
    {
      title: 'one that nothing uses',
      before: [aVpc, aTable],
      given: { RouteTableId: '$table.routeTable.routeTableId' },
      answers: { return: 'true' },
    },
    {
      title: 'the main one',
      before: [{ action: 'DescribeRouteTables', as: 'all' }],
      given: { RouteTableId: '$all.routeTableSet.0.routeTableId' },
      answers: 'DependencyViolation',
    },
    { title: 'one that there is not', given: { RouteTableId: nobody.table }, answers: 'InvalidRouteTableID.NotFound' },
  ],
})
