import { entryOf, entryParameters, inOrder } from '../acl-entries.ts'
import { ec2Error } from '../errors.ts'
import { anAcl, nobody, aVpc } from '../examples/network.ts'
import { operation } from '../operation.ts'
import { lastRule, networkAcls } from '../resources/network-acl.ts'

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

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html */
export const createNetworkAclEntry = operation({
  name: 'CreateNetworkAclEntry',
  parameters: entryParameters,
  errors: [
    'InvalidNetworkAclID.NotFound',
    'MissingParameter',
    'InvalidParameterValue',
    'NetworkAclEntryAlreadyExists',
    'NetworkAclEntryLimitExceeded',
  ],
  run(given, { region }) {
    const acl = region.of(networkAcls).demand(given.NetworkAclId)
    const entry = entryOf(given)
    if (acl.entries.some(({ ruleNumber, egress }) => ruleNumber === entry.ruleNumber && egress === entry.egress)) {
      throw ec2Error('NetworkAclEntryAlreadyExists', entry.ruleNumber)
    }
    const own = acl.entries.filter(({ ruleNumber, egress }) => ruleNumber !== lastRule && egress === entry.egress)
    if (own.length >= region.quota('rules-per-network-acl')) throw ec2Error('NetworkAclEntryLimitExceeded')
    acl.entries = inOrder([...acl.entries, entry])
    return { return: true }
  },
  examples: [
    { title: 'a port for everybody', before: [aVpc, anAcl], given: https, answers: { return: 'true' } },
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
      title: 'of a number that is taken in this direction',
      before: [aVpc, anAcl, { action: 'CreateNetworkAclEntry', given: https }],
      given: https,
      answers: 'NetworkAclEntryAlreadyExists',
    },
    {
      title: 'more than the quota leaves',
      seed: { quotas: { 'rules-per-network-acl': 0 } },
      before: [aVpc, anAcl],
      given: https,
      answers: 'NetworkAclEntryLimitExceeded',
    },
  ],
})
