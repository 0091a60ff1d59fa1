import { ec2Error } from '../errors.ts'
import { aGateway, anotherVpc, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { gatewayOf, internetGateways } from '../resources/internet-gateway.ts'
import { vpcs } from '../resources/vpc.ts'

const both = { VpcId: '$vpc.vpc.vpcId', InternetGatewayId: '$gateway.internetGateway.internetGatewayId' } as const

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html */
export const attachInternetGateway = operation({
  name: 'AttachInternetGateway',
  parameters: { InternetGatewayId: required(idOf(internetGateways)), VpcId: required(idOf(vpcs)) },
  errors: [
    'InvalidInternetGatewayID.NotFound',
    'InvalidVpcID.NotFound',
    'Resource.AlreadyAssociated',
    'InvalidParameterValue',
  ],
  run({ InternetGatewayId, VpcId }, { region }) {
    const gateway = region.of(internetGateways).demand(InternetGatewayId)
    const vpc = region.of(vpcs).demand(VpcId)
    if (gateway.vpcId !== undefined) throw ec2Error('Resource.AlreadyAssociated', gateway.id, gateway.vpcId)
    if (gatewayOf(vpc.id, region) !== undefined) {
      throw ec2Error('InvalidParameterValue', `Network ${vpc.id} already has an internet gateway attached`)
    }
    gateway.vpcId = vpc.id
    return { return: true }
  },
  examples: [
    { title: 'to a VPC', before: [aVpc, aGateway], given: both, answers: { return: 'true' } },
    {
      title: 'one that there is not',
      before: [aVpc],
      given: { ...both, InternetGatewayId: nobody.gateway },
      answers: 'InvalidInternetGatewayID.NotFound',
    },
    {
      title: 'to a VPC that there is not',
      before: [aGateway],
      given: { ...both, VpcId: nobody.vpc },
      answers: 'InvalidVpcID.NotFound',
    },
    {
      title: 'one that is attached already',
      before: [aVpc, anotherVpc, aGateway, { action: 'AttachInternetGateway', given: both }],
      given: { ...both, VpcId: '$other.vpc.vpcId' },
      answers: 'Resource.AlreadyAssociated',
    },
    {
      title: 'a second one to the same VPC',
      before: [
        aVpc,
        aGateway,
        { action: 'AttachInternetGateway', given: both },
        { action: 'CreateInternetGateway', as: 'second' },
      ],
      given: { ...both, InternetGatewayId: '$second.internetGateway.internetGatewayId' },
      answers: 'InvalidParameterValue',
    },
  ],
})
