import { ec2Error } from './errors.ts'
import type { Values } from './parameters.ts'
import { integer, list, structure, text } from './parameters.ts'
import { cidrText, parseCidr } from './resources/cidr.ts'
import { cidr6Text, parseCidr6 } from './resources/ipv6.ts'
import type { SecurityGroupRule } from './resources/permission.ts'
import type { SecurityGroup } from './resources/security-group.ts'
import { groupNamed, securityGroups } from './resources/security-group.ts'
import { prefixListId } from './prefix-list-id.ts'
import type { RuleDraft } from './rule-draft.ts'
import type { Region } from './store.ts'

/** Rules as requests write them: permissions, each with several other sides, or the parameters of a single one. */
export const permissionList = list(
  structure({
    IpProtocol: text(),
    FromPort: integer(),
    ToPort: integer(),
    Groups: list(
      structure({
        Description: text(),
        UserId: text(),
        GroupName: text(),
        GroupId: text(),
        VpcId: text(),
        VpcPeeringConnectionId: text(),
        PeeringStatus: text(),
      }),
    ),
    IpRanges: list(structure({ Description: text(), CidrIp: text() })),
    Ipv6Ranges: list(structure({ Description: text(), CidrIpv6: text() })),
    PrefixListIds: list(structure({ Description: text(), PrefixListId: text() })),
  }),
)

export const ruleParameters = {
  IpPermissions: permissionList,
  IpProtocol: text(),
  FromPort: integer(),
  ToPort: integer(),
  CidrIp: text(),
  SourceSecurityGroupName: text(),
  SourceSecurityGroupOwnerId: text(),
} as const
/** For operations that take rules as permissions only. */
export const noSingleRule = {
  IpProtocol: undefined,
  FromPort: undefined,
  ToPort: undefined,
  CidrIp: undefined,
  SourceSecurityGroupName: undefined,
  SourceSecurityGroupOwnerId: undefined,
} as const
type RuleValues = Values<typeof ruleParameters>
type Permission = RuleValues['IpPermissions'][number]

/** The group that a request names. Its id may be of any form: what is none is not found. */
export function groupOf(id: string | undefined, name: string | undefined, region: Region): SecurityGroup {
  if (id !== undefined) return region.of(securityGroups).demand(id)
  if (name === undefined) throw ec2Error('MissingParameter', 'GroupId or GroupName')
  const found = groupNamed(name, region)
  if (found === undefined) throw ec2Error('InvalidGroup.NotFound', name)
  return found
}

/**
 * The rules that a request describes.
 *
 * @throws Ec2Error MissingParameter, InvalidParameterValue, InvalidGroup.NotFound, InvalidPermission.Malformed
 */
export function draftsOf(given: RuleValues, isEgress: boolean, region: Region): RuleDraft[] {
  const single: Permission[] =
    given.IpProtocol === undefined && given.CidrIp === undefined && given.SourceSecurityGroupName === undefined
      ? []
      : [singleOf(given)]
  return [...single, ...given.IpPermissions].flatMap((permission) => draftsOfOne(permission, isEgress, region))
}

function singleOf(given: RuleValues): Permission {
  const { SourceSecurityGroupName: name, SourceSecurityGroupOwnerId: owner } = given
  const nothing = { GroupId: undefined, VpcId: undefined, VpcPeeringConnectionId: undefined, PeeringStatus: undefined }
  return {
    // By the name of a group and nothing else means everything from it.
    IpProtocol: given.IpProtocol ?? '-1',
    FromPort: given.FromPort,
    ToPort: given.ToPort,
    Groups: name === undefined ? [] : [{ Description: undefined, GroupName: name, UserId: owner, ...nothing }],
    IpRanges: given.CidrIp === undefined ? [] : [{ Description: undefined, CidrIp: given.CidrIp }],
    Ipv6Ranges: [],
    PrefixListIds: [],
  }
}

