import { ec2Error } from '../errors.ts'
import { sshIn, theRule } from '../examples/group-rules.ts'
import { aGroup } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { draftsOf, groupOf, noSingleRule } from '../group-rules.ts'
import { operation } from '../operation.ts'
import { integer, list, required, structure, text } from '../parameters.ts'
import type { SecurityGroupRule } from '../resources/permission.ts'
import { securityGroupRules } from '../resources/security-group-rule.ts'
import type { RuleDraft } from '../rule-draft.ts'
import type { Region } from '../store.ts'

const wanted = structure({
  IpProtocol: text(),
  FromPort: integer(),
  ToPort: integer(),
  CidrIpv4: text(),
  CidrIpv6: text(),
  PrefixListId: text(),
  ReferencedGroupId: text(),
  Description: text(),
})
type Wanted = NonNullable<ReturnType<typeof wanted.read>>

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySecurityGroupRules.html */
export const modifySecurityGroupRules = operation({
  name: 'ModifySecurityGroupRules',
  parameters: {
    GroupId: required(text()),
    SecurityGroupRule: required(list(structure({ SecurityGroupRuleId: required(text()), SecurityGroupRule: wanted }))),
  },
  errors: ['InvalidGroup.NotFound', 'InvalidSecurityGroupRuleId.NotFound', 'InvalidParameterValue'],
  run({ GroupId, SecurityGroupRule: changes }, { region }) {
    const group = groupOf(GroupId, undefined, region)
    const there = new Map(group.rules.map((rule) => [rule.id, rule]))
    const changed = new Map<string, SecurityGroupRule>()
    for (const { SecurityGroupRuleId: id, SecurityGroupRule: given } of changes) {
      const rule = there.get(id)
      if (rule === undefined) throw ec2Error('InvalidSecurityGroupRuleId.NotFound', id)
      changed.set(id, { id, groupId: group.id, ...draftOf(given, rule, region) })
    }
    const rules = region.of(securityGroupRules)
    // A rule keeps its place and its id, whatever it says from now on.
    group.rules = group.rules.map((rule) => changed.get(rule.id) ?? rule)
    rules.put([...changed.values()])
    return { return: true }
  },
  examples: [
    {
      title: 'another port for another block',
      before: [aGroup, sshIn],
      given: {
        GroupId: '$group.groupId',
        'SecurityGroupRule.1.SecurityGroupRuleId': theRule,
        'SecurityGroupRule.1.SecurityGroupRule.IpProtocol': 'tcp',
        'SecurityGroupRule.1.SecurityGroupRule.FromPort': '443',
        'SecurityGroupRule.1.SecurityGroupRule.ToPort': '443',
        'SecurityGroupRule.1.SecurityGroupRule.CidrIpv4': '203.0.113.0/24',
        'SecurityGroupRule.1.SecurityGroupRule.Description': 'the office',
      },
      answers: { return: 'true' },
    },
    {
      title: 'of a group that there is not',
      given: { GroupId: nobody.group, 'SecurityGroupRule.1.SecurityGroupRuleId': nobody.rule },
      answers: 'InvalidGroup.NotFound',
    },
    {
      title: 'one that there is not',
      before: [aGroup],
      given: { GroupId: '$group.groupId', 'SecurityGroupRule.1.SecurityGroupRuleId': nobody.rule },
      answers: 'InvalidSecurityGroupRuleId.NotFound',
    },
    {
      title: 'for two other sides at once',
      before: [aGroup, sshIn],
      given: {
        GroupId: '$group.groupId',
        'SecurityGroupRule.1.SecurityGroupRuleId': theRule,
        'SecurityGroupRule.1.SecurityGroupRule.IpProtocol': 'tcp',
        'SecurityGroupRule.1.SecurityGroupRule.CidrIpv4': '203.0.113.0/24',
        'SecurityGroupRule.1.SecurityGroupRule.CidrIpv6': '2001:db8::/32',
      },
      answers: 'InvalidParameterValue',
    },
  ],
})

/** What is left out stays as it was. */
function draftOf(given: Wanted | undefined, rule: SecurityGroupRule, region: Region): RuleDraft {
  const sides = [given?.CidrIpv4, given?.CidrIpv6, given?.PrefixListId, given?.ReferencedGroupId]
  const named = sides.filter((side) => side !== undefined).length
  if (named > 1) throw ec2Error('InvalidParameterValue', 'Exactly one source or destination must be specified.')
  const [cidr, cidr6, prefixListId, groupId] =
    named === 1 ? sides : [rule.cidr, rule.cidr6, rule.prefixListId, rule.group?.groupId]
  const Description = given?.Description ?? rule.description
  const nothing = { VpcId: undefined, VpcPeeringConnectionId: undefined, PeeringStatus: undefined }
  const [draft] = draftsOf(
    {
      ...noSingleRule,
      IpPermissions: [
        {
          IpProtocol: given?.IpProtocol ?? rule.protocol,
          FromPort: given?.FromPort ?? rule.fromPort,
          ToPort: given?.ToPort ?? rule.toPort,
          Groups:
            groupId === undefined
              ? []
              : [{ GroupId: groupId, GroupName: undefined, UserId: undefined, Description, ...nothing }],
          IpRanges: cidr === undefined ? [] : [{ CidrIp: cidr, Description }],
          Ipv6Ranges: cidr6 === undefined ? [] : [{ CidrIpv6: cidr6, Description }],
          PrefixListIds: prefixListId === undefined ? [] : [{ PrefixListId: prefixListId, Description }],
        },
      ],
    },
    rule.isEgress,
    region,
  )
  // One permission with at most one other side is one rule.
  return draft as RuleDraft
}
