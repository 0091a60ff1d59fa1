import { aGroup, nobody } from '../examples/network.ts'
import { groupOf, ruleParameters } from '../group-rules.ts'
import { operation } from '../operation.ts'
import { list, required, text } from '../parameters.ts'
import { revoke } from '../revoke.ts'

const ssh = {
  GroupId: '$group.groupId',
  'IpPermissions.1.IpProtocol': 'tcp',
  'IpPermissions.1.FromPort': '22',
  'IpPermissions.1.ToPort': '22',
  'IpPermissions.1.IpRanges.1.CidrIp': '198.51.100.0/24',
} as const
const rule = { action: 'AuthorizeSecurityGroupEgress', given: ssh, as: 'rule' } as const

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupEgress.html */
export const revokeSecurityGroupEgress = operation({
  name: 'RevokeSecurityGroupEgress',
  parameters: {
    GroupId: required(text()),
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
  run: (given, { region }) => revoke(groupOf(given.GroupId, undefined, region), given, true, region),
  examples: [
    {
      title: 'a rule by what it says',
      before: [aGroup, rule],
      given: ssh,
      answers: { return: 'true', 'revokedSecurityGroupRuleSet.0.cidrIpv4': '198.51.100.0/24' },
    },
    {
      title: 'a rule by its id',
      before: [aGroup, rule],
      given: {
        GroupId: '$group.groupId',
        'SecurityGroupRuleId.1': '$rule.securityGroupRuleSet.0.securityGroupRuleId',
      },
      answers: { return: 'true', 'revokedSecurityGroupRuleSet.0.cidrIpv4': '198.51.100.0/24' },
    },
    {
      title: 'of a group that there is not',
      given: { ...ssh, GroupId: nobody.group },
      answers: 'InvalidGroup.NotFound',
    },
    { title: 'nothing', before: [aGroup], given: { GroupId: '$group.groupId' }, answers: 'MissingParameter' },
    {
      title: 'of what is no block',
      before: [aGroup],
      given: { ...ssh, 'IpPermissions.1.IpRanges.1.CidrIp': 'everywhere' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'of a protocol that there is not',
      before: [aGroup],
      given: { ...ssh, 'IpPermissions.1.IpProtocol': 'http' },
      answers: 'InvalidPermission.Malformed',
    },
    {
      title: 'a rule that the group does not have',
      before: [aGroup],
      given: ssh,
      answers: 'InvalidPermission.NotFound',
    },
    {
      title: 'a rule by an id that there is not',
      before: [aGroup],
      given: { GroupId: '$group.groupId', 'SecurityGroupRuleId.1': nobody.rule },
      answers: 'InvalidSecurityGroupRuleId.NotFound',
    },
  ],
})
