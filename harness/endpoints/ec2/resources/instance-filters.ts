import type { FilterValue } from '../filters.ts'
import type { Region } from '../store.ts'
import { dateText } from '../wire/xml.ts'
import { zoneId } from '../zone-id.ts'
import { images } from './image.ts'
import type { Image } from './image.ts'
import { devicesOf, elasticIpOf, interfacesOf, publicAddressOf } from './instance-belongings.ts'
import type { Instance } from './instance.ts'
import { instanceState, stateCodes } from './instance.ts'
import { stateOf } from './lifecycle.ts'
import type { InterfaceAttachment, NetworkInterface } from './network-interface.ts'
import { privateDnsName, publicDnsName } from './network-interface.ts'
import { securityGroups } from './security-group.ts'

type Reader = (instance: Instance, region: Region) => FilterValue
type Value = string | number | boolean | undefined

const ofPrimary =
  (read: (nic: NetworkInterface, region: Region) => FilterValue): Reader =>
  (instance, region) => {
    const [primary] = interfacesOf(instance, region)
    return primary === undefined ? undefined : read(primary, region)
  }
const ofInterfaces =
  (read: (nic: NetworkInterface, region: Region) => Value | readonly Value[]): Reader =>
  (instance, region) =>
    interfacesOf(instance, region).flatMap((nic) => read(nic, region))
const ofAttachments = (read: (attachment: InterfaceAttachment) => Value): Reader =>
  ofInterfaces(({ attachment }) => (attachment === undefined ? undefined : read(attachment)))
const ofImage =
  (read: (image: Image) => FilterValue): Reader =>
  (instance, region) => {
    const image = region.of(images).get(instance.imageId)
    return image === undefined ? undefined : read(image)
  }
const groupNames = (ids: readonly string[], region: Region): Value[] =>
  ids.map((id) => region.of(securityGroups).get(id)?.name)
const publicIps = (nic: NetworkInterface, region: Region): Value[] => [
  ...nic.privateIps.map((privateIp) => elasticIpOf(nic, region, privateIp)?.publicIp),
  nic.publicIp,
]
const publicNames = (nic: NetworkInterface, region: Region): Value[] =>
  publicIps(nic, region).map((address) =>
    typeof address === 'string' ? publicDnsName(region.name, address) : undefined,
  )

