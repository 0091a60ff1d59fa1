import type { Ec2ErrorCode } from './errors.ts'
import { ec2Error } from './errors.ts'
import { newProfile } from './instance-profile.ts'
import { beginning, failedToStart, retirement } from './instance-states.ts'
import type { Values } from './parameters.ts'
import { base64, boolean, integer, list, required, structure, text } from './parameters.ts'
import { zonesOf } from './regions.ts'
import type { Image } from './resources/image.ts'
import { images, imageState } from './resources/image.ts'
import type { Instance } from './resources/instance.ts'
import { instances } from './resources/instance.ts'
import { keyPairs } from './resources/key-pair.ts'
import { settled } from './resources/lifecycle.ts'
import type { NetworkInterface } from './resources/network-interface.ts'
import { addInterface, networkInterfaces, newPublicAddress, takeAddress } from './resources/network-interface.ts'
import { defaultGroupOf, securityGroups } from './resources/security-group.ts'
import type { Subnet } from './resources/subnet.ts'
import { defaultSubnet, freeAddresses, subnets } from './resources/subnet.ts'
import type { AttachmentState, Volume, VolumeState } from './resources/volume.ts'
import { volumes } from './resources/volume.ts'
import { volumeTypes } from './resources/volume-types.ts'
import type { Region } from './store.ts'
import { idOf } from './store.ts'
import { checkSpecifications, tagAsSpecified, tagSpecifications } from './tagging.ts'

/**
 * A launch in three steps, so that nothing is made before all of it is known to be possible:
 *
 *     parameters --> where (subnet, groups, image) --> instances with their interfaces and volumes
 */
const ebs = structure({
  VolumeSize: integer({ min: 1 }),
  VolumeType: text(),
  SnapshotId: text(),
  DeleteOnTermination: boolean(),
  Encrypted: boolean(),
  Iops: integer(),
  Throughput: integer(),
  KmsKeyId: text(),
})

