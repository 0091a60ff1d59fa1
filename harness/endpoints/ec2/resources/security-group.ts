import type { FilterValue } from '../filters.ts'
import { resourceKind } from '../resource.ts'
import type { Region } from '../store.ts'
import { tagsOf } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'
import { presentOf } from './cidr-association.ts'
import type { SecurityGroupRule } from './permission.ts'
import { permissionsView } from './permission.ts'
import { defaultVpc, vpcs } from './vpc.ts'

export interface SecurityGroup {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly vpcId: string
  rules: SecurityGroupRule[]
}

export const securityGroups = resourceKind<SecurityGroup>({
  name: 'security-group',
  prefix: 'sg',
  notFound: 'InvalidGroup.NotFound',
  malformed: 'InvalidGroupId.Malformed',
  initial: (region) => [...region.of(vpcs).everything()].map(({ id }) => defaultGroup(region, id)),
})

/** The group that every VPC has: everything out, and everything in from its own members. Not stored yet. */
export function defaultGroup(region: Region, vpcId: string): SecurityGroup {
  const id = `sg-0${region.ids.hex('sg', 16)}`
  const own = { groupId: id, userId: region.accountId }
  return {
    id,
    name: 'default',
    description: 'default VPC security group',
    vpcId,
    rules: [{ ...allTraffic(region, id, false), group: own }, ...everythingOut(region, id, vpcId)],
  }
}

/** What a group has from the start; out of a VPC with IPv6 goes that too. */
export function everythingOut(region: Region, groupId: string, vpcId: string): SecurityGroupRule[] {
  const vpc = region.of(vpcs).get(vpcId)
  const six = vpc !== undefined && presentOf(vpc.ipv6Associations, region).length > 0
  return [
    { ...allTraffic(region, groupId, true), cidr: '0.0.0.0/0' },
    ...(six ? [{ ...allTraffic(region, groupId, true), cidr6: '::/0' }] : []),
  ]
}

/** All protocols and ports, to or from a side that is still to be named. */
function allTraffic(region: Region, groupId: string, isEgress: boolean): SecurityGroupRule {
  return {
    id: newRuleId(region),
    groupId,
    isEgress,
    protocol: '-1',
    fromPort: undefined,
    toPort: undefined,
    description: undefined,
  }
}

export function newRuleId(region: Region): string {
  return `sgr-0${region.ids.hex('sgr', 16)}`
}

export function defaultGroupOf(region: Region, vpcId: string): SecurityGroup | undefined {
  for (const group of region.of(securityGroups).everything()) {
    if (group.vpcId === vpcId && group.name === 'default') return group
  }
  return undefined
}

/** The group of that name: of the default VPC, else of any other. */
export function groupNamed(name: string, region: Region): SecurityGroup | undefined {
  const standard = defaultVpc(region)?.id
  let found: SecurityGroup | undefined
  for (const group of region.of(securityGroups).everything()) {
    if (group.name !== name) continue
    if (group.vpcId === standard) return group
    found ??= group
  }
  return found
}

/** `<groupSet>` of what is in several groups. */
export function groupItems(groupIds: readonly string[], region: Region): Xml {
  return groupIds.map((groupId) => ({ groupId, groupName: region.of(securityGroups).get(groupId)?.name }))
}

export function securityGroupView(group: SecurityGroup, region: Region): Xml {
  return {
    ownerId: region.accountId,
    groupId: group.id,
    securityGroupArn: securityGroupArn(group.id, region),
    groupName: group.name,
    groupDescription: group.description,
    vpcId: group.vpcId,
    ipPermissions: permissionsView(group.rules.filter(({ isEgress }) => !isEgress)),
    ipPermissionsEgress: permissionsView(group.rules.filter(({ isEgress }) => isEgress)),
    tagSet: tagsOf(region, group.id),
  }
}

export function securityGroupArn(id: string, region: Region): string {
  return `arn:aws:ec2:${region.name}:${region.accountId}:security-group/${id}`
}

type Reader = (group: SecurityGroup, region: Region) => FilterValue

function ruleFilters(prefix: string, egress: boolean): Record<string, Reader> {
  const of =
    (read: (rule: SecurityGroupRule) => string | number | undefined): Reader =>
    ({ rules }) =>
      rules.filter(({ isEgress }) => isEgress === egress).map(read)
  return {
    [`${prefix}.cidr`]: of(({ cidr }) => cidr),
    [`${prefix}.from-port`]: of(({ fromPort }) => fromPort),
    [`${prefix}.group-id`]: of(({ group }) => group?.groupId),
    // Only for rules that were made by name, as the service has it.
    [`${prefix}.group-name`]: of(({ group }) => group?.groupName),
    [`${prefix}.ipv6-cidr`]: of(({ cidr6 }) => cidr6),
    [`${prefix}.prefix-list-id`]: of(({ prefixListId }) => prefixListId),
    [`${prefix}.protocol`]: of(({ protocol }) => protocol),
    [`${prefix}.to-port`]: of(({ toPort }) => toPort),
    [`${prefix}.user-id`]: of(({ group }) => group?.userId),
  }
}

export const securityGroupFilters: Readonly<Record<string, Reader>> = {
  description: ({ description }) => description,
  ...ruleFilters('egress.ip-permission', true),
  'group-id': ({ id }) => id,
  'group-name': ({ name }) => name,
  ...ruleFilters('ip-permission', false),
  'owner-id': (_, region) => region.accountId,
  'vpc-id': ({ vpcId }) => vpcId,
}
