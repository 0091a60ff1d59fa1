import { ec2Error } from './errors.ts'
import { presentOf } from './resources/cidr-association.ts'
import { parseCidr6, within6 } from './resources/ipv6.ts'
import { subnetsOf } from './resources/subnet.ts'
import type { Vpc } from './resources/vpc.ts'
import type { Region } from './store.ts'

export function newSubnetCidrId(region: Region): string {
  return `subnet-cidr-assoc-0${region.ids.hex('subnet-cidr-assoc', 16)}`
}

/**
 * An IPv6 block for a subnet: of the VPC's own one, and of no other subnet (VPC User Guide, "Subnet CIDR blocks");
 * for a suite that was written for moto, any.
 *
 * @throws Ec2Error InvalidParameterValue, InvalidSubnet.Range, InvalidSubnet.Conflict
 */
export function subnetIpv6Block(text: string, vpc: Vpc, region: Region): string {
  if (region.world.lenient) return text
  const block = parseCidr6(text)
  if (block === undefined) {
    throw ec2Error(
      'InvalidParameterValue',
      `Value (${text}) for parameter ipv6CidrBlock is invalid. This is not a valid IPv6 CIDR block.`,
    )
  }
  const own = presentOf(vpc.ipv6Associations, region)
  const fits = block.bits >= 44 && block.bits <= 64 && block.bits % 4 === 0
  if (!fits || !own.some(({ cidr }) => within6(cidr, text))) throw ec2Error('InvalidSubnet.Range', text)
  for (const sibling of subnetsOf(vpc.id, region)) {
    for (const { cidr } of presentOf(sibling.ipv6Associations, region)) {
      if (within6(cidr, text) || within6(text, cidr)) throw ec2Error('InvalidSubnet.Conflict', text)
    }
  }
  return text
}