/** Parameters of RunInstances, and of whatever else describes a launch. */
export const launchParameters = {
  ImageId: required(idOf(images)),
  MinCount: required(integer({ min: 1 })),
  MaxCount: required(integer({ min: 1 })),
  InstanceType: text({ pattern: /^[a-z0-9-]+\.[a-z0-9-]+$/ }),
  KeyName: text(),
  SecurityGroup: list(text()),
  SecurityGroupId: list(idOf(securityGroups)),
  SubnetId: idOf(subnets),
  PrivateIpAddress: text(),
  UserData: base64({ max: 16_384 }),
  Placement: structure({
    AvailabilityZone: text(),
    AvailabilityZoneId: text(),
    Tenancy: text({ oneOf: ['default', 'dedicated', 'host'] }),
    GroupName: text(),
    GroupId: text(),
    HostId: text(),
    Affinity: text(),
    PartitionNumber: integer(),
    SpreadDomain: text(),
    HostResourceGroupArn: text(),
  }),
  BlockDeviceMapping: list(structure({ DeviceName: text(), VirtualName: text(), NoDevice: text(), Ebs: ebs })),
  NetworkInterface: list(
    structure({
      NetworkInterfaceId: idOf(networkInterfaces),
      DeviceIndex: integer({ min: 0 }),
      SubnetId: idOf(subnets),
      Description: text(),
      PrivateIpAddress: text(),
      PrivateIpAddresses: list(structure({ Primary: boolean(), PrivateIpAddress: text() })),
      SecondaryPrivateIpAddressCount: integer({ min: 0 }),
      SecurityGroupId: list(idOf(securityGroups)),
      DeleteOnTermination: boolean(),
      AssociatePublicIpAddress: boolean(),
      AssociateCarrierIpAddress: boolean(),
      InterfaceType: text(),
      NetworkCardIndex: integer(),
      Ipv6AddressCount: integer(),
    }),
  ),
  Monitoring: structure({ Enabled: boolean() }),
  EbsOptimized: boolean(),
  DisableApiTermination: boolean(),
  DisableApiStop: boolean(),
  InstanceInitiatedShutdownBehavior: text({ oneOf: ['stop', 'terminate'] }),
  IamInstanceProfile: structure({ Arn: text(), Name: text() }),
  KernelId: text(),
  RamdiskId: text(),
  ClientToken: text({ max: 64 }),
  AdditionalInfo: text(),
  CreditSpecification: structure({ CpuCredits: text() }),
  CpuOptions: structure({ CoreCount: integer(), ThreadsPerCore: integer(), AmdSevSnp: text() }),
  HibernationOptions: structure({ Configured: boolean() }),
  EnclaveOptions: structure({ Enabled: boolean() }),
  InstanceMarketOptions: structure({
    MarketType: text({ oneOf: ['spot', 'capacity-block'] }),
    SpotOptions: structure({
      MaxPrice: text(),
      SpotInstanceType: text(),
      BlockDurationMinutes: integer(),
      ValidUntil: text(),
      InstanceInterruptionBehavior: text(),
    }),
  }),
  MetadataOptions: structure({
    HttpTokens: text({ oneOf: ['optional', 'required'] }),
    HttpEndpoint: text({ oneOf: ['enabled', 'disabled'] }),
    HttpPutResponseHopLimit: integer({ min: 1, max: 64 }),
    HttpProtocolIpv6: text({ oneOf: ['enabled', 'disabled'] }),
    InstanceMetadataTags: text({ oneOf: ['enabled', 'disabled'] }),
  }),
  PrivateDnsNameOptions: structure({
    HostnameType: text(),
    EnableResourceNameDnsARecord: boolean(),
    EnableResourceNameDnsAAAARecord: boolean(),
  }),
  MaintenanceOptions: structure({ AutoRecovery: text() }),
  LaunchTemplate: structure({ LaunchTemplateId: text(), LaunchTemplateName: text(), Version: text() }),
  Ipv6AddressCount: integer(),
  TagSpecification: tagSpecifications,
} as const
export type Launch = Values<typeof launchParameters>

/** Every error that a launch can give. */
export const launchErrors = [
  'InvalidAMIID.NotFound',
  'InvalidAMIID.Malformed',
  'InvalidAMIID.Unavailable',
  'InvalidKeyPair.NotFound',
  'InvalidGroup.NotFound',
  'InvalidGroupId.Malformed',
  'InvalidSubnetID.NotFound',
  'InvalidSubnetID.Malformed',
  'InvalidNetworkInterfaceID.NotFound',
  'InvalidNetworkInterfaceId.Malformed',
  'InvalidNetworkInterface.InUse',
  'InvalidParameterValue',
  'InvalidParameterCombination',
  'InvalidIPAddress.InUse',
  'InsufficientFreeAddressesInSubnet',
  'InstanceLimitExceeded',
  'VPCIdNotSpecified',
  'UnknownVolumeType',
] as const satisfies readonly Ec2ErrorCode[]

interface Place {
  readonly image: Image
  readonly subnet: Subnet
  readonly groupIds: readonly string[]
  readonly existing: NetworkInterface | undefined
}

/**
 * Launches instances: one reservation.
 *
 * @throws Ec2Error one of `launchErrors`
 */
export function launch(
  given: Launch,
  region: Region,
  effect: string | undefined,
): { reservationId: string; launched: Instance[] } {
  if (given.MaxCount < given.MinCount) {
    throw ec2Error(
      'InvalidParameterValue',
      `Value (${given.MaxCount}) for parameter maxCount is invalid. MinCount is greater than MaxCount.`,
    )
  }
  checkSpecifications(given.TagSpecification, [
    'instance',
    'volume',
    'network-interface',
    'spot-instances-request',
    'elastic-gpu',
  ])
  const place = placeOf(given, region)
  const count = countOf(given, region, place)
  const reservationId = `r-0${region.ids.hex('r', 16)}`
  const launched = Array.from({ length: count }, (_, index) =>
    launchOne(given, region, place, { reservationId, index, effect }),
  )
  return { reservationId, launched }
}

