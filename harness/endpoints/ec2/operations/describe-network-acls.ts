import { anAcl, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { describe } from '../operation.ts'
import { networkAclFilters, networkAcls, networkAclView } from '../resources/network-acl.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkAcls.html */
export const describeNetworkAcls = describe({
  name: 'DescribeNetworkAcls',
  kind: networkAcls,
  ids: 'NetworkAclId',
  set: 'networkAclSet',
  view: networkAclView,
  filters: networkAclFilters,
  examples: [
    {
      title: 'of a fresh region: the default one, which lets everything through',
      before: [{ action: 'DescribeSubnets', as: 'subnets' }],
      answers: {
        'networkAclSet.0.default': 'true',
        'networkAclSet.0.entrySet.0.ruleNumber': '100',
        'networkAclSet.0.entrySet.0.ruleAction': 'allow',
        'networkAclSet.0.associationSet.0.subnetId': '$subnets.subnetSet.0.subnetId',
        'networkAclSet.1.networkAclId': undefined,
      },
    },
    {
      title: 'of a VPC, without the default one',
      before: [aVpc, anAcl],
      given: {
        'Filter.1.Name': 'vpc-id',
        'Filter.1.Value.1': '$vpc.vpc.vpcId',
        'Filter.2.Name': 'default',
        'Filter.2.Value.1': 'false',
      },
      answers: {
        'networkAclSet.0.networkAclId': '$acl.networkAcl.networkAclId',
        'networkAclSet.1.networkAclId': undefined,
      },
    },
    {
      title: 'one that there is not',
      given: { 'NetworkAclId.1': nobody.acl },
      answers: 'InvalidNetworkAclID.NotFound',
    },
  ],
})
