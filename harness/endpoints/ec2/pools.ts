import { ec2Error } from './errors.ts'
import { integer, text } from './parameters.ts'
import type { Region } from './store.ts'

/** Where the blocks of a VPC may come from, besides the service itself. */
export const poolParameters = {
  Ipv6Pool: text(),
  Ipv6CidrBlock: text(),
  Ipv4IpamPoolId: text(),
  Ipv4NetmaskLength: integer(),
  Ipv6IpamPoolId: text(),
  Ipv6NetmaskLength: integer(),
  Ipv6CidrBlockNetworkBorderGroup: text(),
} as const

/**
 * There are no pools here, neither of IPAM nor of addresses that people bring along: whoever names one is told so. Not
 * so a suite that was written for moto, which takes any.
 *
 * @throws Ec2Error InvalidIpamPoolId.NotFound, InvalidPoolID.NotFound
 */
export function refusePools(
  given: { readonly Ipv4IpamPoolId?: unknown; readonly Ipv6IpamPoolId?: unknown; readonly Ipv6Pool?: unknown },
  region: Region,
): void {
  if (region.world.lenient) return
  for (const id of [given.Ipv4IpamPoolId, given.Ipv6IpamPoolId]) {
    if (typeof id === 'string') throw ec2Error('InvalidIpamPoolId.NotFound', id)
  }
  if (typeof given.Ipv6Pool === 'string') throw ec2Error('InvalidPoolID.NotFound', given.Ipv6Pool)
}
