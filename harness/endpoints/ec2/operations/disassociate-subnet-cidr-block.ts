import { ec2Error } from '../errors.ts'
import { aSubnet, vpcWithIpv6 } from '../examples/network.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import type { CidrState } from '../resources/cidr-association.ts'
import { presentOf, subnetIpv6AssociationView } from '../resources/cidr-association.ts'
import { going } from '../resources/lifecycle.ts'
import { subnets } from '../resources/subnet.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateSubnetCidrBlock.html */
export const disassociateSubnetCidrBlock = operation({
  name: 'DisassociateSubnetCidrBlock',
  parameters: { AssociationId: required(text()) },
  errors: ['InvalidSubnetCidrBlockAssociationID.NotFound'],
  run({ AssociationId }, { region }) {
    for (const { id, ipv6Associations } of region.of(subnets).everything()) {
      const found = presentOf(ipv6Associations, region).find(({ associationId }) => associationId === AssociationId)
      if (found === undefined) continue
      found.life = going<CidrState>(region, 'disassociating', 'disassociated', 'cidr-association', 1_000)
      return { subnetId: id, ipv6CidrBlockAssociation: subnetIpv6AssociationView(found, region) }
    }
    throw ec2Error('InvalidSubnetCidrBlockAssociationID.NotFound', AssociationId)
  },
  examples: [
    {
      title: 'one that it has',
      before: [
        vpcWithIpv6,
        aSubnet,
        {
          action: 'AssociateSubnetCidrBlock',
          given: { SubnetId: '$subnet.subnet.subnetId', Ipv6CidrBlock: '2001:db8:1000:100::/64' },
          as: 'six',
        },
      ],
      given: { AssociationId: '$six.ipv6CidrBlockAssociation.associationId' },
      answers: { 'ipv6CidrBlockAssociation.ipv6CidrBlockState.state': 'disassociating' },
    },
    {
      title: 'one that there is not',
      given: { AssociationId: 'subnet-cidr-assoc-0123456789abcdef0' },
      answers: 'InvalidSubnetCidrBlockAssociationID.NotFound',
    },
  ],
})