/** Of the `network-interface.` family; associations are those of its addresses. */
const interfaceFilters: Readonly<Record<string, Reader>> = {
  'network-interface.addresses.association.allocation-id': ofInterfaces((nic, region) =>
    nic.privateIps.map((each) => elasticIpOf(nic, region, each)?.allocationId),
  ),
  'network-interface.addresses.association.association-id': ofInterfaces((nic, region) =>
    nic.privateIps.map((each) => elasticIpOf(nic, region, each)?.associationId),
  ),
  'network-interface.addresses.association.ip-owner-id': ofInterfaces((nic, region) =>
    elasticIpOf(nic, region) === undefined ? (nic.publicIp === undefined ? undefined : 'amazon') : region.accountId,
  ),
  'network-interface.addresses.association.public-dns-name': ofInterfaces(publicNames),
  'network-interface.addresses.association.public-ip': ofInterfaces(publicIps),
  'network-interface.addresses.primary': ofInterfaces(({ privateIps }) => privateIps.map((_, index) => index === 0)),
  'network-interface.addresses.private-dns-name': ofInterfaces(({ privateIps }, region) =>
    privateIps.map((each) => privateDnsName(region.name, each)),
  ),
  'network-interface.addresses.private-ip-address': ofInterfaces(({ privateIps }) => privateIps),
  'network-interface.association.allocation-id': ofInterfaces((nic, region) => elasticIpOf(nic, region)?.allocationId),
  'network-interface.association.association-id': ofInterfaces(
    (nic, region) => elasticIpOf(nic, region)?.associationId,
  ),
  'network-interface.association.ip-owner-id': ofInterfaces((nic, region) =>
    elasticIpOf(nic, region) === undefined ? (nic.publicIp === undefined ? undefined : 'amazon') : region.accountId,
  ),
  'network-interface.association.public-dns-name': ofInterfaces(publicNames),
  'network-interface.association.public-ip': ofInterfaces(publicIps),
  'network-interface.attachment.attach-time': ofAttachments(({ attachTime }) => dateText(attachTime)),
  'network-interface.attachment.attachment-id': ofAttachments(({ attachmentId }) => attachmentId),
  'network-interface.attachment.delete-on-termination': ofAttachments((each) => each.deleteOnTermination),
  'network-interface.attachment.device-index': ofAttachments(({ deviceIndex }) => deviceIndex),
  'network-interface.attachment.instance-id': ofAttachments(({ instanceId }) => instanceId),
  'network-interface.attachment.instance-owner-id': (_, region) => region.accountId,
  'network-interface.attachment.network-card-index': ofAttachments(() => 0),
  'network-interface.attachment.status': ofAttachments(() => 'attached'),
  'network-interface.availability-zone': ofInterfaces(({ zone }) => zone),
  'network-interface.description': ofInterfaces(({ description }) => description),
  'network-interface.group-id': ofInterfaces(({ groupIds }) => groupIds),
  'network-interface.group-name': ofInterfaces(({ groupIds }, region) => groupNames(groupIds, region)),
  'network-interface.ipv6-address': ofInterfaces(({ ipv6 }) => ipv6),
  'network-interface.ipv6-addresses.ipv6-address': ofInterfaces(({ ipv6 }) => ipv6),
  'network-interface.mac-address': ofInterfaces(({ mac }) => mac),
  'network-interface.network-interface-id': ofInterfaces(({ id }) => id),
  'network-interface.owner-id': (_, region) => region.accountId,
  'network-interface.private-dns-name': ofInterfaces(({ privateIps }, region) =>
    privateDnsName(region.name, privateIps[0] ?? ''),
  ),
  'network-interface.private-ip-address': ofInterfaces(({ privateIps }) => privateIps[0]),
  'network-interface.public-dns-name': ofInterfaces(publicNames),
  'network-interface.requester-id': () => undefined,
  'network-interface.requester-managed': ofInterfaces(({ requesterManaged }) => requesterManaged),
  'network-interface.source-dest-check': ofInterfaces(({ sourceDestCheck }) => sourceDestCheck),
  'network-interface.status': ofInterfaces(() => 'in-use'),
  'network-interface.subnet-id': ofInterfaces(({ subnetId }) => subnetId),
  'network-interface.tag-key': ofInterfaces(({ id }, { tags }) => [...tags.of(id).keys()]),
  'network-interface.tag-value': ofInterfaces(({ id }, { tags }) => [...tags.of(id).values()]),
  'network-interface.vpc-id': ofInterfaces(({ vpcId }) => vpcId),
}

