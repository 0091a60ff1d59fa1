import { authorize } from '../authorize.ts'
import { aGroup, nobody } from '../examples/network.ts'
import { groupOf, ruleParameters } from '../group-rules.ts'
import { operation } from '../operation.ts'
import { text } from '../parameters.ts'
import { tagSpecifications } from '../tagging.ts'

const ssh = {
  GroupId: '$group.groupId',
  'IpPermissions.1.IpProtocol': 'tcp',
  'IpPermissions.1.FromPort': '22',
  'IpPermissions.1.ToPort': '22',
  'IpPermissions.1.IpRanges.1.CidrIp': '198.51.100.0/24',
} as const

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html */
export const authorizeSecurityGroupIngress = operation({
  name: 'AuthorizeSecurityGroupIngress',
  parameters: {
    GroupId: text(),
    GroupName: text(),
    ...ruleParameters,
    TagSpecification: tagSpecifications,
  },
  errors: [
    'InvalidGroup.NotFound',
    'MissingParameter',
    'InvalidParameterValue',
    'InvalidPermission.Malformed',
    'InvalidPermission.Duplicate',
    'RulesPerSecurityGroupLimitExceeded',
  ],
  run: (given, { region }) => authorize(groupOf(given.GroupId, given.GroupName, region), given, false, region),
  examples: [
    {
      title: 'a port for a block of addresses, which is kept in its canonical form',
      before: [aGroup],
      given: { ...ssh, 'IpPermissions.1.IpRanges.1.CidrIp': '198.51.100.7/24' },
      answers: {
        return: 'true',
        'securityGroupRuleSet.0.groupId': '$group.groupId',
        'securityGroupRuleSet.0.isEgress': 'false',
        'securityGroupRuleSet.0.cidrIpv4': '198.51.100.0/24',
      },
    },
    {
      title: 'a single rule, by the name of the group',
      before: [aGroup],
      given: { GroupName: 'web', IpProtocol: 'tcp', FromPort: '80', ToPort: '80', CidrIp: '0.0.0.0/0' },
      answers: { 'securityGroupRuleSet.0.cidrIpv4': '0.0.0.0/0', 'securityGroupRuleSet.0.fromPort': '80' },
    },
    {
      title: 'everything for another group, and for an IPv6 block',
      before: [aGroup, { ...aGroup, given: { GroupName: 'db', GroupDescription: 'Databases' }, as: 'db' }],
      given: {
        GroupId: '$group.groupId',
        'IpPermissions.1.IpProtocol': '-1',
        'IpPermissions.1.Groups.1.GroupId': '$db.groupId',
        'IpPermissions.1.Ipv6Ranges.1.CidrIpv6': '2001:db8::/32',
      },
      answers: {
        'securityGroupRuleSet.0.referencedGroupInfo.groupId': '$db.groupId',
        'securityGroupRuleSet.0.fromPort': '-1',
        'securityGroupRuleSet.1.cidrIpv6': '2001:db8::/32',
      },
    },
    {
      title: 'of a group that there is not',
      given: { ...ssh, GroupId: nobody.group },
      answers: 'InvalidGroup.NotFound',
    },
    { title: 'nothing', before: [aGroup], given: { GroupId: '$group.groupId' }, answers: 'MissingParameter' },
    {
      title: 'for what is no block',
      before: [aGroup],
      given: { ...ssh, 'IpPermissions.1.IpRanges.1.CidrIp': '198.51.100.7' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'of a protocol that there is not',
      before: [aGroup],
      given: { ...ssh, 'IpPermissions.1.IpProtocol': 'http' },
      answers: 'InvalidPermission.Malformed',
    },
    {
      title: 'a rule that is there',
      before: [aGroup, { action: 'AuthorizeSecurityGroupIngress', given: ssh }],
      given: ssh,
      answers: 'InvalidPermission.Duplicate',
    },
    {
      title: 'more than a group can have',
      seed: { quotas: { 'rules-per-security-group': 0 } },
      before: [aGroup],
      given: ssh,
      answers: 'RulesPerSecurityGroupLimitExceeded',
    },
  ],
})
