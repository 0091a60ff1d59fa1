import { entryOf, entryParameters } from '../acl-entries.ts'
import { ec2Error } from '../errors.ts'
import { https, refusedEntries } from '../examples/acl-entries.ts'
import { anAcl, aVpc } from '../examples/network.ts'
import { operation } from '../operation.ts'
import { networkAcls } from '../resources/network-acl.ts'

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
    refusedEntries.acl,
    refusedEntries.nobody,
    refusedEntries.number,
    {
      title: 'one that there is not',
      before: [aVpc, anAcl],
      given: https,
      answers: 'InvalidNetworkAclEntry.NotFound',
    },
  ],
})
