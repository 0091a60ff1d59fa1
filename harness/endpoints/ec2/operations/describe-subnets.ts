import { aSubnet, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { describe } from '../operation.ts'
import { subnetFilters, subnets, subnetView } from '../resources/subnet.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html */
export const describeSubnets = describe({
  name: 'DescribeSubnets',
  kind: subnets,
  ids: 'SubnetId',
  set: 'subnetSet',
  view: (item, region) => subnetView(item, region),
  filters: subnetFilters,
  examples: [
    {
      title: 'of a fresh region: one in each zone',
      region: 'eu-west-1',
      answers: {
        'subnetSet.0.cidrBlock': '172.31.0.0/20',
        'subnetSet.0.availabilityZone': 'eu-west-1a',
        'subnetSet.2.cidrBlock': '172.31.32.0/20',
        'subnetSet.2.defaultForAz': 'true',
        'subnetSet.3.subnetId': undefined,
      },
    },
    {
      title: 'of a VPC',
      before: [aVpc, aSubnet],
      given: { 'Filter.1.Name': 'vpc-id', 'Filter.1.Value.1': '$vpc.vpc.vpcId' },
      answers: {
        'subnetSet.0.subnetId': '$subnet.subnet.subnetId',
        'subnetSet.0.tagSet': undefined,
        'subnetSet.1.subnetId': undefined,
      },
    },
    { title: 'one that there is not', given: { 'SubnetId.1': nobody.subnet }, answers: 'InvalidSubnetID.NotFound' },
  ],
})