/** API reference, DescribeInstances. */
export const instanceFilters: Readonly<Record<string, Reader>> = {
  affinity: ({ placement }) => placement.affinity,
  architecture: ofImage(({ architecture }) => architecture),
  'availability-zone': ({ zone }) => zone,
  'availability-zone-id': ({ zone }, region) => zoneId(zone, region),
  'block-device-mapping.attach-time': (instance, region) =>
    devicesOf(instance, region).map(({ attachment }) => dateText(attachment.attachTime)),
  'block-device-mapping.delete-on-termination': (instance, region) =>
    devicesOf(instance, region).map(({ attachment }) => attachment.deleteOnTermination),
  'block-device-mapping.device-name': (instance, region) =>
    devicesOf(instance, region).map(({ attachment }) => attachment.device),
  'block-device-mapping.status': (instance, region) =>
    devicesOf(instance, region).map(({ attachment }) => stateOf(region, attachment.life)),
  'block-device-mapping.volume-id': (instance, region) => devicesOf(instance, region).map(({ volumeId }) => volumeId),
  'boot-mode': ofImage(({ bootMode }) => bootMode),
  'capacity-reservation-id': () => undefined,
  'capacity-reservation-specification.capacity-reservation-preference': () => 'open',
  'client-token': ({ clientToken }) => clientToken,
  'current-instance-boot-mode': () => 'legacy-bios',
  'dns-name': ofPrimary((nic, region) => {
    const address = publicAddressOf(nic, region)
    return address === undefined ? undefined : publicDnsName(region.name, address)
  }),
  'ebs-optimized': ({ ebsOptimized }) => ebsOptimized,
  'ena-support': ofImage(({ enaSupport }) => enaSupport),
  'enclave-options.enabled': () => false,
  'hibernation-options.configured': ({ hibernation }) => hibernation,
  'host-id': ({ placement }) => placement.hostId,
  hypervisor: () => 'xen',
  'iam-instance-profile.arn': ({ iamProfile }) => iamProfile?.arn,
  'iam-instance-profile.id': ({ iamProfile }) => iamProfile?.id,
  'image-id': ({ imageId }) => imageId,
  'instance-id': ({ id }) => id,
  'instance-lifecycle': ({ lifecycle }) => lifecycle,
  'instance-state-code': (instance, region) => stateCodes[instanceState(instance, region)],
  'instance-state-name': (instance, region) => instanceState(instance, region),
  'instance-type': ({ type }) => type,
  'instance.group-id': ofPrimary(({ groupIds }) => groupIds),
  'instance.group-name': ofPrimary(({ groupIds }, region) => groupNames(groupIds, region)),
  'group-id': ofPrimary(({ groupIds }) => groupIds),
  'group-name': ofPrimary(({ groupIds }, region) => groupNames(groupIds, region)),
  'ip-address': ofPrimary((nic, region) => publicAddressOf(nic, region)),
  'ipv6-address': ofInterfaces(({ ipv6 }) => ipv6),
  'kernel-id': ({ kernelId }) => kernelId,
  'key-name': ({ keyName }) => keyName,
  'launch-index': ({ launchIndex }) => launchIndex,
  'launch-time': ({ launchTime }) => dateText(launchTime),
  'maintenance-options.auto-recovery': () => 'default',
  'metadata-options.http-endpoint': ({ metadata }) => metadata.httpEndpoint,
  'metadata-options.http-protocol-ipv4': () => 'enabled',
  'metadata-options.http-protocol-ipv6': ({ metadata }) => metadata.httpProtocolIpv6,
  'metadata-options.http-put-response-hop-limit': ({ metadata }) => metadata.httpPutResponseHopLimit,
  'metadata-options.http-tokens': ({ metadata }) => metadata.httpTokens,
  'metadata-options.instance-metadata-tags': ({ metadata }) => metadata.instanceMetadataTags,
  'metadata-options.state': () => 'applied',
  'monitoring-state': ({ monitoring }) => monitoring,
  ...interfaceFilters,
  'outpost-arn': () => undefined,
  'owner-id': (_, region) => region.accountId,
  'placement-group-name': ({ placement }) => placement.groupName,
  'placement-partition-number': ({ placement }) => placement.partitionNumber,
  platform: ofImage(({ platform }) => platform),
  'platform-details': ofImage(({ platform }) => (platform === 'windows' ? 'Windows' : 'Linux/UNIX')),
  'private-dns-name': ofPrimary((nic, region) => privateDnsName(region.name, nic.privateIps[0] ?? '')),
  'private-dns-name-options.enable-resource-name-dns-a-record': () => false,
  'private-dns-name-options.enable-resource-name-dns-aaaa-record': () => false,
  'private-dns-name-options.hostname-type': () => 'ip-name',
  'private-ip-address': ofPrimary(({ privateIps }) => privateIps),
  'product-code': () => undefined,
  'product-code.type': () => undefined,
  'ramdisk-id': ({ ramdiskId }) => ramdiskId,
  reason: ({ transitionReason }) => transitionReason,
  'requester-id': () => undefined,
  'reservation-id': ({ reservationId }) => reservationId,
  'root-device-name': ({ rootDevice }) => rootDevice,
  'root-device-type': () => 'ebs',
  'source-dest-check': ({ sourceDestCheck }) => sourceDestCheck,
  'spot-instance-request-id': () => undefined,
  // One that never left running has an empty reason, which can be asked for.
  'reason-code': ({ stateReason }) => stateReason?.code ?? '',
  'state-reason-code': ({ stateReason }) => stateReason?.code ?? '',
  'state-reason-message': ({ stateReason }) => stateReason?.message ?? '',
  'subnet-id': ({ subnetId }) => subnetId,
  tenancy: ({ tenancy }) => tenancy,
  'tpm-support': () => undefined,
  'usage-operation': ofImage(({ platform }) => (platform === 'windows' ? 'RunInstances:0002' : 'RunInstances')),
  'usage-operation-update-time': ({ launchTime }) => dateText(launchTime),
  'virtualization-type': ofImage(({ virtualization }) => virtualization),
  'vpc-id': ({ vpcId }) => vpcId,
}
