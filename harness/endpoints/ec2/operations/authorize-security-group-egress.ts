import { authorize } from '../authorize.ts'
import { allTraffic, allTrafficRules, refusedRules, ssh, sshOut, twoGroups } from '../examples/group-rules.ts'
import { aGroup } from '../examples/network.ts'
import { groupOf, ruleParameters } from '../group-rules.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { tagSpecifications } from '../tagging.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupEgress.html */
export const authorizeSecurityGroupEgress = operation({
  name: 'AuthorizeSecurityGroupEgress',
  parameters: {
    GroupId: required(text()),
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
  run: (given, { region }) => authorize(groupOf(given.GroupId, undefined, region), given, true, region),
  examples: [
    {
      title: 'a port for a block of addresses, which is kept in its canonical form',
      before: [aGroup],
      given: { ...ssh, 'IpPermissions.1.IpRanges.1.CidrIp': '198.51.100.7/24' },
      answers: {
        return: 'true',
        'securityGroupRuleSet.0.groupId': '$group.groupId',
        'securityGroupRuleSet.0.isEgress': 'true',
        'securityGroupRuleSet.0.cidrIpv4': '198.51.100.0/24',
      },
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
    { title: 'a rule that is there', before: [aGroup, sshOut], given: ssh, answers: 'InvalidPermission.Duplicate' },
    refusedRules.quota,
  ],
})
