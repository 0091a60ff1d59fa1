import type { InstanceFacts } from '../core/instance-facts.ts'
import type { Instance } from './resources/instance.ts'
import { devicesOf, instanceState, interfacesOf, publicAddressOf } from './resources/instance.ts'
import { keyNamed } from './resources/key-pair.ts'
import { privateDnsName, publicDnsName } from './resources/network-interface.ts'
import { images } from './resources/image.ts'
import { securityGroups } from './resources/security-group.ts'
import { subnets } from './resources/subnet.ts'
import { vpcs } from './resources/vpc.ts'
import type { Region } from './store.ts'
import { zoneId } from './zone-id.ts'

/** What instance metadata shows of an instance that this mock runs. */
export function instanceFacts(instance: Instance, region: Region): InstanceFacts {
  const [primary] = interfacesOf(instance, region)
  const privateIp = primary?.privateIps[0] ?? ''
  const publicIp = publicAddressOf(primary, region)
  const { userData, keyName, iamProfile } = instance
  const openSshKey = keyName === undefined ? undefined : keyNamed(keyName, region)?.publicKey
  const architecture = region.of(images).get(instance.imageId)?.architecture
  return {
    instanceId: instance.id,
    imageId: instance.imageId,
    instanceType: instance.type,
    ...(architecture !== undefined && { architecture }),
    region: region.name,
    availabilityZone: instance.zone,
    availabilityZoneId: zoneId(instance.zone, region) ?? '',
    accountId: region.accountId,
    privateIpAddress: privateIp,
    privateDnsName: privateDnsName(region.name, privateIp),
    ...(publicIp !== undefined && { publicIpAddress: publicIp, publicDnsName: publicDnsName(region.name, publicIp) }),
    ...(primary !== undefined && primary.ipv6.length > 0 && { ipv6Addresses: [...primary.ipv6] }),
    ...(keyName !== undefined && { keyName }),
    ...(openSshKey !== undefined && { openSshKey }),
    securityGroups: (primary?.groupIds ?? []).map((id) => ({
      id,
      name: region.of(securityGroups).get(id)?.name ?? '',
    })),
    subnetId: instance.subnetId,
    subnetCidr: region.of(subnets).get(instance.subnetId)?.cidr ?? '',
    vpcId: instance.vpcId,
    vpcCidr: region.of(vpcs).get(instance.vpcId)?.cidr ?? '',
    mac: primary?.mac ?? '',
    interfaceId: primary?.id ?? '',
    ...(userData !== undefined && { userData }),
    tags: Object.fromEntries(region.tags.of(instance.id)),
    blockDevices: devicesOf(instance, region).map(({ volumeId, attachment }) => ({
      device: attachment.device,
      volumeId,
    })),
    rootDeviceName: instance.rootDevice,
    launchTime: instance.launchTime.toISOString(),
    reservationId: instance.reservationId,
    amiLaunchIndex: instance.launchIndex,
    state: instanceState(instance, region),
    metadataOptions: instance.metadata,
    ...(iamProfile !== undefined && { iamInstanceProfile: { arn: iamProfile.arn, id: iamProfile.id } }),
  }
}
