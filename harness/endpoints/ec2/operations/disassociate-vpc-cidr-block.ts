import { ec2Error } from '../errors.ts'
import { aSubnet, aVpc } from '../examples/network.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import type { CidrState } from '../resources/cidr-association.ts'
import { cidrAssociationView, ipv6AssociationView, presentOf } from '../resources/cidr-association.ts'
import { cidrOf, contains } from '../resources/cidr.ts'
import { within6 } from '../resources/ipv6.ts'
import { going } from '../resources/lifecycle.ts'
import { tablesOf } from '../resources/route-table.ts'
import { subnetsOf } from '../resources/subnet.ts'
import type { Vpc } from '../resources/vpc.ts'
import { vpcs } from '../resources/vpc.ts'
import type { Region } from '../store.ts'

const second = {
  action: 'AssociateVpcCidrBlock',
  given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.1.0.0/16' },
  as: 'second',
} as const

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateVpcCidrBlock.html */
export const disassociateVpcCidrBlock = operation({
  name: 'DisassociateVpcCidrBlock',
  parameters: { AssociationId: required(text()) },
  errors: ['InvalidVpcCidrBlockAssociationIdError.NotFound', 'OperationNotPermitted', 'DependencyViolation'],
  run({ AssociationId: id }, { region }) {
    const vpc = vpcWith(id, region)
    const leaving = going<CidrState>(region, 'disassociating', 'disassociated', 'cidr-association', 1_000)
    const [primary] = vpc.cidrAssociations
    if (primary?.associationId === id) {
      throw ec2Error(
        'OperationNotPermitted',
        `The vpc CIDR block with association ID ${id} may not be disassociated. It is the primary IPv4 CIDR block of the VPC`,
      )
    }
    const busy = (): never => {
      throw ec2Error('DependencyViolation', `The vpc CIDR block with association ID ${id} is in use by a subnet.`)
    }
    const four = vpc.cidrAssociations.find(({ associationId }) => associationId === id)
    if (four !== undefined) {
      const block = cidrOf(four.cidr)
      if (subnetsOf(vpc.id, region).some((each) => contains(block, each.block))) busy()
      four.life = leaving
      forget(vpc, four.cidr, region)
      return { vpcId: vpc.id, cidrBlockAssociation: cidrAssociationView(four, region) }
    }
    const six = vpc.ipv6Associations.find(({ associationId }) => associationId === id)
    // vpcWith has found it in one of the two lists.
    if (six === undefined) throw ec2Error('InvalidVpcCidrBlockAssociationIdError.NotFound', id)
    for (const { ipv6Associations } of subnetsOf(vpc.id, region)) {
      if (presentOf(ipv6Associations, region).some(({ cidr }) => within6(six.cidr, cidr))) busy()
    }
    six.life = leaving
    forget(vpc, six.cidr, region)
    return { vpcId: vpc.id, ipv6CidrBlockAssociation: ipv6AssociationView(six, region) }
  },
  examples: [
    {
      title: 'a second block',
      before: [aVpc, second],
      given: { AssociationId: '$second.cidrBlockAssociation.associationId' },
      answers: {
        vpcId: '$vpc.vpc.vpcId',
        'cidrBlockAssociation.cidrBlock': '10.1.0.0/16',
        'cidrBlockAssociation.cidrBlockState.state': 'disassociating',
      },
    },
    {
      title: 'the primary one',
      before: [aVpc],
      given: { AssociationId: '$vpc.vpc.cidrBlockAssociationSet.0.associationId' },
      answers: 'OperationNotPermitted',
    },
    {
      title: 'one that a subnet is in',
      before: [aVpc, second, { ...aSubnet, given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.1.0.0/24' } }],
      given: { AssociationId: '$second.cidrBlockAssociation.associationId' },
      answers: 'DependencyViolation',
    },
    {
      title: 'one that there is not',
      given: { AssociationId: 'vpc-cidr-assoc-0123456789abcdef0' },
      answers: 'InvalidVpcCidrBlockAssociationIdError.NotFound',
    },
  ],
})

function vpcWith(id: string, region: Region): Vpc {
  for (const vpc of region.of(vpcs).everything()) {
    const present = presentOf([...vpc.cidrAssociations, ...vpc.ipv6Associations], region)
    if (present.some(({ associationId }) => associationId === id)) return vpc
  }
  throw ec2Error('InvalidVpcCidrBlockAssociationIdError.NotFound', id)
}

/** Its local routes go with a block. */
function forget(vpc: Vpc, block: string, region: Region): void {
  for (const table of tablesOf(vpc.id, region)) {
    table.routes = table.routes.filter(
      ({ origin, cidr, cidr6 }) => origin !== 'CreateRouteTable' || (cidr !== block && cidr6 !== block),
    )
  }
}
