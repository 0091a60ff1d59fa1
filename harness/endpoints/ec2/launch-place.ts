import { ec2Error } from './errors.ts'
import { checkArchitecture } from './launch-capacity.ts'
import { checkDevices } from './launch-devices.ts'
import type { Launch } from './launch-parameters.ts'
import { zonesOf } from './regions.ts'
import type { Image } from './resources/image.ts'
import { images, imageState } from './resources/image.ts'
import { keyNamed } from './resources/key-pair.ts'
import type { NetworkInterface } from './resources/network-interface.ts'
import { networkInterfaces } from './resources/network-interface.ts'
import { defaultGroupOf, securityGroups } from './resources/security-group.ts'
import type { Subnet } from './resources/subnet.ts'
import { defaultSubnet, subnets } from './resources/subnet.ts'
import type { Region } from './store.ts'

/** One interface of an instance that is to be: one that is there already, or where a new one goes. */
export interface InterfacePlace {
  readonly given: Launch['NetworkInterface'][number] | undefined
  readonly existing: NetworkInterface | undefined
  readonly subnet: Subnet
  readonly groupIds: readonly string[]
}

export interface Place {
  readonly image: Image
  /** The first is the primary one, whose subnet is the instance's. */
  readonly interfaces: readonly [InterfacePlace, ...InterfacePlace[]]
}

/**
 * Where a launch goes, with all that it names looked up.
 *
 * @throws Ec2Error one of `launchErrors`
 */
export function placeOf(given: Launch, region: Region): Place {
  refuseTemplate(given.LaunchTemplate)
  // Without a template, that is.
  if (given.ImageId === undefined) throw ec2Error('MissingParameter', 'ImageId')
  const image = region.of(images).demand(given.ImageId)
  if (imageState(image, region) !== 'available') throw ec2Error('InvalidAMIID.Unavailable', image.id)
  checkArchitecture(given, image)
  checkDevices(given, image, region)
  if (given.KeyName !== undefined && keyNamed(given.KeyName, region) === undefined && !region.world.lenient) {
    throw ec2Error('InvalidKeyPair.NotFound', given.KeyName)
  }
  refuseBothLevels(given, region)
  const [first, ...others] = given.NetworkInterface
  const primary = primaryPlace(first, given, region)
  return { image, interfaces: [primary, ...others.map((each) => otherPlace(each, primary.subnet, region))] }
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

/** A subnet or groups are said of the instance or of its interfaces; moto takes both. */
function refuseBothLevels(given: Launch, region: Region): void {
  if (given.NetworkInterface.length === 0 || region.world.lenient) return
  const hasGroups = given.SecurityGroupId.length > 0 || given.SecurityGroup.length > 0
  const level = given.SubnetId !== undefined ? 'subnet ID' : hasGroups ? 'security groups' : undefined
  if (level === undefined) return
  throw ec2Error(
    'InvalidParameterCombination',
    `Network interfaces and an instance-level ${level} may not be specified on the same request`,
  )
}

function primaryPlace(nic: InterfacePlace['given'], given: Launch, region: Region): InterfacePlace {
  const existing = existingOf(nic, region)
  const subnet = subnetOf(existing?.subnetId ?? nic?.SubnetId ?? given.SubnetId, given, region)
  const onInstance = nic === undefined || (region.world.lenient && nic.SecurityGroupId.length === 0)
  const ids = existing?.groupIds ?? (onInstance ? given.SecurityGroupId : nic.SecurityGroupId)
  return { given: nic, existing, subnet, groupIds: groupsOf(ids, given.SecurityGroup, subnet.vpcId, region) }
}

function otherPlace(nic: NonNullable<InterfacePlace['given']>, primary: Subnet, region: Region): InterfacePlace {
  const existing = existingOf(nic, region)
  const subnet = region.of(subnets).demand(existing?.subnetId ?? nic.SubnetId ?? primary.id)
  const ids = existing?.groupIds ?? nic.SecurityGroupId
  return { given: nic, existing, subnet, groupIds: groupsOf(ids, [], subnet.vpcId, region) }
}

function existingOf(nic: InterfacePlace['given'], region: Region): NetworkInterface | undefined {
  if (nic?.NetworkInterfaceId === undefined) return undefined
  const existing = region.of(networkInterfaces).demand(nic.NetworkInterfaceId)
  if (existing.attachment !== undefined) throw ec2Error('InvalidNetworkInterface.InUse', existing.id)
  return existing
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
