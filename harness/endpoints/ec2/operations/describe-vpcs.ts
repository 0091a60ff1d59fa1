import { anotherVpc, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { describe } from '../operation.ts'
import { vpcFilters, vpcs, vpcView } from '../resources/vpc.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html */
export const describeVpcs = describe({
  name: 'DescribeVpcs',
  kind: vpcs,
  ids: 'VpcId',
  set: 'vpcSet',
  view: (item, region) => vpcView(item, region),
  filters: vpcFilters,
  examples: [
    {
      title: 'of a fresh region: the default one',
      answers: {
        'vpcSet.0.cidrBlock': '172.31.0.0/16',
        'vpcSet.0.isDefault': 'true',
        'vpcSet.0.state': 'available',
        'vpcSet.1.vpcId': undefined,
      },
    },
    {
      title: 'by block',
      before: [aVpc, anotherVpc],
      given: { 'Filter.1.Name': 'cidr', 'Filter.1.Value.1': '10.9.0.0/*' },
      answers: { 'vpcSet.0.vpcId': '$other.vpc.vpcId', 'vpcSet.1.vpcId': undefined },
    },
    { title: 'one that there is not', given: { 'VpcId.1': nobody.vpc }, answers: 'InvalidVpcID.NotFound' },
  ],
})
