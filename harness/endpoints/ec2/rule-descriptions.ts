import { ec2Error } from './errors.ts'
import { ruleFinder } from './find-rule.ts'
import { draftsOf, noSingleRule } from './group-rules.ts'
import { structure, list, text } from './parameters.ts'
import type { SecurityGroup } from './resources/security-group.ts'
import type { Region } from './store.ts'
import type { Xml } from './wire/xml.ts'

export const descriptionList = list(structure({ SecurityGroupRuleId: text(), Description: text() }))

/** Gives rules of a group other descriptions, by their ids or by what they say. All of them, or none and an error. */
export function describeRules(
  group: SecurityGroup,
  given: {
    readonly IpPermissions: Parameters<typeof draftsOf>[0]['IpPermissions']
    readonly SecurityGroupRuleDescription: readonly {
      readonly SecurityGroupRuleId: string | undefined
      readonly Description: string | undefined
    }[]
  },
  isEgress: boolean,
  region: Region,
): Xml {
  const rules = ruleFinder(group, isEgress)
  const drafts = draftsOf({ ...noSingleRule, IpPermissions: given.IpPermissions }, isEgress, region)
  const changes = [
    ...given.SecurityGroupRuleDescription.map(({ SecurityGroupRuleId: id = '', Description }) => ({
      rule: rules.byId(id),
      description: Description,
    })),
    ...drafts.map((draft) => ({ rule: rules.like(draft), description: draft.description })),
  ]
  if (changes.length === 0) throw ec2Error('MissingParameter', 'ipPermissions')
  for (const { rule, description } of changes) rule.description = description
  return { return: true }
}
