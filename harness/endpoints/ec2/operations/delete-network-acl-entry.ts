import { checkNumber } from '../acl-entries.ts'
import { ec2Error } from '../errors.ts'
import { anAcl, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { boolean, integer, required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { networkAcls } from '../resources/network-acl.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkAclEntry.html */
export const deleteNetworkAclEntry = operation({
  name: 'DeleteNetworkAclEntry',
  parameters: {
    NetworkAclId: required(idOf(networkAcls)),
    RuleNumber: required(integer()),
    Egress: required(boolean()),
  },
  errors: ['InvalidNetworkAclID.NotFound', 'InvalidNetworkAclEntry.NotFound', 'InvalidParameterValue'],
  run({ NetworkAclId, RuleNumber, Egress }, { region }) {
    const acl = region.of(networkAcls).demand(NetworkAclId)
    checkNumber(RuleNumber)
    const left = acl.entries.filter(({ ruleNumber, egress }) => ruleNumber !== RuleNumber || egress !== Egress)
    if (left.length === acl.entries.length) throw ec2Error('InvalidNetworkAclEntry.NotFound', RuleNumber, acl.id)
    acl.entries = left
    return { return: true }
  },
  examples: [
    {
      title: 'of a default ACL',
      before: [{ action: 'DescribeNetworkAcls', as: 'all' }],
      given: { NetworkAclId: '$all.networkAclSet.0.networkAclId', RuleNumber: '100', Egress: 'true' },
      answers: { return: 'true' },
    },
    {
      title: 'of an ACL that there is not',
      given: { NetworkAclId: nobody.acl, RuleNumber: '100', Egress: 'true' },
      answers: 'InvalidNetworkAclID.NotFound',
    },
    {
      title: 'one that there is not',
      before: [aVpc, anAcl],
      given: { NetworkAclId: '$acl.networkAcl.networkAclId', RuleNumber: '100', Egress: 'true' },
      answers: 'InvalidNetworkAclEntry.NotFound',
    },
    {
      title: "the service's own",
      before: [aVpc, anAcl],
      given: { NetworkAclId: '$acl.networkAcl.networkAclId', RuleNumber: '32767', Egress: 'true' },
      answers: 'InvalidParameterValue',
    },
  ],
})
