import { ec2Error } from './errors.ts'
import { draftsOf } from './group-rules.ts'
import { addRules, securityGroupRules, securityGroupRuleView } from './resources/security-group-rule.ts'
import type { SecurityGroup } from './resources/security-group.ts'
import type { RuleDraft } from './rule-draft.ts'
import { ruleKey, ruleOf, ruleText } from './rule-draft.ts'
import type { Region } from './store.ts'
import type { TagSpecifications } from './tagging.ts'
import { checkSpecifications, tagAsSpecified } from './tagging.ts'
import type { Xml } from './wire/xml.ts'

/** Of each direction (VPC User Guide, "Amazon VPC quotas"). */
const mostRules = 60

/** Rules for a group: all of them, or none and an error. */
export function authorize(
  group: SecurityGroup,
  given: Parameters<typeof draftsOf>[0] & { readonly TagSpecification: TagSpecifications },
  isEgress: boolean,
  region: Region,
): Xml {
  const drafts = draftsOf(given, isEgress, region)
  if (drafts.length === 0) throw ec2Error('MissingParameter', 'ipPermissions')
  checkSpecifications(given.TagSpecification, ['security-group-rule'])
  const there = group.rules.filter((rule) => rule.isEgress === isEgress)
  const quota = region.quota('rules-per-security-group')
  if (there.length + drafts.length > (Number.isFinite(quota) ? quota : mostRules)) {
    throw ec2Error('RulesPerSecurityGroupLimitExceeded')
  }
  refuseDuplicates(there, drafts)
  const rules = drafts.map((draft) => ruleOf(draft, group.id, region))
  addRules(region, group, rules)
  for (const { id } of rules) tagAsSpecified(region, securityGroupRules, id, given.TagSpecification)
  return { return: true, securityGroupRuleSet: rules.map((rule) => securityGroupRuleView(rule, region)) }
}

function refuseDuplicates(there: readonly RuleDraft[], drafts: readonly RuleDraft[]): void {
  const known = new Set(there.map(ruleKey))
  for (const draft of drafts) {
    const key = ruleKey(draft)
    if (known.has(key)) throw ec2Error('InvalidPermission.Duplicate', ruleText(draft))
    known.add(key)
  }
}
