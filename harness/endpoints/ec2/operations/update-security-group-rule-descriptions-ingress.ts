import { refusedRules, ssh, sshIn, theRule } from '../examples/group-rules.ts'
import { aGroup } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { groupOf, permissionList } from '../group-rules.ts'
import { operation } from '../operation.ts'
import { text } from '../parameters.ts'
import { describeRules, descriptionList } from '../rule-descriptions.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UpdateSecurityGroupRuleDescriptionsIngress.html */
export const updateSecurityGroupRuleDescriptionsIngress = operation({
  name: 'UpdateSecurityGroupRuleDescriptionsIngress',
  parameters: {
    GroupId: text(),
    GroupName: text(),
    IpPermissions: permissionList,
    SecurityGroupRuleDescription: descriptionList,
  },
  errors: [
    'InvalidGroup.NotFound',
    'MissingParameter',
    'InvalidParameterValue',
    'InvalidPermission.Malformed',
    'InvalidPermission.NotFound',
    'InvalidSecurityGroupRuleId.NotFound',
  ],
  run: (given, { region }) => describeRules(groupOf(given.GroupId, given.GroupName, region), given, false, region),
  examples: [
    { title: 'a rule by what it says', before: [aGroup, sshIn], given: ssh, answers: { return: 'true' } },
    {
      title: 'a rule by its id',
      before: [aGroup, sshIn],
      given: {
        GroupId: '$group.groupId',
        'SecurityGroupRuleDescription.1.SecurityGroupRuleId': theRule,
        'SecurityGroupRuleDescription.1.Description': 'the office',
      },
      answers: { return: 'true' },
    },
    refusedRules.group,
    refusedRules.nothing,
    refusedRules.block,
    refusedRules.protocol,
    refusedRules.absent,
    {
      title: 'a rule by an id that there is not',
      before: [aGroup],
      given: { GroupId: '$group.groupId', 'SecurityGroupRuleDescription.1.SecurityGroupRuleId': nobody.rule },
      answers: 'InvalidSecurityGroupRuleId.NotFound',
    },
  ],
})
