import { ec2Error } from './errors.ts'
import type { SecurityGroupRule } from './resources/permission.ts'
import type { SecurityGroup } from './resources/security-group.ts'
import type { RuleDraft } from './rule-draft.ts'
import { ruleKey } from './rule-draft.ts'

/** The rules of a group that go one way, as requests name them. */
export interface RuleFinder {
  /** @throws Ec2Error InvalidSecurityGroupRuleId.NotFound */
  readonly byId: (id: string) => SecurityGroupRule
  /** By what it says. @throws Ec2Error InvalidPermission.NotFound */
  readonly like: (draft: RuleDraft) => SecurityGroupRule
}

export function ruleFinder(group: SecurityGroup, isEgress: boolean): RuleFinder {
  const own = group.rules.filter((rule) => rule.isEgress === isEgress)
  const ids = new Map(own.map((rule) => [rule.id, rule]))
  const keys = new Map(own.map((rule) => [ruleKey(rule), rule]))
  return {
    byId(id) {
      const rule = ids.get(id)
      if (rule === undefined) throw ec2Error('InvalidSecurityGroupRuleId.NotFound', id)
      return rule
    },
    like(draft) {
      const rule = keys.get(ruleKey(draft))
      if (rule === undefined) throw ec2Error('InvalidPermission.NotFound')
      return rule
    },
  }
}
