import { ec2Error } from './errors.ts'
import { instanceTypes } from './instance-types/instance-type.ts'
import type { Launch } from './launch-parameters.ts'
import type { Image } from './resources/image.ts'
import type { Instance } from './resources/instance.ts'
import { instances } from './resources/instance.ts'
import type { NetworkInterface } from './resources/network-interface.ts'
import type { Subnet } from './resources/subnet.ts'
import { freeAddresses } from './resources/subnet.ts'
import type { Region } from './store.ts'

interface Room {
  readonly subnet: Subnet
  /** An interface that is there already brings its own address. */
  readonly existing: NetworkInterface | undefined
}

/** What a launch without a type gets (API reference, RunInstances). */
export const defaultType = 'm1.small'

/** A type that is not in the table may be of any architecture. */
export function checkArchitecture({ InstanceType: name = defaultType }: Launch, { architecture }: Image): void {
  const type = instanceTypes().get(name)
  if (type === undefined || type.architectures.includes(architecture)) return
  throw ec2Error(
    'InvalidParameterValue',
    `The architecture '${type.architectures.join(',')}' of the specified instance type does not match the architecture '${architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again. You can use 'describe-instance-types' or 'describe-images' to discover the architecture of the instance type or AMI.`,
  )
}

function vcpusOf(name: string): number {
  return instanceTypes().get(name)?.vcpus ?? 1
}

/**
 * How many there will be: as many as are wanted at most, as far as quotas and addresses go.
 *
 * @throws Ec2Error InstanceLimitExceeded, VcpuLimitExceeded, InsufficientFreeAddressesInSubnet
 */
export function countOf(given: Launch, region: Region, { subnet, existing }: Room): number {
  const alive = [...region.of(instances).everything()].filter(({ life }) => life.to !== 'terminated')
  const limit = region.quota('instances')
  const left = limit - alive.length
  if (left < given.MinCount) throw ec2Error('InstanceLimitExceeded', given.MinCount, limit)
  const vcpuLimit = region.quota('vcpus')
  if (Number.isFinite(vcpuLimit)) {
    const running = alive.filter(({ life }) => life.to !== 'stopped')
    const used = running.reduce((sum, { type }) => sum + vcpusOf(type), 0)
    const wanted = given.MinCount * vcpusOf(given.InstanceType ?? defaultType)
    if (used + wanted > vcpuLimit) throw ec2Error('VcpuLimitExceeded', vcpuLimit)
  }
  const free = existing === undefined ? freeAddresses(subnet) : 1
  if (free < given.MinCount) throw ec2Error('InsufficientFreeAddressesInSubnet', subnet.id)
  return Math.min(given.MaxCount, left, free)
}

export function cpuOf({ CpuOptions, InstanceType: name = defaultType }: Launch): Instance['cpu'] {
  const type = instanceTypes().get(name)
  const threads = type?.threadsPerCore ?? 1
  return {
    coreCount: CpuOptions?.CoreCount ?? Math.max(1, (type?.vcpus ?? 1) / threads),
    threadsPerCore: CpuOptions?.ThreadsPerCore ?? threads,
  }
}
