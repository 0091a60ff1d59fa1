import { ec2Error } from '../errors.ts'
import { aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { aclsOf, networkAcls, networkAclView, newNetworkAcl } from '../resources/network-acl.ts'
import { vpcs } from '../resources/vpc.ts'
import { checkSpecifications, tagAsSpecified, tagSpecifications } from '../tagging.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAcl.html */
export const createNetworkAcl = operation({
  name: 'CreateNetworkAcl',
  parameters: { VpcId: required(idOf(vpcs)), ClientToken: text({ max: 64 }), TagSpecification: tagSpecifications },
  errors: ['InvalidVpcID.NotFound', 'NetworkAclLimitExceeded'],
  run({ VpcId, ClientToken, TagSpecification }, { region }) {
    const vpc = region.of(vpcs).demand(VpcId)
    checkSpecifications(TagSpecification, ['network-acl'])
    if (aclsOf(vpc.id, region).length >= region.quota('network-acls-per-vpc')) throw ec2Error('NetworkAclLimitExceeded')
    const acl = region.of(networkAcls).add(newNetworkAcl(region, vpc.id, false))
    tagAsSpecified(region, networkAcls, acl.id, TagSpecification)
    return { networkAcl: networkAclView(acl, region), clientToken: ClientToken }
  },
  examples: [
    {
      title: 'that lets nothing through',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId' },
      answers: {
        'networkAcl.vpcId': '$vpc.vpc.vpcId',
        'networkAcl.default': 'false',
        'networkAcl.entrySet.0.ruleNumber': '32767',
        'networkAcl.entrySet.0.ruleAction': 'deny',
        'networkAcl.entrySet.2.ruleNumber': undefined,
      },
    },
    { title: 'of a VPC that there is not', given: { VpcId: nobody.vpc }, answers: 'InvalidVpcID.NotFound' },
    {
      title: 'more than the quota leaves',
      seed: { quotas: { 'network-acls-per-vpc': 1 } },
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId' },
      answers: 'NetworkAclLimitExceeded',
    },
  ],
})
