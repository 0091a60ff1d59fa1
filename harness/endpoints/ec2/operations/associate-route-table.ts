import { ec2Error } from '../errors.ts'
import { aGateway, anotherVpc, aSubnet, aTable, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { internetGateways } from '../resources/internet-gateway.ts'
import { newTableAssociationId, routeTables, tablesOf } from '../resources/route-table.ts'
import { subnets } from '../resources/subnet.ts'

const both = { RouteTableId: '$table.routeTable.routeTableId', SubnetId: '$subnet.subnet.subnetId' } as const
const foreign = { ...aSubnet, given: { VpcId: '$other.vpc.vpcId', CidrBlock: '10.9.0.0/24' } }

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateRouteTable.html */
export const associateRouteTable = operation({
  name: 'AssociateRouteTable',
  parameters: {
    RouteTableId: required(idOf(routeTables)),
    SubnetId: idOf(subnets),
    GatewayId: text(),
    PublicIpv4Pool: text(),
  },
  errors: [
    'InvalidRouteTableID.NotFound',
    'InvalidSubnetID.NotFound',
    'InvalidInternetGatewayID.NotFound',
    'InvalidParameterCombination',
    'InvalidParameterValue',
    'Resource.AlreadyAssociated',
  ],
  run({ RouteTableId, SubnetId, GatewayId }, { region }) {
    const table = region.of(routeTables).demand(RouteTableId)
    if ((SubnetId === undefined) === (GatewayId === undefined)) {
      throw ec2Error('InvalidParameterCombination', 'Exactly one of subnetId and gatewayId must be specified.')
    }
    const subnet = SubnetId === undefined ? undefined : region.of(subnets).demand(SubnetId)
    if (subnet !== undefined && subnet.vpcId !== table.vpcId) {
      throw ec2Error(
        'InvalidParameterValue',
        `Route table ${table.id} and subnet ${subnet.id} belong to different networks`,
      )
    }
    // A virtual private gateway can have a table too; those are not there, so that their ids are taken as they are.
    const gatewayId = GatewayId?.startsWith('igw-') ? region.of(internetGateways).demand(GatewayId).id : GatewayId
    const side = { ...(subnet && { subnetId: subnet.id }), ...(gatewayId !== undefined && { gatewayId }) }
    for (const { id, associations } of tablesOf(table.vpcId, region)) {
      const there = associations.find(
        (each) => !each.main && each.subnetId === subnet?.id && each.gatewayId === gatewayId,
      )
      if (there !== undefined && id === table.id) {
        return { associationId: there.id, associationState: { state: 'associated' } }
      }
      if (there !== undefined) {
        throw ec2Error('Resource.AlreadyAssociated', subnet?.id ?? gatewayId ?? '', there.id)
      }
    }
    const association = { id: newTableAssociationId(region), main: false, ...side }
    table.associations.push(association)
    return { associationId: association.id, associationState: { state: 'associated' } }
  },
  examples: [
    {
      title: 'with a subnet',
      before: [aVpc, aSubnet, aTable],
      given: both,
      answers: { 'associationState.state': 'associated' },
    },
    {
      title: 'with the same subnet again: the same association',
      before: [aVpc, aSubnet, aTable, { action: 'AssociateRouteTable', given: both, as: 'first' }],
      given: both,
      answers: { associationId: '$first.associationId' },
    },
    {
      title: 'with a gateway',
      before: [aVpc, aTable, aGateway],
      given: { RouteTableId: both.RouteTableId, GatewayId: '$gateway.internetGateway.internetGatewayId' },
      answers: { 'associationState.state': 'associated' },
    },
    {
      title: 'one that there is not',
      before: [aVpc, aSubnet],
      given: { ...both, RouteTableId: nobody.table },
      answers: 'InvalidRouteTableID.NotFound',
    },
    {
      title: 'with a subnet that there is not',
      before: [aVpc, aTable],
      given: { ...both, SubnetId: nobody.subnet },
      answers: 'InvalidSubnetID.NotFound',
    },
    {
      title: 'with a gateway that there is not',
      before: [aVpc, aTable],
      given: { RouteTableId: both.RouteTableId, GatewayId: nobody.gateway },
      answers: 'InvalidInternetGatewayID.NotFound',
    },
    {
      title: 'with nothing',
      before: [aVpc, aTable],
      given: { RouteTableId: both.RouteTableId },
      answers: 'InvalidParameterCombination',
    },
    {
      title: 'with a subnet of another VPC',
      before: [aVpc, anotherVpc, foreign, aTable],
      given: both,
      answers: 'InvalidParameterValue',
    },
    {
      title: 'with a subnet that has another table',
      before: [aVpc, aSubnet, aTable, { action: 'AssociateRouteTable', given: both }, { ...aTable, as: 'second' }],
      given: { ...both, RouteTableId: '$second.routeTable.routeTableId' },
      answers: 'Resource.AlreadyAssociated',
    },
  ],
})
