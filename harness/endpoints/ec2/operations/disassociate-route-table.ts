import { ec2Error } from '../errors.ts'
import { aSubnet, aTable, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { dropAssociation, tableAssociation } from '../table-associations.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateRouteTable.html */
export const disassociateRouteTable = operation({
  name: 'DisassociateRouteTable',
  parameters: { AssociationId: required(text()) },
  errors: ['InvalidAssociationID.NotFound', 'InvalidParameterValue'],
  run({ AssociationId }, { region }) {
    const { table, association } = tableAssociation(AssociationId, region)
    if (association.main) {
      throw ec2Error('InvalidParameterValue', `cannot disassociate the main route table association ${association.id}`)
    }
    dropAssociation(table, association)
    return { return: true }
  },
  examples: [
    {
      title: 'of a subnet, which goes by the main table again',
      before: [
        aVpc,
        aSubnet,
        aTable,
        {
          action: 'AssociateRouteTable',
          given: { RouteTableId: '$table.routeTable.routeTableId', SubnetId: '$subnet.subnet.subnetId' },
          as: 'association',
        },
      ],
      given: { AssociationId: '$association.associationId' },
      answers: { return: 'true' },
    },
    {
      title: 'one that there is not',
      given: { AssociationId: nobody.tableAssociation },
      answers: 'InvalidAssociationID.NotFound',
    },
    {
      title: 'the main one',
      before: [{ action: 'DescribeRouteTables', as: 'all' }],
      given: { AssociationId: '$all.routeTableSet.0.associationSet.0.routeTableAssociationId' },
      answers: 'InvalidParameterValue',
    },
  ],
})
