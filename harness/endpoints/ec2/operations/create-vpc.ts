import { ec2Error } from '../errors.ts'
import { nobody } from '../examples/nobody.ts'
import { addVpc, blockOf } from '../networks.ts'
import { operation } from '../operation.ts'
import { boolean, required, structure, text } from '../parameters.ts'
import { poolParameters, refusePools } from '../pools.ts'
import { settled } from '../resources/lifecycle.ts'
import { newIpv6Block, newVpc, newVpcCidrId, vpcs, vpcView } from '../resources/vpc.ts'
import { checkSpecifications, tagAsSpecified, tagSpecifications } from '../tagging.ts'

const exclusion = text({ oneOf: ['enable', 'disable'] })

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html */
export const createVpc = operation({
  name: 'CreateVpc',
  parameters: {
    CidrBlock: required(text()),
    AmazonProvidedIpv6CidrBlock: boolean(),
    InstanceTenancy: text({ oneOf: ['default', 'dedicated', 'host'] }),
    ...poolParameters,
    VpcEncryptionControl: structure({
      Mode: text({ oneOf: ['monitor', 'enforce'] }),
      InternetGatewayExclusion: exclusion,
      EgressOnlyInternetGatewayExclusion: exclusion,
      NatGatewayExclusion: exclusion,
      VirtualPrivateGatewayExclusion: exclusion,
      VpcPeeringExclusion: exclusion,
      LambdaExclusion: exclusion,
      VpcLatticeExclusion: exclusion,
      ElasticFileSystemExclusion: exclusion,
    }),
    TagSpecification: tagSpecifications,
  },
  errors: [
    'InvalidParameterValue',
    'InvalidVpc.Range',
    'InvalidIpamPoolId.NotFound',
    'InvalidPoolID.NotFound',
    'VpcLimitExceeded',
  ],
  run(given, { region }) {
    const { bits } = blockOf(given.CidrBlock)
    // VPC User Guide, "VPC CIDR blocks".
    if (bits < 16 || bits > 28) throw ec2Error('InvalidVpc.Range', given.CidrBlock)
    checkSpecifications(given.TagSpecification, ['vpc'])
    refusePools(given, region)
    if (region.of(vpcs).size >= region.quota('vpcs')) throw ec2Error('VpcLimitExceeded')
    const vpc = newVpc(region, given.CidrBlock)
    vpc.tenancy = given.InstanceTenancy ?? 'default'
    if (given.AmazonProvidedIpv6CidrBlock === true) {
      vpc.ipv6Associations = [
        { associationId: newVpcCidrId(region), cidr: newIpv6Block(region), life: settled('associated') },
      ]
    }
    addVpc(region, vpc)
    tagAsSpecified(region, vpcs, vpc.id, given.TagSpecification)
    return { vpc: vpcView(vpc, region, true) }
  },
  examples: [
    {
      title: 'of a block of addresses, with a tag, pending at first',
      given: {
        CidrBlock: '10.0.0.7/16',
        'TagSpecification.1.ResourceType': 'vpc',
        'TagSpecification.1.Tag.1.Key': 'Name',
        'TagSpecification.1.Tag.1.Value': 'backup',
      },
      answers: {
        'vpc.state': 'pending',
        'vpc.cidrBlock': '10.0.0.0/16',
        'vpc.cidrBlockAssociationSet.0.cidrBlockState.state': 'associated',
        'vpc.isDefault': 'false',
        'vpc.instanceTenancy': 'default',
        'vpc.tagSet.0.value': 'backup',
      },
    },
    {
      title: 'with IPv6, on hardware of its own',
      given: { CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: 'true', InstanceTenancy: 'dedicated' },
      answers: {
        'vpc.instanceTenancy': 'dedicated',
        'vpc.ipv6CidrBlockAssociationSet.0.ipv6CidrBlock': '2001:db8:1000:100::/56',
      },
    },
    { title: 'of what is no block', given: { CidrBlock: '1000.1.0.0/20' }, answers: 'InvalidParameterValue' },
    { title: 'of too small a block', given: { CidrBlock: '10.1.0.0/29' }, answers: 'InvalidVpc.Range' },
    {
      title: 'of a pool that there is not',
      given: { CidrBlock: '10.0.0.0/16', Ipv4IpamPoolId: nobody.ipamPool },
      answers: 'InvalidIpamPoolId.NotFound',
    },
    {
      title: 'of a pool of IPv6 addresses that there is not',
      given: { CidrBlock: '10.0.0.0/16', Ipv6Pool: nobody.ipv6Pool },
      answers: 'InvalidPoolID.NotFound',
    },
    {
      title: 'more than the quota leaves',
      seed: { quotas: { vpcs: 1 } },
      given: { CidrBlock: '10.0.0.0/16' },
      answers: 'VpcLimitExceeded',
    },
  ],
})
