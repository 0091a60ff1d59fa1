import { aGateway, aSubnet, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { refuseDependent } from '../networks.ts'
import { operation } from '../operation.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { gatewayOf, internetGateways } from '../resources/internet-gateway.ts'
import { networkAcls } from '../resources/network-acl.ts'
import { isMain, routeTables, tablesOf } from '../resources/route-table.ts'
import { removeRules } from '../resources/security-group-rule.ts'
import { securityGroups } from '../resources/security-group.ts'
import { subnets, subnetsOf } from '../resources/subnet.ts'
import { vpcs } from '../resources/vpc.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html */
export const deleteVpc = operation({
  name: 'DeleteVpc',
  parameters: { VpcId: required(idOf(vpcs)) },
  errors: ['InvalidVpcID.NotFound', 'DependencyViolation'],
  run({ VpcId }, { region }) {
    const vpc = region.of(vpcs).demand(VpcId)
    const [own, tables] = [subnetsOf(vpc.id, region), tablesOf(vpc.id, region)]
    const acls = [...region.of(networkAcls).everything()].filter(({ vpcId }) => vpcId === vpc.id)
    const groups = [...region.of(securityGroups).everything()].filter(({ vpcId }) => vpcId === vpc.id)
    const gateway = gatewayOf(vpc.id, region)
    const busy =
      tables.some((table) => !isMain(table)) ||
      acls.some(({ isDefault }) => !isDefault) ||
      groups.some(({ name }) => name !== 'default') ||
      // What a default VPC came with goes with it, as long as nothing is in it.
      (!vpc.isDefault && (own.length > 0 || gateway !== undefined)) ||
      own.some(({ isDefault, taken }) => !isDefault || taken.size > 0)
    if (busy) refuseDependent('vpc', vpc.id)
    for (const { id } of own) region.of(subnets).remove(id)
    for (const { id } of tables) region.of(routeTables).remove(id)
    for (const { id } of acls) region.of(networkAcls).remove(id)
    for (const group of groups) {
      removeRules(region, group, new Set(group.rules))
      region.of(securityGroups).remove(group.id)
    }
    if (gateway !== undefined) region.of(internetGateways).remove(gateway.id)
    region.of(vpcs).remove(vpc.id)
    return { return: true }
  },
  examples: [
    {
      title: 'with what every VPC has',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId' },
      answers: { return: 'true' },
    },
    {
      title: 'the default one, with its subnets and its gateway',
      before: [{ action: 'DescribeVpcs', as: 'all' }],
      given: { VpcId: '$all.vpcSet.0.vpcId' },
      answers: { return: 'true' },
    },
    {
      title: 'with a subnet',
      before: [aVpc, aSubnet],
      given: { VpcId: '$vpc.vpc.vpcId' },
      answers: 'DependencyViolation',
    },
    {
      title: 'with a gateway',
      before: [
        aVpc,
        aGateway,
        {
          action: 'AttachInternetGateway',
          given: { VpcId: '$vpc.vpc.vpcId', InternetGatewayId: '$gateway.internetGateway.internetGatewayId' },
        },
      ],
      given: { VpcId: '$vpc.vpc.vpcId' },
      answers: 'DependencyViolation',
    },
    { title: 'one that there is not', given: { VpcId: nobody.vpc }, answers: 'InvalidVpcID.NotFound' },
  ],
})
