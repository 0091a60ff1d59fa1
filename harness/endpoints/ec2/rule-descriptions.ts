import { ec2Error } from './errors.ts'
import { draftsOf, ruleKey } from './group-rules.ts'
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
  const own = group.rules.filter((rule) => rule.isEgress === isEgress)
  const byId = new Map(own.map((rule) => [rule.id, rule]))
  const byKey = new Map(own.map((rule) => [ruleKey(rule), rule]))
  const nothing = { IpProtocol: undefined, FromPort: undefined, ToPort: undefined, CidrIp: undefined }
  const drafts = draftsOf(
    {
      ...nothing,
      IpPermissions: given.IpPermissions,
      SourceSecurityGroupName: undefined,
      SourceSecurityGroupOwnerId: undefined,
    },
    isEgress,
    region,
  )
  const changes = [
    ...given.SecurityGroupRuleDescription.map(({ SecurityGroupRuleId: id = '', Description }) => {
      const rule = byId.get(id)
      if (rule === undefined) throw ec2Error('InvalidSecurityGroupRuleId.NotFound', id)
      return { rule, description: Description }
    }),
    ...drafts.map((draft) => {
      const rule = byKey.get(ruleKey(draft))
      if (rule === undefined) throw ec2Error('InvalidPermission.NotFound')
      return { rule, description: draft.description }
    }),
  ]
  if (changes.length === 0) throw ec2Error('MissingParameter', 'ipPermissions')
  for (const { rule, description } of changes) rule.description = description
  return { return: true }
}
