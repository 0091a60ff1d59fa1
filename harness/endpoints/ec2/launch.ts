import { ec2Error } from './errors.ts'
import { newProfile } from './instance-profile.ts'
import { beginning, failedToStart, retirement } from './instance-states.ts'
import { checkArchitecture, countOf, cpuOf, defaultType } from './launch-capacity.ts'
import { checkDevices, devicesFor } from './launch-devices.ts'
import type { Launch } from './launch-parameters.ts'
import { zonesOf } from './regions.ts'
import type { Image } from './resources/image.ts'
import { images, imageState } from './resources/image.ts'
import type { Instance } from './resources/instance.ts'
import { instances } from './resources/instance.ts'
import { keyNamed } from './resources/key-pair.ts'
import type { NetworkInterface } from './resources/network-interface.ts'
import { addInterface, networkInterfaces, newPublicAddress, takeAddress } from './resources/network-interface.ts'
import { defaultGroupOf, securityGroups } from './resources/security-group.ts'
import type { Subnet } from './resources/subnet.ts'
import { defaultSubnet, subnets } from './resources/subnet.ts'
import { volumes } from './resources/volume.ts'
import type { Region } from './store.ts'
import { checkSpecifications, tagAsSpecified } from './tagging.ts'

/**
 * A launch in three steps, so that nothing is made before all of it is known to be possible:
 *
 *     parameters --> where (subnet, groups, image) --> instances with their interfaces and volumes
 */
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

function placeOf(given: Launch, region: Region): Place {
  refuseTemplate(given.LaunchTemplate)
  // Without a template, that is.
  if (given.ImageId === undefined) throw ec2Error('MissingParameter', 'ImageId')
  const image = region.of(images).demand(given.ImageId)
  if (imageState(image, region) !== 'available') throw ec2Error('InvalidAMIID.Unavailable', image.id)
  checkArchitecture(given, image)
  checkDevices(given, image, region)
  const { lenient } = region.world
  if (given.KeyName !== undefined && keyNamed(given.KeyName, region) === undefined && !lenient) {
    throw ec2Error('InvalidKeyPair.NotFound', given.KeyName)
  }
  const [nic] = given.NetworkInterface
  const level =
    given.SubnetId !== undefined
      ? 'subnet ID'
      : given.SecurityGroupId.length > 0 || given.SecurityGroup.length > 0
        ? 'security groups'
        : undefined
  if (nic !== undefined && level !== undefined && !lenient) {
    throw ec2Error(
      'InvalidParameterCombination',
      `Network interfaces and an instance-level ${level} may not be specified on the same request`,
    )
  }
  const existing =
    nic?.NetworkInterfaceId === undefined ? undefined : region.of(networkInterfaces).demand(nic.NetworkInterfaceId)
  if (existing?.attachment !== undefined) throw ec2Error('InvalidNetworkInterface.InUse', existing.id)
  const subnet = subnetOf(existing?.subnetId ?? nic?.SubnetId ?? given.SubnetId, given, region)
  const ofNic =
    nic === undefined || (lenient && nic.SecurityGroupId.length === 0) ? given.SecurityGroupId : nic.SecurityGroupId
  const ids = existing?.groupIds ?? ofNic
  return { image, subnet, groupIds: groupsOf(ids, given.SecurityGroup, subnet.vpcId, region), existing }
}

/** There are no launch templates here: whoever names one is told so. */
function refuseTemplate(template: Launch['LaunchTemplate']): void {
  if (template?.LaunchTemplateId !== undefined) {
    throw ec2Error('InvalidLaunchTemplateId.NotFound', template.LaunchTemplateId)
  }
  if (template?.LaunchTemplateName !== undefined) {
    throw ec2Error('InvalidLaunchTemplateName.NotFoundException', template.LaunchTemplateName)
  }
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
    const found = [...groups.everything()].find(
      (group) => group.name === name && (group.vpcId === vpcId || region.world.lenient),
    )
    if (found === undefined) throw ec2Error('InvalidGroup.NotFound', name)
    return found
  })
  const chosen = [...groups.demandAll(ids), ...named]
  const stranger = chosen.find((group) => group.vpcId !== vpcId)
  if (stranger !== undefined && !region.world.lenient) {
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
    type: given.InstanceType ?? defaultType,
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
    cpu: cpuOf(given),
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
              takeAddress(own, address ?? given.PrivateIpAddress, region.world.lenient),
              ...(nic?.PrivateIpAddresses ?? []).flatMap(({ Primary, PrivateIpAddress: more }) =>
                Primary === true || more === undefined ? [] : [takeAddress(own, more, region.world.lenient)],
              ),
              ...Array.from({ length: nic?.SecondaryPrivateIpAddressCount ?? 0 }, () => takeAddress(own)),
            ],
          })
    const asked = index === 0 ? [...given.Ipv6Address, ...(nic?.Ipv6Addresses ?? [])] : (nic?.Ipv6Addresses ?? [])
    attached.ipv6.push(...asked.flatMap(({ Ipv6Address: each }) => (each === undefined ? [] : [each])))
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
