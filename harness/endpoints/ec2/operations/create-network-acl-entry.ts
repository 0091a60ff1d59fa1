import { entryOf, entryParameters, inOrder } from '../acl-entries.ts'
import { ec2Error } from '../errors.ts'
import { https, refusedEntries } from '../examples/acl-entries.ts'
import { anAcl, aVpc } from '../examples/network.ts'
import { operation } from '../operation.ts'
import { lastRule, networkAcls } from '../resources/network-acl.ts'

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
    refusedEntries.acl,
    refusedEntries.nobody,
    refusedEntries.number,
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
