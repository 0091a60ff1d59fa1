import { ec2Error } from './errors.ts'
import { demandStopped } from './instance-states.ts'
import type { Instance } from './resources/instance.ts'
import { devicesOf, interfacesOf } from './resources/instance.ts'
import { securityGroups } from './resources/security-group.ts'
import type { Region } from './store.ts'

/** Attributes that ModifyInstanceAttribute changes, as text; those of the first list only of stopped instances. */
const ofStopped: Readonly<Record<string, (instance: Instance, value: string) => void>> = {
  instanceType(instance, type) {
    if (!/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(type)) {
      throw ec2Error('InvalidInstanceAttributeValue', `The instanceType '${type}' is not valid.`)
    }
    instance.type = type
  },
  kernel: (instance, id) => void (instance.kernelId = id === '' ? undefined : id),
  ramdisk: (instance, id) => void (instance.ramdiskId = id === '' ? undefined : id),
  userData: (instance, base64) => void (instance.userData = base64 === '' ? undefined : base64),
  ebsOptimized: (instance, value) => void (instance.ebsOptimized = truth(value)),
  sriovNetSupport(_, value) {
    if (value !== 'simple') {
      throw ec2Error('InvalidInstanceAttributeValue', `Invalid value for attribute sriovNetSupport: ${value}`)
    }
  },
  enaSupport: (_, value) => void truth(value),
}

const ofAny: Readonly<Record<string, (instance: Instance, value: string, region: Region) => void>> = {
  disableApiTermination: (instance, value) => void (instance.disableApiTermination = truth(value)),
  disableApiStop: (instance, value) => void (instance.disableApiStop = truth(value)),
  instanceInitiatedShutdownBehavior(instance, value) {
    if (value !== 'stop' && value !== 'terminate') {
      throw ec2Error(
        'InvalidParameterValue',
        `Value (${value}) for parameter instanceInitiatedShutdownBehavior is invalid. Expecting stop or terminate.`,
      )
    }
    instance.shutdownBehavior = value
  },
  sourceDestCheck(instance, value, region) {
    instance.sourceDestCheck = truth(value)
    for (const nic of interfacesOf(instance, region)) nic.sourceDestCheck = instance.sourceDestCheck
  },
}

/**
 * @throws Ec2Error InvalidParameterValue for an attribute that cannot be modified or a value that it cannot have,
 * IncorrectInstanceState for one that wants the instance stopped
 */
export function setAttribute(instance: Instance, name: string, value: string, region: Region): void {
  if (Object.hasOwn(ofStopped, name)) {
    demandStopped(instance, region)
    ofStopped[name]?.(instance, value)
  } else if (Object.hasOwn(ofAny, name)) {
    ofAny[name]?.(instance, value, region)
  } else {
    throw ec2Error('InvalidParameterValue', `Value (${name}) for parameter attribute is invalid. Unknown attribute.`)
  }
}

/** @throws Ec2Error InvalidGroup.NotFound, InvalidParameterValue for a group of another VPC */
export function setGroups(instance: Instance, groupIds: readonly string[], region: Region): void {
  const groups = region.of(securityGroups).demandAll(groupIds)
  const stranger = groups.find(({ vpcId }) => vpcId !== instance.vpcId)
  if (stranger !== undefined && !region.world.lenient) {
    throw ec2Error(
      'InvalidParameterValue',
      `Security group ${stranger.id} and the instance ${instance.id} belong to different networks.`,
    )
  }
  const [primary] = interfacesOf(instance, region)
  if (primary !== undefined) primary.groupIds = groups.map(({ id }) => id)
}

/** @throws Ec2Error InvalidInstanceAttributeValue for a device that it does not have */
export function setDeleteOnTermination(instance: Instance, device: string, value: boolean, region: Region): void {
  const mapped = devicesOf(instance, region).find(({ attachment }) => attachment.device === device)
  if (mapped === undefined) {
    throw ec2Error('InvalidInstanceAttributeValue', `No device is currently mapped at ${device}`)
  }
  mapped.attachment.deleteOnTermination = value
}

function truth(value: string): boolean {
  if (/^(true|1)$/i.test(value)) return true
  if (/^(false|0)$/i.test(value)) return false
  throw ec2Error('InvalidParameterValue', `Value (${value}) for parameter value is invalid. Expecting true or false.`)
}
