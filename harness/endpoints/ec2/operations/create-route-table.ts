import { ec2Error } from '../errors.ts'
import { aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { newRouteTable, routeTables, routeTableView, tablesOf } from '../resources/route-table.ts'
import { vpcs } from '../resources/vpc.ts'
import { checkSpecifications, tagAsSpecified, tagSpecifications } from '../tagging.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRouteTable.html */
export const createRouteTable = operation({
  name: 'CreateRouteTable',
  parameters: { VpcId: required(idOf(vpcs)), ClientToken: text({ max: 64 }), TagSpecification: tagSpecifications },
  errors: ['InvalidVpcID.NotFound', 'RouteTableLimitExceeded'],
  run({ VpcId, ClientToken, TagSpecification }, { region }) {
    const vpc = region.of(vpcs).demand(VpcId)
    checkSpecifications(TagSpecification, ['route-table'])
    if (tablesOf(vpc.id, region).length >= region.quota('route-tables-per-vpc')) {
      throw ec2Error('RouteTableLimitExceeded')
    }
    const table = region.of(routeTables).add(newRouteTable(region, vpc))
    tagAsSpecified(region, routeTables, table.id, TagSpecification)
    return { routeTable: routeTableView(table, region), clientToken: ClientToken }
  },
  examples: [
    {
      title: 'with the route inside its VPC',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId' },
      answers: {
        'routeTable.vpcId': '$vpc.vpc.vpcId',
        'routeTable.routeSet.0.destinationCidrBlock': '10.0.0.0/16',
        'routeTable.routeSet.0.gatewayId': 'local',
        'routeTable.routeSet.0.state': 'active',
        'routeTable.associationSet': '',
      },
    },
    { title: 'of a VPC that there is not', given: { VpcId: nobody.vpc }, answers: 'InvalidVpcID.NotFound' },
    {
      title: 'more than the quota leaves',
      seed: { quotas: { 'route-tables-per-vpc': 1 } },
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId' },
      answers: 'RouteTableLimitExceeded',
    },
  ],
})
