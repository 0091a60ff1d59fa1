import type { SecurityGroupRule } from './resources/permission.ts'
import { newRuleId } from './resources/security-group.ts'
import type { Region } from './store.ts'

/** A rule before it is one: without an id of its own. */
export type RuleDraft = Omit<SecurityGroupRule, 'id' | 'groupId'>

/** Two rules of a group with the same key are the same rule. */
export function ruleKey(rule: RuleDraft): string {
  const { isEgress, protocol, fromPort, toPort, cidr, cidr6, prefixListId: listId, group } = rule
  return [isEgress, protocol, fromPort, toPort, cidr, cidr6, listId, group?.groupId].join('|')
}

export function ruleOf(draft: RuleDraft, groupId: string, region: Region): SecurityGroupRule {
  return { id: newRuleId(region), groupId, ...draft }
}

/** As the sentence about a duplicate names a rule. */
export function ruleText({
  isEgress,
  protocol,
  fromPort,
  toPort,
  cidr,
  cidr6,
  prefixListId: listId,
  group,
}: RuleDraft): string {
  const side = cidr ?? cidr6 ?? listId ?? group?.groupId ?? ''
  const ports = protocol === '-1' ? 'ALL' : `${protocol.toUpperCase()}, from port: ${fromPort}, to port: ${toPort}`
  return `${isEgress ? 'to' : 'peer'}: ${side}, ${ports}, ALLOW`
}
