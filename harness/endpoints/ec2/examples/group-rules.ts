import type { Example, Step } from '../operation.ts'
import { aGroup } from './network.ts'
import { nobody } from './nobody.ts'

/** A port for a block of addresses, as a rule of `aGroup`. */
export const ssh = {
  GroupId: '$group.groupId',
  'IpPermissions.1.IpProtocol': 'tcp',
  'IpPermissions.1.FromPort': '22',
  'IpPermissions.1.ToPort': '22',
  'IpPermissions.1.IpRanges.1.CidrIp': '198.51.100.0/24',
} as const

/** Each keeps its answer as `rule`. */
export const sshIn: Step = { action: 'AuthorizeSecurityGroupIngress', given: ssh, as: 'rule' }
export const sshOut: Step = { action: 'AuthorizeSecurityGroupEgress', given: ssh, as: 'rule' }
export const theRule = '$rule.securityGroupRuleSet.0.securityGroupRuleId'

/** What `allTraffic` needs: a group to name, kept as `db`. */
export const twoGroups: readonly Step[] = [
  aGroup,
  { ...aGroup, given: { GroupName: 'db', GroupDescription: 'Databases' }, as: 'db' },
]

/** A permission with two other sides: a rule for each. */
export const allTraffic = {
  GroupId: '$group.groupId',
  'IpPermissions.1.IpProtocol': '-1',
  'IpPermissions.1.Groups.1.GroupId': '$db.groupId',
  'IpPermissions.1.Ipv6Ranges.1.CidrIpv6': '2001:db8::/32',
} as const
export const allTrafficRules = {
  'securityGroupRuleSet.0.referencedGroupInfo.groupId': '$db.groupId',
  'securityGroupRuleSet.0.fromPort': '-1',
  'securityGroupRuleSet.1.cidrIpv6': '2001:db8::/32',
} as const

/** What operations on the rules of a group refuse, whichever way the rules go. */
export const refusedRules = {
  group: {
    title: 'of a group that there is not',
    given: { ...ssh, GroupId: nobody.group },
    answers: 'InvalidGroup.NotFound',
  },
  nothing: { title: 'nothing', before: [aGroup], given: { GroupId: '$group.groupId' }, answers: 'MissingParameter' },
  block: {
    title: 'of what is no block',
    before: [aGroup],
    given: { ...ssh, 'IpPermissions.1.IpRanges.1.CidrIp': '198.51.100.7' },
    answers: 'InvalidParameterValue',
  },
  protocol: {
    title: 'of a protocol that there is not',
    before: [aGroup],
    given: { ...ssh, 'IpPermissions.1.IpProtocol': 'http' },
    answers: 'InvalidPermission.Malformed',
  },
  absent: {
    title: 'a rule that the group does not have',
    before: [aGroup],
    given: ssh,
    answers: 'InvalidPermission.NotFound',
  },
  quota: {
    title: 'more than a group can have',
    seed: { quotas: { 'rules-per-security-group': 0 } },
    before: [aGroup],
    given: ssh,
    answers: 'RulesPerSecurityGroupLimitExceeded',
  },
} as const satisfies Readonly<Record<string, Example>>
