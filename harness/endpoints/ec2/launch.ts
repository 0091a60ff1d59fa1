import { ec2Error } from './errors.ts'
import { newProfile } from './instance-profile.ts'
import { beginning, failedToStart, retirement } from './instance-states.ts'
import { moreIpv6, takeAddresses, takeIpv6Addresses } from './interface-addresses.ts'
import { countOf, cpuOf, defaultType } from './launch-capacity.ts'
import { devicesFor } from './launch-devices.ts'
import type { Launch } from './launch-parameters.ts'
import type { InterfacePlace, Place } from './launch-place.ts'
import { placeOf } from './launch-place.ts'
import type { Instance } from './resources/instance.ts'
import { instances } from './resources/instance.ts'
import type { NetworkInterface } from './resources/network-interface.ts'
import { addInterface, networkInterfaces, newPublicAddress } from './resources/network-interface.ts'
import { volumes } from './resources/volume.ts'
import type { Region } from './store.ts'
import { checkSpecifications, tagAsSpecified } from './tagging.ts'

/**
 * Launches instances, one reservation, in three steps, so that nothing is made before all that it
 * names is found:
 *
 *     parameters --> place (image, interfaces with subnet and groups) --> instances, with interfaces and volumes
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
  if (given.MaxCount > 1 && namesAddress(given)) {
    throw ec2Error(
      'InvalidParameterCombination',
      'A private IP address may be specified only when a single instance is launched.',
    )
  }
  const place = placeOf(given, region)
  const count = countOf(given, region, place)
  const reservationId = `r-0${region.ids.hex('r', 16)}`
  const launched = Array.from({ length: count }, (_, index) =>
    launchOne(given, region, place, { reservationId, index, effect }),
  )
  return { reservationId, launched }
}

/** An address is of one interface: a second instance could not have it (API reference, RunInstances). */
function namesAddress({ PrivateIpAddress, NetworkInterface }: Launch): boolean {
  return (
    PrivateIpAddress !== undefined ||
    NetworkInterface.some((nic) => nic.PrivateIpAddress !== undefined || nic.PrivateIpAddresses.length > 0)
  )
}

function launchOne(
  given: Launch,
  region: Region,
  place: Place,
  { reservationId, index, effect }: { reservationId: string; index: number; effect: string | undefined },
): Instance {
  const { image } = place
  const [primary] = place.interfaces
  const { subnet } = primary
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
      primary.existing === undefined && (primary.given?.AssociatePublicIpAddress ?? subnet.mapPublicIpOnLaunch),
    rebootedAt: undefined,
  }
  if (effect === 'instance-retires') instance.events = [retirement(region)]
  // Devices before the instance itself: a type or a size that is refused must leave nothing behind.
  const made = devicesFor(given, image, instance, region)
  for (const [at, each] of place.interfaces.entries()) attachInterface(given, instance, each, at, region)
  for (const volume of made) {
    region.of(volumes).add(volume)
    tagAsSpecified(region, volumes, volume.id, given.TagSpecification)
  }
  there.add(instance)
  tagAsSpecified(region, instances, instance.id, given.TagSpecification)
  if (effect === 'instance-terminates') failedToStart(instance, region)
  return instance
}

function attachInterface(
  given: Launch,
  instance: Instance,
  place: InterfacePlace,
  index: number,
  region: Region,
): void {
  const nic = place.existing ?? newInterface(given, place, index === 0, region)
  nic.attachment = {
    attachmentId: `eni-attach-0${region.ids.hex('eni-attach', 16)}`,
    instanceId: instance.id,
    deviceIndex: place.given?.DeviceIndex ?? index,
    attachTime: region.now(),
    deleteOnTermination: place.given?.DeleteOnTermination ?? place.existing === undefined,
  }
  if (index === 0 && instance.autoPublicIp) nic.publicIp = newPublicAddress(region)
  tagAsSpecified(region, networkInterfaces, nic.id, given.TagSpecification)
}

/** Addresses of the instance itself are those of its primary interface. */
function newInterface(
  given: Launch,
  { given: nic, subnet, groupIds }: InterfacePlace,
  isPrimary: boolean,
  region: Region,
): NetworkInterface {
  const named = nic?.PrivateIpAddresses ?? []
  const primary = nic?.PrivateIpAddress ?? named.find(({ Primary }) => Primary === true)?.PrivateIpAddress
  const others = named.flatMap(({ Primary, PrivateIpAddress }) =>
    Primary === true || PrivateIpAddress === undefined ? [] : [PrivateIpAddress],
  )
  const six = [...(isPrimary ? given.Ipv6Address : []), ...(nic?.Ipv6Addresses ?? [])].flatMap(({ Ipv6Address }) =>
    Ipv6Address === undefined ? [] : [Ipv6Address],
  )
  const count = (isPrimary ? given.Ipv6AddressCount : undefined) ?? nic?.Ipv6AddressCount
  const ipv6 = takeIpv6Addresses(subnet, six, moreIpv6(subnet, six.length, count, region), region)
  const made = addInterface(region, subnet, {
    groupIds,
    description: nic?.Description ?? '',
    privateIps: takeAddresses(
      subnet,
      [primary ?? (isPrimary ? given.PrivateIpAddress : undefined), ...others],
      nic?.SecondaryPrivateIpAddressCount ?? 0,
      region,
    ),
  })
  made.ipv6.push(...ipv6)
  return made
}
