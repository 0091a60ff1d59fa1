import { ec2Error } from '../errors.ts'
import { aGateway, anotherVpc, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { internetGateways } from '../resources/internet-gateway.ts'
import { hasPublicAddress } from '../public-addresses.ts'
import { idOf } from '../resource.ts'

const both = { VpcId: '$vpc.vpc.vpcId', InternetGatewayId: '$gateway.internetGateway.internetGatewayId' } as const
const attached = { action: 'AttachInternetGateway', given: both } as const

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html */
export const detachInternetGateway = operation({
  name: 'DetachInternetGateway',
  parameters: { InternetGatewayId: required(idOf(internetGateways)), VpcId: required(text()) },
  errors: ['InvalidInternetGatewayID.NotFound', 'Gateway.NotAttached', 'DependencyViolation'],
  run({ InternetGatewayId, VpcId }, { region }) {
    const gateway = region.of(internetGateways).demand(InternetGatewayId)
    if (gateway.vpcId !== VpcId) throw ec2Error('Gateway.NotAttached', gateway.id, VpcId)
    if (hasPublicAddress(VpcId, region)) {
      throw ec2Error(
        'DependencyViolation',
        `Network ${VpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
      )
    }
    gateway.vpcId = undefined
    return { return: true }
  },
  examples: [
    { title: 'from its VPC', before: [aVpc, aGateway, attached], given: both, answers: { return: 'true' } },
    {
      title: 'one that there is not',
      given: { VpcId: nobody.vpc, InternetGatewayId: nobody.gateway },
      answers: 'InvalidInternetGatewayID.NotFound',
    },
    {
      title: 'from a VPC that it is not attached to',
      before: [aVpc, anotherVpc, aGateway, attached],
      given: { ...both, VpcId: '$other.vpc.vpcId' },
      answers: 'Gateway.NotAttached',
    },
    {
      title: 'from a VPC where an instance has a public address',
      before: [
        {
          action: 'RunInstances',
          given: { ImageId: 'ami-0a1b2c3d4e5f60001', MinCount: '1', MaxCount: '1' },
        },
        { action: 'DescribeInternetGateways', as: 'all' },
      ],
      given: {
        VpcId: '$all.internetGatewaySet.0.attachmentSet.0.vpcId',
        InternetGatewayId: '$all.internetGatewaySet.0.internetGatewayId',
      },
      answers: 'DependencyViolation',
    },
  ],
})
