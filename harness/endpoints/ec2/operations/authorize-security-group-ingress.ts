import { authorize } from '../authorize.ts'
import { allTraffic, allTrafficRules, refusedRules, ssh, sshIn, twoGroups } from '../examples/group-rules.ts'
import { aGroup } from '../examples/network.ts'
import { groupOf, ruleParameters } from '../group-rules.ts'
import { operation } from '../operation.ts'
import { text } from '../parameters.ts'
import { tagSpecifications } from '../tagging.ts'

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
      before: twoGroups,
      given: allTraffic,
      answers: allTrafficRules,
    },
    refusedRules.group,
    refusedRules.nothing,
    refusedRules.block,
    refusedRules.protocol,
    { title: 'a rule that is there', before: [aGroup, sshIn], given: ssh, answers: 'InvalidPermission.Duplicate' },
    refusedRules.quota,
  ],
})
