import type { FilterValue } from '../filters.ts'
import { resourceKind } from '../resource.ts'
import type { Region } from '../store.ts'
import { tagSet } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'
import type { SecurityGroupRule } from './permission.ts'
import type { SecurityGroup } from './security-group.ts'
import { everythingOut, securityGroups } from './security-group.ts'

/** Rules of all groups by their own ids. Each is in `rules` of its group too. */
export const securityGroupRules = resourceKind<SecurityGroupRule>({
  name: 'security-group-rule',
  prefix: 'sgr',
  notFound: 'InvalidSecurityGroupRuleId.NotFound',
  initial: (region) => [...region.of(securityGroups).everything()].flatMap(({ rules }) => rules),
})

export function addRules(region: Region, group: SecurityGroup, rules: readonly SecurityGroupRule[]): void {
  const collection = region.of(securityGroupRules)
  for (const rule of rules) collection.add(rule)
  group.rules.push(...rules)
}

export function removeRules(region: Region, group: SecurityGroup, rules: ReadonlySet<SecurityGroupRule>): void {
  const collection = region.of(securityGroupRules)
  for (const { id } of rules) collection.remove(id)
  group.rules = group.rules.filter((rule) => !rules.has(rule))
}

/**
 * A VPC that gets IPv6 lets it out as well: in each of its groups whose outgoing rules nobody has changed (VPC User
 * Guide, "Security group rules").
 */
export function letIpv6Out(region: Region, vpcId: string): void {
  for (const group of region.of(securityGroups).everything()) {
    if (group.vpcId !== vpcId) continue
    const [first, ...others] = group.rules.filter(({ isEgress }) => isEgress)
    const untouched = first?.protocol === '-1' && first.cidr === '0.0.0.0/0' && others.length === 0
    if (untouched) addRules(region, group, everythingOut(region, group.id, vpcId).slice(1))
  }
}

/** Of every group, what goes in before what goes out. */
export function rulesInOrder(region: Region): SecurityGroupRule[] {
  return region
    .of(securityGroups)
    .all()
    .flatMap(({ rules }) => [...rules.filter(({ isEgress }) => !isEgress), ...rules.filter(({ isEgress }) => isEgress)])
}

/** What a rule lets through, and where to or from; a group on the other side is each answer's own. */
export function sideView(rule: SecurityGroupRule): Readonly<Record<string, Xml>> {
  return {
    isEgress: rule.isEgress,
    ipProtocol: rule.protocol,
    // A rule for all ports has -1 here, and nothing in the permissions of its group.
    fromPort: rule.fromPort ?? -1,
    toPort: rule.toPort ?? -1,
    cidrIpv4: rule.cidr,
    cidrIpv6: rule.cidr6,
    prefixListId: rule.prefixListId,
  }
}

export function securityGroupRuleView(rule: SecurityGroupRule, region: Region): Xml {
  return {
    securityGroupRuleId: rule.id,
    securityGroupRuleArn: `arn:aws:ec2:${region.name}:${region.accountId}:security-group-rule/${rule.id}`,
    groupId: rule.groupId,
    groupOwnerId: region.accountId,
    ...sideView(rule),
    referencedGroupInfo:
      rule.group === undefined
        ? undefined
        : { groupId: rule.group.groupId, userId: rule.group.userId, vpcId: rule.group.vpcId },
    description: rule.description ?? '',
    tagSet: tagSet(region, rule.id),
  }
}

export const securityGroupRuleFilters: Readonly<
  Record<string, (rule: SecurityGroupRule, region: Region) => FilterValue>
> = {
  'group-id': ({ groupId }) => groupId,
  'security-group-rule-id': ({ id }) => id,
}
