import type { FilterValue } from '../filters.ts'
import { zonesOf } from '../regions.ts'
import type { Region } from '../store.ts'
import { resourceKind } from '../store.ts'
import { tagSet } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'
import { addresses } from './address.ts'
import { images } from './image.ts'
import type { Lifecycle } from './lifecycle.ts'
import { stateOf } from './lifecycle.ts'
import type { NetworkInterface } from './network-interface.ts'
import { networkInterfaces, privateDnsName, publicDnsName } from './network-interface.ts'
import { securityGroups } from './security-group.ts'
import type { VolumeAttachment } from './volume.ts'
import { attachmentsOf, volumes } from './volume.ts'

/** Codes of the API reference, InstanceState. */
export const stateCodes = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
} as const
export type InstanceState = keyof typeof stateCodes

export interface MetadataOptions {
  httpTokens: 'optional' | 'required'
  httpEndpoint: 'enabled' | 'disabled'
  httpPutResponseHopLimit: number
  httpProtocolIpv6: 'enabled' | 'disabled'
  instanceMetadataTags: 'enabled' | 'disabled'
}

export interface Instance {
  readonly id: string
  readonly reservationId: string
  readonly imageId: string
  type: string
  readonly keyName: string | undefined
  readonly launchIndex: number
  launchTime: Date
  readonly zone: string
  readonly subnetId: string
  readonly vpcId: string
  tenancy: string
  life: Lifecycle<InstanceState>
  /** Why it last left running, in the service's words. */
  stateReason: { readonly code: string; readonly message: string } | undefined
  transitionReason: string
  monitoring: 'disabled' | 'enabled'
  sourceDestCheck: boolean
  ebsOptimized: boolean
  disableApiTermination: boolean
  disableApiStop: boolean
  shutdownBehavior: 'stop' | 'terminate'
  /** Base64. */
  userData: string | undefined
  readonly rootDevice: string
  readonly clientToken: string | undefined
  kernelId: string | undefined
  ramdiskId: string | undefined
  iamProfile: { readonly arn: string; readonly id: string } | undefined
  readonly metadata: MetadataOptions
  cpuCredits: string | undefined
  readonly lifecycle: 'spot' | undefined
  hibernation: boolean
  cpu: { readonly coreCount: number; readonly threadsPerCore: number }
}

export const instances = resourceKind<Instance>({
  name: 'instance',
  prefix: 'i',
  notFound: 'InvalidInstanceID.NotFound',
  malformed: 'InvalidInstanceID.Malformed',
})

export function instanceState(instance: Instance, region: Region): InstanceState {
  return stateOf(region, instance.life)
}

export function stateView(state: InstanceState): Xml {
  return { code: stateCodes[state], name: state }
}

/** Its interfaces, the primary one first. */
export function interfacesOf(instance: Instance, region: Region): NetworkInterface[] {
  const own = [...region.of(networkInterfaces).everything()].filter(
    ({ attachment }) => attachment?.instanceId === instance.id,
  )
  return own.toSorted((a, b) => (a.attachment?.deviceIndex ?? 0) - (b.attachment?.deviceIndex ?? 0))
}

export interface MappedDevice {
  readonly volumeId: string
  readonly attachment: VolumeAttachment
}

/** Its volumes, in the order of their devices. */
export function devicesOf(instance: Instance, region: Region): MappedDevice[] {
  const mapped: MappedDevice[] = []
  for (const volume of region.of(volumes).everything()) {
    if (volume.attachments.length === 0) continue
    for (const attachment of attachmentsOf(volume, region)) {
      if (attachment.instanceId === instance.id) mapped.push({ volumeId: volume.id, attachment })
    }
  }
  return mapped
}

/** The address that the outside sees: an elastic one before that of the launch. */
export function publicAddressOf(nic: NetworkInterface | undefined, region: Region): string | undefined {
  if (nic === undefined) return undefined
  for (const { association, publicIp } of region.of(addresses).everything()) {
    if (association?.interfaceId === nic.id && association.privateIp === nic.privateIps[0]) return publicIp
  }
  return nic.publicIp
}

export function groupItems(groupIds: readonly string[], region: Region): Xml {
  return groupIds.map((groupId) => ({ groupId, groupName: region.of(securityGroups).get(groupId)?.name }))
}

