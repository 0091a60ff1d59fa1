import { entryOf, entryParameters } from '../acl-entries.ts'
import { ec2Error } from '../errors.ts'
import { anAcl, nobody, aVpc } from '../examples/network.ts'
import { operation } from '../operation.ts'
import { networkAcls } from '../resources/network-acl.ts'

const https = {
  NetworkAclId: '$acl.networkAcl.networkAclId',
  RuleNumber: '110',
  Protocol: '6',
  RuleAction: 'allow',
  Egress: 'false',
  CidrBlock: '0.0.0.0/0',
  'PortRange.From': '443',
  'PortRange.To': '443',
} as const
const { CidrBlock: _, ...nobodyElse } = https

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclEntry.html */
export const replaceNetworkAclEntry = operation({
  name: 'ReplaceNetworkAclEntry',
  parameters: entryParameters,
  errors: [
    'InvalidNetworkAclID.NotFound',
    'MissingParameter',
    'InvalidParameterValue',
    'InvalidNetworkAclEntry.NotFound',
  ],
  run(given, { region }) {
    const acl = region.of(networkAcls).demand(given.NetworkAclId)
    const entry = entryOf(given)
    const at = acl.entries.findIndex(
      ({ ruleNumber, egress }) => ruleNumber === entry.ruleNumber && egress === entry.egress,
    )
    if (at === -1) throw ec2Error('InvalidNetworkAclEntry.NotFound', entry.ruleNumber, acl.id)
    acl.entries = acl.entries.with(at, entry)
    return { return: true }
  },
  examples: [
    {
      title: 'a port for everybody',
      before: [aVpc, anAcl, { action: 'CreateNetworkAclEntry', given: https }],
      given: https,
      answers: { return: 'true' },
    },
    {
      title: 'of an ACL that there is not',
      given: { ...https, NetworkAclId: nobody.acl },
      answers: 'InvalidNetworkAclID.NotFound',
    },
    { title: 'for nobody', before: [aVpc, anAcl], given: nobodyElse, answers: 'MissingParameter' },
    {
      title: 'of a number that is too high',
      before: [aVpc, anAcl],
      given: { ...https, RuleNumber: '32767' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'one that there is not',
      before: [aVpc, anAcl],
      given: https,
      answers: 'InvalidNetworkAclEntry.NotFound',
    },
  ],
})
