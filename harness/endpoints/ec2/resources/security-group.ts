import type { Region } from '../store.ts'
import { resourceKind } from '../store.ts'
import { vpcs } from './vpc.ts'

/** One rule: a protocol, ports, and one other side. */
export interface SecurityGroupRule {
  /** `sgr-...` */
  readonly id: string
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

export interface SecurityGroup {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly vpcId: string
  readonly rules: SecurityGroupRule[]
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
    rules: [
      { ...allTraffic(region, false), group: own },
      { ...allTraffic(region, true), cidr: '0.0.0.0/0' },
    ],
  }
}

/** All protocols and ports, to or from a side that is still to be named. */
export function allTraffic(region: Region, isEgress: boolean): SecurityGroupRule {
  return {
    id: `sgr-0${region.ids.hex('sgr', 16)}`,
    isEgress,
    protocol: '-1',
    fromPort: undefined,
    toPort: undefined,
    description: undefined,
  }
}

export function defaultGroupOf(region: Region, vpcId: string): SecurityGroup | undefined {
  for (const group of region.of(securityGroups).everything()) {
    if (group.vpcId === vpcId && group.name === 'default') return group
  }
  return undefined
}
