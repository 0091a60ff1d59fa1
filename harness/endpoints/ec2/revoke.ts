import { ec2Error } from './errors.ts'
import { ruleFinder } from './find-rule.ts'
import { draftsOf } from './group-rules.ts'
import type { SecurityGroupRule } from './resources/permission.ts'
import { removeRules, sideView } from './resources/security-group-rule.ts'
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
  const rules = ruleFinder(group, isEgress)
  const chosen = [...given.SecurityGroupRuleId.map(rules.byId), ...draftsOf(given, isEgress, region).map(rules.like)]
  if (chosen.length === 0) throw ec2Error('MissingParameter', 'ipPermissions')
  removeRules(region, group, new Set(chosen))
  return { return: true, revokedSecurityGroupRuleSet: chosen.map(revokedView) }
}

function revokedView(rule: SecurityGroupRule): Xml {
  return {
    securityGroupRuleId: rule.id,
    groupId: rule.groupId,
    ...sideView(rule),
    referencedGroupId: rule.group?.groupId,
    description: rule.description,
  }
}
