import { ec2Error } from './errors.ts'
import { presentOf } from './resources/cidr-association.ts'
import type { Cidr } from './resources/cidr.ts'
import { cidrOf, contains, parseCidr } from './resources/cidr.ts'
import { internetGateways } from './resources/internet-gateway.ts'
import { networkAcls, newNetworkAcl } from './resources/network-acl.ts'
import { networkInterfaces } from './resources/network-interface.ts'
import { mainTable, routeTables } from './resources/route-table.ts'
import { addRules } from './resources/security-group-rule.ts'
import { defaultGroup, securityGroups } from './resources/security-group.ts'
import { subnets } from './resources/subnet.ts'
import type { Vpc } from './resources/vpc.ts'
import { vpcs } from './resources/vpc.ts'
import type { Region } from './store.ts'

/** A block that a request names. @throws Ec2Error InvalidParameterValue */
export function blockOf(text: string, parameter = 'cidrBlock'): Cidr {
  const cidr = parseCidr(text)
  if (cidr === undefined) {
    throw ec2Error(
      'InvalidParameterValue',
      `Value (${text}) for parameter ${parameter} is invalid. This is not a valid CIDR block.`,
    )
  }
  return cidr
}

/** What a region has from the start is made now: a collection that began later would take new VPCs for old ones. */
export function settle(region: Region): void {
  region.of(vpcs)
  region.of(subnets)
  region.of(internetGateways)
  region.of(routeTables)
  region.of(networkAcls)
  region.of(securityGroups)
}

/** Stores a VPC with what every VPC has: a main route table, a default ACL and a default group. */
export function addVpc(region: Region, vpc: Vpc): Vpc {
  settle(region)
  region.of(vpcs).add(vpc)
  region.of(routeTables).add(mainTable(region, vpc))
  region.of(networkAcls).add(newNetworkAcl(region, vpc.id, true))
  const { rules, ...group } = defaultGroup(region, vpc.id)
  addRules(region, region.of(securityGroups).add({ ...group, rules: [] }), rules)
  return vpc
}

/** Whether the block lies in one of the VPC's. */
export function isWithin(vpc: Vpc, block: Cidr, region: Region): boolean {
  return presentOf(vpc.cidrAssociations, region).some(({ cidr }) => contains(cidrOf(cidr), block))
}

/** Whether something in the group's VPC, or a rule of another group, still needs it. */
export function isGroupInUse(groupId: string, region: Region): boolean {
  for (const { groupIds } of region.of(networkInterfaces).everything()) if (groupIds.includes(groupId)) return true
  for (const { id, rules } of region.of(securityGroups).everything()) {
    if (id !== groupId && rules.some(({ group }) => group?.groupId === groupId)) return true
  }
  return false
}

/** @throws Ec2Error DependencyViolation, in the service's words */
export function refuseDependent(kind: string, id: string): never {
  throw ec2Error('DependencyViolation', `The ${kind} '${id}' has dependencies and cannot be deleted.`)
}