export function instanceView(instance: Instance, region: Region): Xml {
  const state = instanceState(instance, region)
  const there = state !== 'terminated'
  const [primary, ...others] = there ? interfacesOf(instance, region) : []
  const image = region.of(images).get(instance.imageId)
  const publicIp = publicAddressOf(primary, region)
  const privateIp = primary?.privateIps[0]
  return {
    instanceId: instance.id,
    imageId: instance.imageId,
    instanceState: stateView(state),
    privateDnsName: privateIp === undefined ? '' : privateDnsName(region.name, privateIp),
    dnsName: publicIp === undefined ? '' : publicDnsName(region.name, publicIp),
    reason: instance.transitionReason,
    keyName: instance.keyName,
    amiLaunchIndex: instance.launchIndex,
    productCodes: [],
    instanceType: instance.type,
    launchTime: instance.launchTime,
    placement: {
      availabilityZone: instance.zone,
      availabilityZoneId: zonesOf(region.name, region.world.seed).find(({ name }) => name === instance.zone)?.id,
      groupName: '',
      tenancy: instance.tenancy,
    },
    kernelId: instance.kernelId,
    ramdiskId: instance.ramdiskId,
    platform: image?.platform,
    monitoring: { state: instance.monitoring },
    subnetId: there ? instance.subnetId : undefined,
    vpcId: there ? instance.vpcId : undefined,
    privateIpAddress: privateIp,
    ipAddress: publicIp,
    sourceDestCheck: there ? instance.sourceDestCheck : undefined,
    groupSet: groupItems(primary?.groupIds ?? [], region),
    stateReason: instance.stateReason,
    architecture: image?.architecture ?? 'x86_64',
    rootDeviceType: 'ebs',
    rootDeviceName: instance.rootDevice,
    blockDeviceMapping: (there ? devicesOf(instance, region) : []).map(({ volumeId, attachment }) => ({
      deviceName: attachment.device,
      ebs: {
        volumeId,
        status: stateOf(region, attachment.life),
        attachTime: attachment.attachTime,
        deleteOnTermination: attachment.deleteOnTermination,
      },
    })),
    virtualizationType: image?.virtualization ?? 'hvm',
    instanceLifecycle: instance.lifecycle,
    clientToken: instance.clientToken ?? '',
    tagSet: tagSet(region, instance.id),
    hypervisor: 'xen',
    networkInterfaceSet: (primary === undefined ? [] : [primary, ...others]).map((each) => interfaceItem(each, region)),
    iamInstanceProfile: instance.iamProfile,
    ebsOptimized: instance.ebsOptimized,
    enaSupport: image?.enaSupport ?? true,
    cpuOptions: instance.cpu,
    capacityReservationSpecification: { capacityReservationPreference: 'open' },
    hibernationOptions: { configured: instance.hibernation },
    metadataOptions: { state: 'applied', ...instance.metadata },
    enclaveOptions: { enabled: false },
    platformDetails: image?.platform === 'windows' ? 'Windows' : 'Linux/UNIX',
    usageOperation: image?.platform === 'windows' ? 'RunInstances:0002' : 'RunInstances',
    usageOperationUpdateTime: instance.launchTime,
    privateDnsNameOptions: {
      hostnameType: 'ip-name',
      enableResourceNameDnsARecord: false,
      enableResourceNameDnsAAAARecord: false,
    },
    maintenanceOptions: { autoRecovery: 'default' },
    currentInstanceBootMode: 'legacy-bios',
  }
}

