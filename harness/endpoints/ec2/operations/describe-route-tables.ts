import { aTable, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { describe } from '../operation.ts'
import { routeTableFilters, routeTables, routeTableView } from '../resources/route-table.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html */
export const describeRouteTables = describe({
  name: 'DescribeRouteTables',
  kind: routeTables,
  ids: 'RouteTableId',
  set: 'routeTableSet',
  view: routeTableView,
  filters: routeTableFilters,
  paging: { min: 5, max: 100 },
  examples: [
    {
      title: 'of a fresh region: the main one of the default VPC, which leads outside',
      answers: {
        'routeTableSet.0.associationSet.0.main': 'true',
        'routeTableSet.0.routeSet.0.gatewayId': 'local',
        'routeTableSet.0.routeSet.1.destinationCidrBlock': '0.0.0.0/0',
        'routeTableSet.0.routeSet.1.state': 'active',
        'routeTableSet.1.routeTableId': undefined,
      },
    },
    {
      title: 'of a VPC, without the main one',
      before: [aVpc, aTable],
      given: {
        'Filter.1.Name': 'vpc-id',
        'Filter.1.Value.1': '$vpc.vpc.vpcId',
        'Filter.2.Name': 'route-table-id',
        'Filter.2.Value.1': '$table.routeTable.routeTableId',
      },
      answers: {
        'routeTableSet.0.routeTableId': '$table.routeTable.routeTableId',
        'routeTableSet.1.routeTableId': undefined,
      },
    },
    {
      title: 'one that there is not',
      given: { 'RouteTableId.1': nobody.table },
      answers: 'InvalidRouteTableID.NotFound',
    },
  ],
})
