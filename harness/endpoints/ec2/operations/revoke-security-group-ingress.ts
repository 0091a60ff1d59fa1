import { refusedRules, ssh, sshIn, theRule } from '../examples/group-rules.ts'
import { aGroup } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { groupOf, ruleParameters } from '../group-rules.ts'
import { operation } from '../operation.ts'
import { list, text } from '../parameters.ts'
import { revoke } from '../revoke.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html */
export const revokeSecurityGroupIngress = operation({
  name: 'RevokeSecurityGroupIngress',
  parameters: {
    GroupId: text(),
    GroupName: text(),
    ...ruleParameters,
    SecurityGroupRuleId: list(text()),
  },
  errors: [
    'InvalidGroup.NotFound',
    'MissingParameter',
    'InvalidParameterValue',
    'InvalidPermission.Malformed',
    'InvalidPermission.NotFound',
    'InvalidSecurityGroupRuleId.NotFound',
  ],
  run: (given, { region }) => revoke(groupOf(given.GroupId, given.GroupName, region), given, false, region),
  examples: [
    {
      title: 'a rule by what it says',
      before: [aGroup, sshIn],
      given: ssh,
      answers: { return: 'true', 'revokedSecurityGroupRuleSet.0.cidrIpv4': '198.51.100.0/24' },
    },
    {
      title: 'a rule by its id',
      before: [aGroup, sshIn],
      given: { GroupId: '$group.groupId', 'SecurityGroupRuleId.1': theRule },
      answers: { return: 'true', 'revokedSecurityGroupRuleSet.0.cidrIpv4': '198.51.100.0/24' },
    },
    refusedRules.group,
    refusedRules.nothing,
    refusedRules.block,
    refusedRules.protocol,
    refusedRules.absent,
    {
      title: 'a rule by an id that there is not',
      before: [aGroup],
      given: { GroupId: '$group.groupId', 'SecurityGroupRuleId.1': nobody.rule },
      answers: 'InvalidSecurityGroupRuleId.NotFound',
    },
  ],
})
