import { ec2Error } from '../errors.ts'
import { anotherVpc, aTable, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { newTableAssociationId, routeTables } from '../resources/route-table.ts'
import { dropAssociation, tableAssociation } from '../table-associations.ts'

const ofVpc = {
  action: 'DescribeRouteTables',
  given: { 'Filter.1.Name': 'vpc-id', 'Filter.1.Value.1': '$vpc.vpc.vpcId' },
  as: 'all',
} as const
const main = '$all.routeTableSet.0.associationSet.0.routeTableAssociationId'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRouteTableAssociation.html */
export const replaceRouteTableAssociation = operation({
  name: 'ReplaceRouteTableAssociation',
  parameters: { AssociationId: required(text()), RouteTableId: required(idOf(routeTables)) },
  errors: ['InvalidAssociationID.NotFound', 'InvalidRouteTableID.NotFound', 'InvalidParameterValue'],
  run({ AssociationId, RouteTableId }, { region }) {
    const next = region.of(routeTables).demand(RouteTableId)
    const { table, association } = tableAssociation(AssociationId, region)
    if (table.vpcId !== next.vpcId) {
      throw ec2Error('InvalidParameterValue', `Route tables ${table.id} and ${next.id} belong to different networks`)
    }
    const associationState = { state: 'associated' }
    if (table.id === next.id) return { newAssociationId: association.id, associationState }
    dropAssociation(table, association)
    const moved = { ...association, id: newTableAssociationId(region) }
    next.associations.push(moved)
    return { newAssociationId: moved.id, associationState }
  },
  examples: [
    {
      title: 'another main table',
      before: [aVpc, ofVpc, aTable],
      given: { AssociationId: main, RouteTableId: '$table.routeTable.routeTableId' },
      answers: { 'associationState.state': 'associated' },
    },
    {
      title: 'by the table that it has: the same association',
      before: [aVpc, ofVpc],
      given: { AssociationId: main, RouteTableId: '$all.routeTableSet.0.routeTableId' },
      answers: { newAssociationId: main },
    },
    {
      title: 'one that there is not',
      before: [aVpc, aTable],
      given: { AssociationId: nobody.tableAssociation, RouteTableId: '$table.routeTable.routeTableId' },
      answers: 'InvalidAssociationID.NotFound',
    },
    {
      title: 'by a table that there is not',
      before: [aVpc, ofVpc],
      given: { AssociationId: main, RouteTableId: nobody.table },
      answers: 'InvalidRouteTableID.NotFound',
    },
    {
      title: 'by a table of another VPC',
      before: [aVpc, ofVpc, anotherVpc, { ...aTable, given: { VpcId: '$other.vpc.vpcId' } }],
      given: { AssociationId: main, RouteTableId: '$table.routeTable.routeTableId' },
      answers: 'InvalidParameterValue',
    },
  ],
})
