import { ec2Error } from '../errors.ts'
import { aVpc, vpcWithIpv6 } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { blockOf } from '../networks.ts'
import { operation } from '../operation.ts'
import { boolean, required, text } from '../parameters.ts'
import { poolParameters, refusePools } from '../pools.ts'
import { idOf } from '../resource.ts'
import type { CidrAssociation, CidrState } from '../resources/cidr-association.ts'
import { cidrAssociationView, ipv6AssociationView, presentOf } from '../resources/cidr-association.ts'
import { cidrOf, cidrText, overlaps } from '../resources/cidr.ts'
import { going } from '../resources/lifecycle.ts'
import type { Route } from '../resources/route-table.ts'
import { tablesOf } from '../resources/route-table.ts'
import { letIpv6Out } from '../resources/security-group-rule.ts'
import { newIpv6Block, newVpcCidrId, vpcs } from '../resources/vpc.ts'

/** Of IPv4; there is one of IPv6 at most (VPC User Guide, "Amazon VPC quotas"). */
const mostBlocks = 5

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateVpcCidrBlock.html */
export const associateVpcCidrBlock = operation({
  name: 'AssociateVpcCidrBlock',
  parameters: {
    VpcId: required(idOf(vpcs)),
    CidrBlock: text(),
    AmazonProvidedIpv6CidrBlock: boolean(),
    ...poolParameters,
  },
  errors: [
    'InvalidVpcID.NotFound',
    'MissingParameter',
    'InvalidParameterValue',
    'InvalidVpc.Range',
    'InvalidIpamPoolId.NotFound',
    'InvalidPoolID.NotFound',
    'CidrLimitExceeded',
  ],
  run(given, { region }) {
    const vpc = region.of(vpcs).demand(given.VpcId)
    refusePools(given, region)
    const associate = (cidr: string): CidrAssociation => ({
      associationId: newVpcCidrId(region),
      cidr,
      life: going<CidrState>(region, 'associating', 'associated', 'cidr-association', 1_000),
    })
    const leadThere = (route: Pick<Route, 'cidr' | 'cidr6'>): void => {
      for (const table of tablesOf(vpc.id, region)) {
        table.routes.push({ ...route, target: { gatewayId: 'local' }, origin: 'CreateRouteTable' })
      }
    }
    if (given.AmazonProvidedIpv6CidrBlock === true) {
      if (presentOf(vpc.ipv6Associations, region).length > 0) throw ec2Error('CidrLimitExceeded', vpc.id, 1)
      const association = associate(newIpv6Block(region))
      vpc.ipv6Associations.push(association)
      leadThere({ cidr6: association.cidr })
      letIpv6Out(region, vpc.id)
      return { vpcId: vpc.id, ipv6CidrBlockAssociation: ipv6AssociationView(association, region) }
    }
    if (given.CidrBlock === undefined) throw ec2Error('MissingParameter', 'cidrBlock')
    const block = blockOf(given.CidrBlock)
    const there = presentOf(vpc.cidrAssociations, region)
    if (there.length >= mostBlocks) throw ec2Error('CidrLimitExceeded', vpc.id, mostBlocks)
    if (block.bits < 16 || block.bits > 28 || there.some(({ cidr }) => overlaps(cidrOf(cidr), block))) {
      throw ec2Error('InvalidVpc.Range', given.CidrBlock)
    }
    const association = associate(cidrText(block))
    vpc.cidrAssociations.push(association)
    leadThere({ cidr: association.cidr })
    return { vpcId: vpc.id, cidrBlockAssociation: cidrAssociationView(association, region) }
  },
  examples: [
    {
      title: 'a second block',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.1.0.0/16' },
      answers: {
        vpcId: '$vpc.vpc.vpcId',
        'cidrBlockAssociation.cidrBlock': '10.1.0.0/16',
        'cidrBlockAssociation.cidrBlockState.state': 'associating',
      },
    },
    {
      title: 'a block of IPv6',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', AmazonProvidedIpv6CidrBlock: 'true' },
      answers: { 'ipv6CidrBlockAssociation.ipv6CidrBlock': '2001:db8:1000:100::/56' },
    },
    {
      title: 'with a VPC that there is not',
      given: { VpcId: nobody.vpc, CidrBlock: '10.1.0.0/16' },
      answers: 'InvalidVpcID.NotFound',
    },
    { title: 'none', before: [aVpc], given: { VpcId: '$vpc.vpc.vpcId' }, answers: 'MissingParameter' },
    {
      title: 'what is no block',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.1.0.0' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'one that overlaps with the first',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.0.128.0/17' },
      answers: 'InvalidVpc.Range',
    },
    {
      title: 'one of a pool that there is not',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', Ipv4IpamPoolId: nobody.ipamPool },
      answers: 'InvalidIpamPoolId.NotFound',
    },
    {
      title: 'one of a pool of IPv6 addresses that there is not',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', Ipv6Pool: nobody.ipv6Pool },
      answers: 'InvalidPoolID.NotFound',
    },
    {
      title: 'a second block of IPv6',
      before: [vpcWithIpv6],
      given: { VpcId: '$vpc.vpc.vpcId', AmazonProvidedIpv6CidrBlock: 'true' },
      answers: 'CidrLimitExceeded',
    },
  ],
})
