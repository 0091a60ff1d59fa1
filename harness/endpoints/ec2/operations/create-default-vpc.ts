import { ec2Error } from '../errors.ts'
import { addVpc } from '../networks.ts'
import { operation } from '../operation.ts'
import { zonesOf } from '../regions.ts'
import { internetGateways } from '../resources/internet-gateway.ts'
import { defaultAclOf, newAclAssociationId } from '../resources/network-acl.ts'
import { isMain, tablesOf } from '../resources/route-table.ts'
import { newSubnet, subnets } from '../resources/subnet.ts'
import { defaultVpc, defaultVpcCidr, newVpc, vpcView } from '../resources/vpc.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDefaultVpc.html */
export const createDefaultVpc = operation({
  name: 'CreateDefaultVpc',
  parameters: {},
  errors: ['DefaultVpcAlreadyExists'],
  run(_, { region }) {
    if (defaultVpc(region) !== undefined) throw ec2Error('DefaultVpcAlreadyExists')
    const vpc = addVpc(region, newVpc(region, defaultVpcCidr, true))
    const acl = defaultAclOf(vpc.id, region)
    for (const [index, { name }] of zonesOf(region.name, region.world.seed).entries()) {
      const cidr = `172.31.${index * 16}.0/20`
      const subnet = region.of(subnets).add(newSubnet(region, { vpcId: vpc.id, cidr, zone: name, isDefault: true }))
      acl?.associations.set(subnet.id, newAclAssociationId(region))
    }
    const gateways = region.of(internetGateways)
    const gateway = gateways.add({ id: gateways.newId(), vpcId: vpc.id })
    tablesOf(vpc.id, region)
      .find(isMain)
      ?.routes.push({ cidr: '0.0.0.0/0', target: { gatewayId: gateway.id }, origin: 'CreateRoute' })
    return { vpc: vpcView(vpc, region, true) }
  },
  examples: [
    {
      title: 'where there is none',
      seed: { defaultVpc: false },
      answers: { 'vpc.cidrBlock': '172.31.0.0/16', 'vpc.isDefault': 'true' },
    },
    { title: 'where there is one', answers: 'DefaultVpcAlreadyExists' },
  ],
})