function draftsOfOne(permission: Permission, isEgress: boolean, region: Region): RuleDraft[] {
  const protocol = protocolOf(permission.IpProtocol)
  const ports = portsOf(protocol, permission)
  const base = { isEgress, protocol, ...ports, description: undefined }
  const drafts: RuleDraft[] = [
    ...permission.Groups.map((each) => ({
      ...base,
      group: sideOf(each, region),
      description: checked(each.Description),
    })),
    ...permission.IpRanges.map((each) => ({
      ...base,
      cidr: cidrIp(each.CidrIp, region),
      description: checked(each.Description),
    })),
    ...permission.Ipv6Ranges.map((each) => ({
      ...base,
      cidr6: cidrIpv6(each.CidrIpv6, region),
      description: checked(each.Description),
    })),
    ...permission.PrefixListIds.map((each) => ({
      ...base,
      prefixListId: prefixListId(each.PrefixListId),
      description: checked(each.Description),
    })),
  ]
  return drafts.length > 0 ? drafts : [base]
}

const protocols: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' }

function protocolOf(given: string | undefined): string {
  if (given === undefined) throw ec2Error('MissingParameter', 'ipProtocol')
  const lower = given.toLowerCase()
  if (lower === 'all') return '-1'
  const known = protocols[lower] ?? lower
  if (['tcp', 'udp', 'icmp', 'icmpv6', '-1'].includes(known)) return known
  if (/^\d{1,3}$/.test(known) && Number(known) <= 255) return known
  throw ec2Error('InvalidPermission.Malformed', `Unsupported IP protocol "${given}" - supported: [tcp, udp, icmp]`)
}

/** Of all protocols there are no ports, whatever a request says. */
function portsOf(protocol: string, { FromPort, ToPort }: Permission): Pick<RuleDraft, 'fromPort' | 'toPort'> {
  if (protocol === '-1') return { fromPort: undefined, toPort: undefined }
  if (protocol === 'tcp' || protocol === 'udp') {
    for (const port of [FromPort, ToPort]) {
      if (port !== undefined && (port < -1 || port > 65_535)) {
        throw ec2Error('InvalidParameterValue', `TCP/UDP port (${port}) out of range`)
      }
    }
  }
  return { fromPort: FromPort, toPort: ToPort }
}

/** Blocks are kept in canonical form, as the service says of itself; moto keeps them as they came. */
function cidrIp(given: string | undefined, region: Region): string {
  const block = parseCidr(given ?? '')
  if (block === undefined) throw ec2Error('InvalidParameterValue', `CIDR block ${given ?? ''} is malformed`)
  return region.world.lenient ? (given ?? '') : cidrText(block)
}

function cidrIpv6(given: string | undefined, region: Region): string {
  const block = parseCidr6(given ?? '')
  if (block === undefined) throw ec2Error('InvalidParameterValue', `CIDR block ${given ?? ''} is malformed`)
  return region.world.lenient ? (given ?? '') : cidr6Text(block)
}

function checked(description: string | undefined): string | undefined {
  if (description === undefined || (description.length <= 255 && /^[\w .\-:/()#,@[\]+=&;{}!$*]*$/.test(description))) {
    return description
  }
  throw ec2Error(
    'InvalidParameterValue',
    'Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
  )
}

function sideOf(given: Permission['Groups'][number], region: Region): NonNullable<SecurityGroupRule['group']> {
  // A group of another account is over there: nobody here knows it.
  if (given.UserId !== undefined && given.UserId !== region.accountId && given.GroupId !== undefined) {
    return { groupId: given.GroupId, userId: given.UserId, ...(given.VpcId !== undefined && { vpcId: given.VpcId }) }
  }
  const group = groupOf(given.GroupId, given.GroupName, region)
  return {
    groupId: group.id,
    userId: region.accountId,
    vpcId: group.vpcId,
    ...(given.GroupId === undefined && { groupName: group.name }),
  }
}