function countOf(given: Launch, region: Region, { subnet, existing }: Place): number {
  const limit = region.quota('instances')
  const left = limit - [...region.of(instances).everything()].filter(({ life }) => life.to !== 'terminated').length
  if (left < given.MinCount) throw ec2Error('InstanceLimitExceeded', given.MinCount, limit)
  const free = existing === undefined ? freeAddresses(subnet) : 1
  if (free < given.MinCount) throw ec2Error('InsufficientFreeAddressesInSubnet', subnet.id)
  return Math.min(given.MaxCount, left, free)
}

function placeOf(given: Launch, region: Region): Place {
  const image = region.of(images).demand(given.ImageId)
  if (imageState(image, region) !== 'available') throw ec2Error('InvalidAMIID.Unavailable', image.id)
  if (
    given.KeyName !== undefined &&
    ![...region.of(keyPairs).everything()].some(({ name }) => name === given.KeyName)
  ) {
    throw ec2Error('InvalidKeyPair.NotFound', given.KeyName)
  }
  const [nic] = given.NetworkInterface
  const level =
    given.SubnetId !== undefined
      ? 'subnet ID'
      : given.SecurityGroupId.length > 0 || given.SecurityGroup.length > 0
        ? 'security groups'
        : undefined
  if (nic !== undefined && level !== undefined) {
    throw ec2Error(
      'InvalidParameterCombination',
      `Network interfaces and an instance-level ${level} may not be specified on the same request`,
    )
  }
  const existing =
    nic?.NetworkInterfaceId === undefined ? undefined : region.of(networkInterfaces).demand(nic.NetworkInterfaceId)
  if (existing?.attachment !== undefined) throw ec2Error('InvalidNetworkInterface.InUse', existing.id)
  const subnet = subnetOf(existing?.subnetId ?? nic?.SubnetId ?? given.SubnetId, given, region)
  const ids = existing?.groupIds ?? (nic === undefined ? given.SecurityGroupId : nic.SecurityGroupId)
  return { image, subnet, groupIds: groupsOf(ids, given.SecurityGroup, subnet.vpcId, region), existing }
}

function subnetOf(id: string | undefined, given: Launch, region: Region): Subnet {
  const zones = zonesOf(region.name, region.world.seed)
  const byId = zones.find((zone) => zone.id === given.Placement?.AvailabilityZoneId)?.name
  const zone = given.Placement?.AvailabilityZone ?? byId
  if (zone !== undefined && !zones.some(({ name }) => name === zone)) {
    throw ec2Error('InvalidParameterValue', `Invalid availability zone: [${zone}]`)
  }
  if (id !== undefined) {
    const subnet = region.of(subnets).demand(id)
    if (zone !== undefined && subnet.zone !== zone) {
      throw ec2Error('InvalidParameterValue', `The subnet ${id} is not in the availability zone ${zone}`)
    }
    return subnet
  }
  const subnet = defaultSubnet(region, zone)
  if (subnet === undefined) throw ec2Error('VPCIdNotSpecified')
  return subnet
}

function groupsOf(ids: readonly string[], names: readonly string[], vpcId: string, region: Region): string[] {
  const groups = region.of(securityGroups)
  const named = names.map((name) => {
    const found = [...groups.everything()].find((group) => group.name === name && group.vpcId === vpcId)
    if (found === undefined) throw ec2Error('InvalidGroup.NotFound', name)
    return found
  })
  const chosen = [...groups.demandAll(ids), ...named]
  const stranger = chosen.find((group) => group.vpcId !== vpcId)
  if (stranger !== undefined) {
    throw ec2Error(
      'InvalidParameterValue',
      `Security group ${stranger.id} and the subnet belong to different networks.`,
    )
  }
  if (chosen.length > 0) return [...new Set(chosen.map(({ id }) => id))]
  const standard = defaultGroupOf(region, vpcId)
  return standard === undefined ? [] : [standard.id]
}

