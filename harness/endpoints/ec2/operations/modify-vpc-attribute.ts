import { ec2Error } from '../errors.ts'
import { aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { boolean, required, structure } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { vpcs } from '../resources/vpc.ts'

const value = structure({ Value: boolean() })

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html */
export const modifyVpcAttribute = operation({
  name: 'ModifyVpcAttribute',
  parameters: {
    VpcId: required(idOf(vpcs)),
    EnableDnsHostnames: value,
    EnableDnsSupport: value,
    EnableNetworkAddressUsageMetrics: value,
  },
  errors: ['InvalidVpcID.NotFound', 'InvalidParameterCombination'],
  run({ VpcId, ...given }, { region }) {
    const vpc = region.of(vpcs).demand(VpcId)
    const [support, hostnames] = [given.EnableDnsSupport?.Value, given.EnableDnsHostnames?.Value]
    const metrics = given.EnableNetworkAddressUsageMetrics?.Value
    if ([support, hostnames, metrics].filter((each) => each !== undefined).length !== 1) {
      throw ec2Error('InvalidParameterCombination', 'Exactly one attribute must be specified.')
    }
    vpc.enableDnsSupport = support ?? vpc.enableDnsSupport
    vpc.enableDnsHostnames = hostnames ?? vpc.enableDnsHostnames
    vpc.enableNetworkAddressUsageMetrics = metrics ?? vpc.enableNetworkAddressUsageMetrics
    return { return: true }
  },
  examples: [
    {
      title: 'one of them',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', 'EnableDnsHostnames.Value': 'true' },
      answers: { return: 'true' },
    },
    {
      title: 'two at once',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', 'EnableDnsHostnames.Value': 'true', 'EnableDnsSupport.Value': 'true' },
      answers: 'InvalidParameterCombination',
    },
    {
      title: 'of one that there is not',
      given: { VpcId: nobody.vpc, 'EnableDnsSupport.Value': 'false' },
      answers: 'InvalidVpcID.NotFound',
    },
  ],
})
