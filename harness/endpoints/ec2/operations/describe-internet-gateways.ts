import { aGateway } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { describe } from '../operation.ts'
import { internetGatewayFilters, internetGateways, internetGatewayView } from '../resources/internet-gateway.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInternetGateways.html */
export const describeInternetGateways = describe({
  name: 'DescribeInternetGateways',
  kind: internetGateways,
  ids: 'InternetGatewayId',
  set: 'internetGatewaySet',
  view: internetGatewayView,
  filters: internetGatewayFilters,
  examples: [
    {
      title: 'of a fresh region: that of the default VPC',
      before: [{ action: 'DescribeVpcs', as: 'all' }],
      answers: {
        'internetGatewaySet.0.attachmentSet.0.vpcId': '$all.vpcSet.0.vpcId',
        'internetGatewaySet.0.attachmentSet.0.state': 'available',
        'internetGatewaySet.1.internetGatewayId': undefined,
      },
    },
    {
      title: 'by id',
      before: [aGateway],
      given: { 'InternetGatewayId.1': '$gateway.internetGateway.internetGatewayId' },
      answers: {
        'internetGatewaySet.0.internetGatewayId': '$gateway.internetGateway.internetGatewayId',
        'internetGatewaySet.1.internetGatewayId': undefined,
      },
    },
    {
      title: 'one that there is not',
      given: { 'InternetGatewayId.1': nobody.gateway },
      answers: 'InvalidInternetGatewayID.NotFound',
    },
  ],
})