function launchOne(
  given: Launch,
  region: Region,
  place: Place,
  { reservationId, index, effect }: { reservationId: string; index: number; effect: string | undefined },
): Instance {
  const { image, subnet } = place
  const there = region.of(instances)
  const instance: Instance = {
    id: there.newId(),
    reservationId,
    imageId: image.id,
    type: given.InstanceType ?? 'm1.small',
    keyName: given.KeyName,
    launchIndex: index,
    launchTime: region.now(),
    zone: subnet.zone,
    subnetId: subnet.id,
    vpcId: subnet.vpcId,
    tenancy: given.Placement?.Tenancy ?? 'default',
    ...beginning(region, effect),
    stateReason: undefined,
    transitionReason: '',
    monitoring: given.Monitoring?.Enabled === true ? 'enabled' : 'disabled',
    sourceDestCheck: true,
    ebsOptimized: given.EbsOptimized ?? false,
    disableApiTermination: given.DisableApiTermination ?? false,
    disableApiStop: given.DisableApiStop ?? false,
    shutdownBehavior: given.InstanceInitiatedShutdownBehavior ?? 'stop',
    userData: given.UserData,
    rootDevice: image.rootDevice,
    clientToken: given.ClientToken,
    kernelId: given.KernelId ?? image.kernelId,
    ramdiskId: given.RamdiskId ?? image.ramdiskId,
    iamProfile: given.IamInstanceProfile === undefined ? undefined : newProfile(given.IamInstanceProfile, region),
    metadata: {
      httpTokens: given.MetadataOptions?.HttpTokens ?? 'optional',
      httpEndpoint: given.MetadataOptions?.HttpEndpoint ?? 'enabled',
      httpPutResponseHopLimit: given.MetadataOptions?.HttpPutResponseHopLimit ?? 1,
      httpProtocolIpv6: given.MetadataOptions?.HttpProtocolIpv6 ?? 'disabled',
      instanceMetadataTags: given.MetadataOptions?.InstanceMetadataTags ?? 'disabled',
    },
    cpuCredits: given.CreditSpecification?.CpuCredits,
    lifecycle: given.InstanceMarketOptions?.MarketType === 'spot' ? 'spot' : undefined,
    hibernation: given.HibernationOptions?.Configured ?? false,
    cpu: { coreCount: given.CpuOptions?.CoreCount ?? 1, threadsPerCore: given.CpuOptions?.ThreadsPerCore ?? 1 },
    events: [],
    placement: {
      groupName: given.Placement?.GroupName,
      groupId: given.Placement?.GroupId,
      hostId: given.Placement?.HostId,
      affinity: given.Placement?.Affinity,
      partitionNumber: given.Placement?.PartitionNumber,
    },
    autoPublicIp:
      place.existing === undefined &&
      (given.NetworkInterface[0]?.AssociatePublicIpAddress ?? subnet.mapPublicIpOnLaunch),
    rebootedAt: undefined,
  }
  if (effect === 'instance-retires') instance.events = [retirement(region)]
  // Devices before the instance itself: a type or a size that is refused must leave nothing behind.
  const made = devicesFor(given, image, instance, region)
  attachInterfaces(given, instance, place, region)
  for (const volume of made) {
    region.of(volumes).add(volume)
    tagAsSpecified(region, volumes, volume.id, given.TagSpecification)
  }
  there.add(instance)
  tagAsSpecified(region, instances, instance.id, given.TagSpecification)
  if (effect === 'instance-terminates') failedToStart(instance, region)
  return instance
}

