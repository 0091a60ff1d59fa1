import { aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { vpcs } from '../resources/vpc.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcAttribute.html */
export const describeVpcAttribute = operation({
  name: 'DescribeVpcAttribute',
  parameters: {
    VpcId: required(idOf(vpcs)),
    Attribute: required(
      text({ oneOf: ['enableDnsSupport', 'enableDnsHostnames', 'enableNetworkAddressUsageMetrics'] }),
    ),
  },
  errors: ['InvalidVpcID.NotFound'],
  looks: true,
  run({ VpcId, Attribute }, { region }) {
    const vpc = region.of(vpcs).demand(VpcId)
    return { vpcId: vpc.id, [Attribute]: { value: vpc[Attribute] } }
  },
  examples: [
    {
      title: 'names for hosts, which only a default VPC has from the start',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', Attribute: 'enableDnsHostnames' },
      answers: { vpcId: '$vpc.vpc.vpcId', 'enableDnsHostnames.value': 'false' },
    },
    {
      title: 'of one that there is not',
      given: { VpcId: nobody.vpc, Attribute: 'enableDnsSupport' },
      answers: 'InvalidVpcID.NotFound',
    },
  ],
})
