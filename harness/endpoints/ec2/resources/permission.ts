import type { Xml } from '../wire/xml.ts'

/** One rule: a protocol, ports, and one other side. */
export interface SecurityGroupRule {
  /** `sgr-...` */
  readonly id: string
  readonly groupId: string
  readonly isEgress: boolean
  /** `tcp`, `udp`, `icmp`, `icmpv6`, a number as text, or `-1` for all. */
  readonly protocol: string
  readonly fromPort: number | undefined
  readonly toPort: number | undefined
  readonly cidr?: string
  readonly cidr6?: string
  readonly prefixListId?: string
  readonly group?: {
    readonly groupId: string
    readonly groupName?: string
    readonly userId: string
    readonly vpcId?: string
  }
  description: string | undefined
}

interface Permission {
  readonly ipProtocol: string
  readonly fromPort: number | undefined
  readonly toPort: number | undefined
  readonly groups: Xml[]
  readonly ipRanges: Xml[]
  readonly ipv6Ranges: Xml[]
  readonly prefixListIds: Xml[]
}

/** `<ipPermissions>`: rules of the same protocol and ports are one permission with several other sides. */
export function permissionsView(rules: readonly SecurityGroupRule[]): Xml {
  const permissions = new Map<string, Permission>()
  for (const rule of rules) {
    const key = `${rule.protocol}/${rule.fromPort}/${rule.toPort}`
    let permission = permissions.get(key)
    if (permission === undefined) permissions.set(key, (permission = permissionOf(rule)))
    const { description } = rule
    if (rule.group !== undefined) {
      permission.groups.push({ userId: rule.group.userId, groupId: rule.group.groupId, description })
    }
    if (rule.cidr !== undefined) permission.ipRanges.push({ cidrIp: rule.cidr, description })
    if (rule.cidr6 !== undefined) permission.ipv6Ranges.push({ cidrIpv6: rule.cidr6, description })
    if (rule.prefixListId !== undefined) permission.prefixListIds.push({ prefixListId: rule.prefixListId, description })
  }
  // What names ports comes before what is about all traffic.
  const all = [...permissions.values()]
  return [
    ...all.filter(({ ipProtocol }) => ipProtocol !== '-1'),
    ...all.filter(({ ipProtocol }) => ipProtocol === '-1'),
  ].map((permission) => ({ ...permission }))
}

function permissionOf({ protocol, fromPort, toPort }: SecurityGroupRule): Permission {
  return { ipProtocol: protocol, fromPort, toPort, groups: [], ipRanges: [], ipv6Ranges: [], prefixListIds: [] }
}