function attachInterfaces(
  given: Launch,
  instance: Instance,
  { subnet, groupIds, existing }: Place,
  region: Region,
): void {
  const wanted = given.NetworkInterface.length > 0 ? given.NetworkInterface : [undefined]
  for (const [index, nic] of wanted.entries()) {
    const own = index === 0 ? subnet : region.of(subnets).demand(nic?.SubnetId ?? subnet.id)
    const groups = index === 0 || nic === undefined ? groupIds : groupsOf(nic.SecurityGroupId, [], own.vpcId, region)
    const address =
      nic?.PrivateIpAddress ?? nic?.PrivateIpAddresses.find(({ Primary }) => Primary === true)?.PrivateIpAddress
    const attached =
      index === 0 && existing !== undefined
        ? existing
        : addInterface(region, own, {
            groupIds: [...groups],
            description: nic?.Description ?? '',
            privateIps: [
              takeAddress(own, address ?? given.PrivateIpAddress),
              ...(nic?.PrivateIpAddresses ?? []).flatMap(({ Primary, PrivateIpAddress: more }) =>
                Primary === true || more === undefined ? [] : [takeAddress(own, more)],
              ),
              ...Array.from({ length: nic?.SecondaryPrivateIpAddressCount ?? 0 }, () => takeAddress(own)),
            ],
          })
    attached.attachment = {
      attachmentId: `eni-attach-0${region.ids.hex('eni-attach', 16)}`,
      instanceId: instance.id,
      deviceIndex: nic?.DeviceIndex ?? index,
      attachTime: region.now(),
      deleteOnTermination: nic?.DeleteOnTermination ?? attached !== existing,
    }
    if (index === 0 && instance.autoPublicIp) attached.publicIp = newPublicAddress(region)
    tagAsSpecified(region, networkInterfaces, attached.id, given.TagSpecification)
  }
}

/** The image's devices with what the launch says of them, as volumes that are not stored yet. */
function devicesFor(given: Launch, image: Image, instance: Instance, region: Region): Volume[] {
  const asked = new Map(given.BlockDeviceMapping.map((mapping) => [mapping.DeviceName ?? image.rootDevice, mapping]))
  const names = [...new Set([...image.devices.map(({ device }) => device), ...asked.keys()])]
  return names.flatMap((device) => {
    const [base, mapping] = [image.devices.find((each) => each.device === device), asked.get(device)]
    if (mapping?.NoDevice !== undefined || mapping?.VirtualName !== undefined || base?.virtualName !== undefined)
      return []
    const { Ebs: own } = mapping ?? {}
    if (base === undefined && own === undefined) return []
    const type = own?.VolumeType ?? base?.volumeType ?? 'gp2'
    const limits = volumeTypes[type]
    if (limits === undefined) throw ec2Error('UnknownVolumeType', type)
    const sizeGiB = own?.VolumeSize ?? base?.sizeGiB
    if (sizeGiB === undefined && own?.SnapshotId === undefined) {
      throw ec2Error('InvalidParameterValue', `The request must contain the parameter size or snapshotId for ${device}`)
    }
    const wanted = { sizeGiB: sizeGiB ?? 8, iops: own?.Iops, throughput: own?.Throughput }
    limits.check(wanted)
    return [
      {
        id: region.of(volumes).newId(),
        sizeGiB: wanted.sizeGiB,
        snapshotId: own?.SnapshotId ?? base?.snapshotId ?? '',
        zone: instance.zone,
        createTime: region.now(),
        type,
        iops: wanted.iops ?? limits.iopsOf(wanted.sizeGiB),
        throughput: wanted.throughput ?? limits.throughput,
        encrypted: own?.Encrypted ?? base?.encrypted ?? false,
        kmsKeyId: own?.KmsKeyId,
        multiAttach: false,
        autoEnableIo: false,
        life: settled<VolumeState>('available'),
        attachments: [
          {
            instanceId: instance.id,
            device,
            attachTime: region.now(),
            deleteOnTermination: own?.DeleteOnTermination ?? base?.deleteOnTermination ?? true,
            life: settled<AttachmentState>('attached'),
          },
        ],
      },
    ]
  })
}
