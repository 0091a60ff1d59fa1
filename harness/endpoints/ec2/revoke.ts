import { ec2Error } from './errors.ts'
import { draftsOf, ruleKey } from './group-rules.ts'
import type { SecurityGroupRule } from './resources/permission.ts'
import { removeRules } from './resources/security-group-rule.ts'
import type { SecurityGroup } from './resources/security-group.ts'
import type { Region } from './store.ts'
import type { Xml } from './wire/xml.ts'

/** Takes rules of a group away, by their ids or by what they say. */
export function revoke(
  group: SecurityGroup,
  given: Parameters<typeof draftsOf>[0] & { readonly SecurityGroupRuleId: readonly string[] },
  isEgress: boolean,
  region: Region,
): Xml {
  const own = group.rules.filter((rule) => rule.isEgress === isEgress)
  const byId = new Map(own.map((rule) => [rule.id, rule]))
  const byKey = new Map(own.map((rule) => [ruleKey(rule), rule]))
  const chosen = [
    ...given.SecurityGroupRuleId.map((id) => {
      const rule = byId.get(id)
      if (rule === undefined) throw ec2Error('InvalidSecurityGroupRuleId.NotFound', id)
      return rule
    }),
    ...draftsOf(given, isEgress, region).map((draft) => {
      const rule = byKey.get(ruleKey(draft))
      if (rule === undefined) throw ec2Error('InvalidPermission.NotFound')
      return rule
    }),
  ]
  if (chosen.length === 0) throw ec2Error('MissingParameter', 'ipPermissions')
  removeRules(region, group, new Set(chosen))
  return { return: true, revokedSecurityGroupRuleSet: chosen.map(revokedView) }
}

function revokedView(rule: SecurityGroupRule): Xml {
  return {
    securityGroupRuleId: rule.id,
    groupId: rule.groupId,
    isEgress: rule.isEgress,
    ipProtocol: rule.protocol,
    fromPort: rule.fromPort ?? -1,
    toPort: rule.toPort ?? -1,
    cidrIpv4: rule.cidr,
    cidrIpv6: rule.cidr6,
    prefixListId: rule.prefixListId,
    referencedGroupId: rule.group?.groupId,
    description: rule.description,
  }
}
