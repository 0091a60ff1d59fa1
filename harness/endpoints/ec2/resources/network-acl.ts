import type { FilterValue } from '../filters.ts'
import { resourceKind } from '../resource.ts'
import type { Region } from '../store.ts'
import { tagSet } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'
import { subnets } from './subnet.ts'
import { vpcs } from './vpc.ts'

export interface NetworkAclEntry {
  readonly ruleNumber: number
  /** A number as text; `-1` for all. */
  readonly protocol: string
  /** `allow` or `deny`, as it was written. */
  readonly ruleAction: string
  readonly egress: boolean
  readonly cidr: string | undefined
  readonly cidr6: string | undefined
  readonly icmp: { readonly code: number | undefined; readonly type: number | undefined } | undefined
  readonly ports: { readonly from: number | undefined; readonly to: number | undefined } | undefined
}

export interface NetworkAcl {
  readonly id: string
  readonly vpcId: string
  readonly isDefault: boolean
  entries: NetworkAclEntry[]
  /** Subnet to the id of its association. Every subnet has exactly one ACL. */
  readonly associations: Map<string, string>
}

/** The last rule of every ACL, written `*` in the console: whatever no other rule takes is denied. */
export const lastRule = 32_767

export const networkAcls = resourceKind<NetworkAcl>({
  name: 'network-acl',
  prefix: 'acl',
  notFound: 'InvalidNetworkAclID.NotFound',
  initial(region) {
    const acls = new Map([...region.of(vpcs).everything()].map(({ id }) => [id, newNetworkAcl(region, id, true)]))
    for (const { id, vpcId } of region.of(subnets).everything()) {
      acls.get(vpcId)?.associations.set(id, newAclAssociationId(region))
    }
    return [...acls.values()]
  },
})

/** An ACL that is not stored yet: the default one of a VPC lets everything through, any other nothing. */
export function newNetworkAcl(region: Region, vpcId: string, isDefault: boolean): NetworkAcl {
  const all = { protocol: '-1', cidr: '0.0.0.0/0', cidr6: undefined, icmp: undefined, ports: undefined } as const
  const deny = { ...all, ruleNumber: lastRule, ruleAction: 'deny' } as const
  const allow = { ...all, ruleNumber: 100, ruleAction: 'allow' } as const
  return {
    id: `acl-0${region.ids.hex('acl', 16)}`,
    vpcId,
    isDefault,
    entries: [true, false].flatMap((egress) =>
      (isDefault ? [allow, deny] : region.world.lenient ? [] : [deny]).map((entry) => ({ ...entry, egress })),
    ),
    associations: new Map(),
  }
}

export function newAclAssociationId(region: Region): string {
  return `aclassoc-0${region.ids.hex('aclassoc', 16)}`
}

export function defaultAclOf(vpcId: string, region: Region): NetworkAcl | undefined {
  for (const acl of region.of(networkAcls).everything()) if (acl.isDefault && acl.vpcId === vpcId) return acl
  return undefined
}

export function aclsOf(vpcId: string, region: Region): NetworkAcl[] {
  return [...region.of(networkAcls).everything()].filter((acl) => acl.vpcId === vpcId)
}

export function networkAclView(acl: NetworkAcl, region: Region): Xml {
  return {
    networkAclId: acl.id,
    vpcId: acl.vpcId,
    default: acl.isDefault,
    entrySet: acl.entries.map((entry) => ({
      ruleNumber: entry.ruleNumber,
      protocol: entry.protocol,
      ruleAction: entry.ruleAction,
      egress: entry.egress,
      cidrBlock: entry.cidr,
      ipv6CidrBlock: entry.cidr6,
      icmpTypeCode: entry.icmp,
      portRange: entry.ports,
    })),
    associationSet: [...acl.associations].map(([subnetId, networkAclAssociationId]) => ({
      networkAclAssociationId,
      networkAclId: acl.id,
      subnetId,
    })),
    tagSet: tagSet(region, acl.id),
    ownerId: region.accountId,
  }
}

type Reader = (acl: NetworkAcl, region: Region) => FilterValue

const ofEntries =
  (read: (entry: NetworkAclEntry) => string | number | boolean | undefined): Reader =>
  ({ entries }) =>
    entries.map(read)

export const networkAclFilters: Readonly<Record<string, Reader>> = {
  'association.association-id': ({ associations }) => [...associations.values()],
  'association.network-acl-id': ({ id, associations }) => (associations.size > 0 ? id : undefined),
  'association.subnet-id': ({ associations }) => [...associations.keys()],
  default: ({ isDefault }) => isDefault,
  'entry.cidr': ofEntries(({ cidr }) => cidr),
  'entry.egress': ofEntries(({ egress }) => egress),
  'entry.icmp.code': ofEntries(({ icmp }) => icmp?.code),
  'entry.icmp.type': ofEntries(({ icmp }) => icmp?.type),
  'entry.ipv6-cidr': ofEntries(({ cidr6 }) => cidr6),
  'entry.port-range.from': ofEntries(({ ports }) => ports?.from),
  'entry.port-range.to': ofEntries(({ ports }) => ports?.to),
  'entry.protocol': ofEntries(({ protocol }) => protocol),
  'entry.rule-action': ofEntries(({ ruleAction }) => ruleAction),
  'entry.rule-number': ofEntries(({ ruleNumber }) => ruleNumber),
  // Both names work.
  id: ({ id }) => id,
  'network-acl-id': ({ id }) => id,
  'owner-id': (_, region) => region.accountId,
  'vpc-id': ({ vpcId }) => vpcId,
}
