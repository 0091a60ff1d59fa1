import { ec2Error } from '../errors.ts'
import { aGateway } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { internetGateways } from '../resources/internet-gateway.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteInternetGateway.html */
export const deleteInternetGateway = operation({
  name: 'DeleteInternetGateway',
  parameters: { InternetGatewayId: required(idOf(internetGateways)) },
  errors: ['InvalidInternetGatewayID.NotFound', 'DependencyViolation'],
  run({ InternetGatewayId }, { region }) {
    const { id, vpcId } = region.of(internetGateways).demand(InternetGatewayId)
    if (vpcId !== undefined) {
      throw ec2Error('DependencyViolation', `The internetGateway '${id}' has dependencies and cannot be deleted.`)
    }
    region.of(internetGateways).remove(id)
    return { return: true }
  },
  examples: [
    {
      title: 'attached to nothing',
      before: [aGateway],
      given: { InternetGatewayId: '$gateway.internetGateway.internetGatewayId' },
      answers: { return: 'true' },
    },
    {
      title: 'attached to a VPC',
      before: [{ action: 'DescribeInternetGateways', as: 'all' }],
      given: { InternetGatewayId: '$all.internetGatewaySet.0.internetGatewayId' },
      answers: 'DependencyViolation',
    },
    {
      title: 'one that there is not',
      given: { InternetGatewayId: nobody.gateway },
      answers: 'InvalidInternetGatewayID.NotFound',
    },
  ],
})