function interfaceItem(nic: NetworkInterface, region: Region): Xml {
  const publicIp = publicAddressOf(nic, region)
  const association =
    publicIp === undefined
      ? undefined
      : { publicIp, publicDnsName: publicDnsName(region.name, publicIp), ipOwnerId: 'amazon' }
  const [primary = ''] = nic.privateIps
  return {
    networkInterfaceId: nic.id,
    subnetId: nic.subnetId,
    vpcId: nic.vpcId,
    description: nic.description,
    ownerId: region.accountId,
    status: 'in-use',
    macAddress: nic.mac,
    privateIpAddress: primary,
    privateDnsName: privateDnsName(region.name, primary),
    sourceDestCheck: nic.sourceDestCheck,
    groupSet: groupItems(nic.groupIds, region),
    attachment:
      nic.attachment === undefined
        ? undefined
        : {
            attachmentId: nic.attachment.attachmentId,
            deviceIndex: nic.attachment.deviceIndex,
            status: 'attached',
            attachTime: nic.attachment.attachTime,
            deleteOnTermination: nic.attachment.deleteOnTermination,
            networkCardIndex: 0,
          },
    association,
    privateIpAddressesSet: nic.privateIps.map((privateIpAddress, index) => ({
      privateIpAddress,
      privateDnsName: privateDnsName(region.name, privateIpAddress),
      primary: index === 0,
      association: index === 0 ? association : undefined,
    })),
    ipv6AddressesSet: nic.ipv6.map((ipv6Address) => ({ ipv6Address })),
    interfaceType: nic.interfaceType,
  }
}

type Reader = (instance: Instance, region: Region) => FilterValue
const ofPrimary =
  (read: (nic: NetworkInterface, region: Region) => FilterValue): Reader =>
  (instance, region) => {
    const [primary] = interfacesOf(instance, region)
    return primary === undefined ? undefined : read(primary, region)
  }
const ofInterfaces =
  (read: (nic: NetworkInterface) => string | number | boolean | undefined): Reader =>
  (instance, region) =>
    interfacesOf(instance, region).map(read)
const ofImage =
  (
    read: (image: { architecture: string; platform: string | undefined; virtualization: string }) => FilterValue,
  ): Reader =>
  (instance, region) => {
    const image = region.of(images).get(instance.imageId)
    return image === undefined ? undefined : read(image)
  }

export const instanceFilters: Readonly<Record<string, Reader>> = {
  architecture: ofImage(({ architecture }) => architecture),
  'availability-zone': ({ zone }) => zone,
  'block-device-mapping.device-name': (instance, region) =>
    devicesOf(instance, region).map(({ attachment }) => attachment.device),
  'block-device-mapping.volume-id': (instance, region) => devicesOf(instance, region).map(({ volumeId }) => volumeId),
  'client-token': ({ clientToken }) => clientToken,
  'dns-name': ofPrimary((nic, region) => {
    const address = publicAddressOf(nic, region)
    return address === undefined ? undefined : publicDnsName(region.name, address)
  }),
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
  'instance.group-name': ofPrimary(({ groupIds }, region) =>
    groupIds.map((id) => region.of(securityGroups).get(id)?.name),
  ),
  'ip-address': ofPrimary((nic, region) => publicAddressOf(nic, region)),
  'key-name': ({ keyName }) => keyName,
  'launch-index': ({ launchIndex }) => launchIndex,
  'launch-time': ({ launchTime }) => launchTime.toISOString(),
  'monitoring-state': ({ monitoring }) => monitoring,
  'network-interface.network-interface-id': ofInterfaces(({ id }) => id),
  'network-interface.private-ip-address': ofInterfaces(({ privateIps }) => privateIps[0]),
  'network-interface.addresses.private-ip-address': (instance, region) =>
    interfacesOf(instance, region).flatMap(({ privateIps }) => privateIps),
  'network-interface.subnet-id': ofInterfaces(({ subnetId }) => subnetId),
  'network-interface.vpc-id': ofInterfaces(({ vpcId }) => vpcId),
  'owner-id': (_, region) => region.accountId,
  platform: ofImage(({ platform }) => platform),
  'private-dns-name': ofPrimary((nic, region) => privateDnsName(region.name, nic.privateIps[0] ?? '')),
  'private-ip-address': ofPrimary(({ privateIps }) => privateIps),
  'reason-code': ({ stateReason }) => stateReason?.code,
  'requester-id': () => undefined,
  'reservation-id': ({ reservationId }) => reservationId,
  'root-device-name': ({ rootDevice }) => rootDevice,
  'root-device-type': () => 'ebs',
  'source-dest-check': ({ sourceDestCheck }) => sourceDestCheck,
  'state-reason-code': ({ stateReason }) => stateReason?.code,
  'subnet-id': ({ subnetId }) => subnetId,
  tenancy: ({ tenancy }) => tenancy,
  'virtualization-type': ofImage(({ virtualization }) => virtualization),
  'vpc-id': ({ vpcId }) => vpcId,
}
