import { aSubnet, aVpc, vpcWithIpv6 } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { integer, required, text } from '../parameters.ts'
import { refusePools } from '../pools.ts'
import { idOf } from '../resource.ts'
import { subnetIpv6AssociationView } from '../resources/cidr-association.ts'
import { settled } from '../resources/lifecycle.ts'
import { subnets } from '../resources/subnet.ts'
import { vpcs } from '../resources/vpc.ts'
import { newSubnetCidrId, subnetIpv6Block } from '../subnet-ipv6.ts'

const first = { SubnetId: '$subnet.subnet.subnetId', Ipv6CidrBlock: '2001:db8:1000:100::/64' } as const

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSubnetCidrBlock.html */
export const associateSubnetCidrBlock = operation({
  name: 'AssociateSubnetCidrBlock',
  parameters: {
    SubnetId: required(idOf(subnets)),
    Ipv6CidrBlock: required(text()),
    Ipv6IpamPoolId: text(),
    Ipv6NetmaskLength: integer(),
  },
  errors: [
    'InvalidSubnetID.NotFound',
    'InvalidParameterValue',
    'InvalidSubnet.Range',
    'InvalidSubnet.Conflict',
    'InvalidIpamPoolId.NotFound',
  ],
  run({ SubnetId, Ipv6CidrBlock, ...pools }, { region }) {
    const subnet = region.of(subnets).demand(SubnetId)
    refusePools(pools, region)
    const cidr = subnetIpv6Block(Ipv6CidrBlock, region.of(vpcs).demand(subnet.vpcId), region)
    const association = { associationId: newSubnetCidrId(region), cidr, life: settled('associated' as const) }
    subnet.ipv6Associations.push(association)
    return { subnetId: subnet.id, ipv6CidrBlockAssociation: subnetIpv6AssociationView(association, region) }
  },
  examples: [
    {
      title: "a block of the VPC's own",
      before: [vpcWithIpv6, aSubnet],
      given: first,
      answers: {
        subnetId: '$subnet.subnet.subnetId',
        'ipv6CidrBlockAssociation.ipv6CidrBlock': '2001:db8:1000:100::/64',
        'ipv6CidrBlockAssociation.ipv6CidrBlockState.state': 'associated',
      },
    },
    {
      title: 'with a subnet that there is not',
      given: { ...first, SubnetId: nobody.subnet },
      answers: 'InvalidSubnetID.NotFound',
    },
    {
      title: 'what is no block',
      before: [vpcWithIpv6, aSubnet],
      given: { ...first, Ipv6CidrBlock: '1080::/999' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'one of a pool that there is not',
      before: [vpcWithIpv6, aSubnet],
      given: { ...first, Ipv6IpamPoolId: nobody.ipamPool },
      answers: 'InvalidIpamPoolId.NotFound',
    },
    {
      title: 'where the VPC has none',
      before: [aVpc, aSubnet],
      given: first,
      answers: 'InvalidSubnet.Range',
    },
    {
      title: 'one that a subnet has',
      before: [vpcWithIpv6, aSubnet, { action: 'AssociateSubnetCidrBlock', given: first }],
      given: first,
      answers: 'InvalidSubnet.Conflict',
    },
  ],
})
