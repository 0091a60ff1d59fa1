import { addresses } from './resources/address.ts'
import { networkInterfaces } from './resources/network-interface.ts'
import type { Region } from './store.ts'

/** Whether anything in the VPC can be reached from outside: by an address of its launch, or by an elastic one. */
export function hasPublicAddress(vpcId: string, region: Region): boolean {
  const interfaces = region.of(networkInterfaces)
  for (const nic of interfaces.everything()) if (nic.vpcId === vpcId && nic.publicIp !== undefined) return true
  for (const { association } of region.of(addresses).everything()) {
    if (association !== undefined && interfaces.get(association.interfaceId)?.vpcId === vpcId) return true
  }
  return false
}
