import { ec2Error } from './errors.ts'
import { instanceTypes } from './instance-types/instance-type.ts'
import type { Launch } from './launch-parameters.ts'
import type { Place } from './launch-place.ts'
import type { Image } from './resources/image.ts'
import type { Instance } from './resources/instance.ts'
import { instances } from './resources/instance.ts'
import { freeAddresses } from './resources/subnet.ts'
import type { Region } from './store.ts'

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
export function countOf(given: Launch, region: Region, { interfaces }: Place): number {
  const [limit, vcpuLimit] = [region.quota('instances'), region.quota('vcpus')]
  // Nobody is counted where nothing is limited: every launch would go through all that there are.
  const limited = Number.isFinite(limit) || Number.isFinite(vcpuLimit)
  const alive = limited ? [...region.of(instances).everything()].filter(({ life }) => life.to !== 'terminated') : []
  const left = limit - alive.length
  if (left < given.MinCount) throw ec2Error('InstanceLimitExceeded', given.MinCount, limit)
  if (Number.isFinite(vcpuLimit)) {
    const running = alive.filter(({ life }) => life.to !== 'stopped')
    const used = running.reduce((sum, { type }) => sum + vcpusOf(type), 0)
    const wanted = given.MinCount * vcpusOf(given.InstanceType ?? defaultType)
    if (used + wanted > vcpuLimit) throw ec2Error('VcpuLimitExceeded', vcpuLimit)
  }
  const [{ subnet }] = interfaces
  // An interface that is there already can be of one instance only, and brings its own address.
  const free = interfaces.some(({ existing }) => existing !== undefined) ? 1 : freeAddresses(subnet)
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
