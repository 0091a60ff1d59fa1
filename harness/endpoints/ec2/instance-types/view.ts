import type { FilterValue } from '../filters.ts'
import type { Xml } from '../wire/xml.ts'
import type { InstanceType } from './instance-type.ts'

const bootModes = ({ can }: InstanceType): string[] =>
  can.has('uefi') ? ['uefi'] : can.has('both-boots') ? ['legacy-bios', 'uefi'] : ['legacy-bios']
const virtualizations = ({ can }: InstanceType): string[] => (can.has('paravirtual') ? ['hvm', 'paravirtual'] : ['hvm'])
const rootDevices = ({ can }: InstanceType): string[] => (can.has('store-root') ? ['ebs', 'instance-store'] : ['ebs'])
const hypervisor = (type: InstanceType): string | undefined =>
  isMetal(type) ? undefined : type.can.has('nitro') ? 'nitro' : 'xen'
const cores = ({ vcpus, threadsPerCore }: InstanceType): number => Math.max(1, vcpus / threadsPerCore)
/** Of old types with one thread a core nobody may choose. */
const threads = ({ threadsPerCore, architectures }: InstanceType): number[] | undefined =>
  threadsPerCore > 1 ? [1, 2] : architectures.includes('arm64') ? [1] : undefined
const isMetal = ({ id }: InstanceType): boolean => id.includes('.metal')
const enaSupport = ({ can }: InstanceType): string =>
  can.has('ena-required') ? 'required' : can.has('ena-supported') ? 'supported' : 'unsupported'
const ebsOptimized = ({ can }: InstanceType): string =>
  can.has('ebs-default') ? 'default' : can.has('ebs-supported') ? 'supported' : 'unsupported'
const nvme = ({ can }: InstanceType): string => (can.has('nvme') ? 'required' : 'unsupported')
const ipv6 = ({ can }: InstanceType): boolean => !can.has('no-ipv6')
const storageNvme = ({ can, disks }: InstanceType): string | undefined =>
  disks === undefined ? undefined : can.has('nitro') ? 'required' : 'unsupported'
const totalStorage = ({ disks }: InstanceType): number | undefined => disks && disks.count * disks.sizeGB

export function instanceTypeView(type: InstanceType): Xml {
  const { can, disks, gpus } = type
  return {
    instanceType: type.id,
    currentGeneration: can.has('current'),
    freeTierEligible: freeTier(type),
    supportedUsageClasses: ['on-demand', 'spot'],
    supportedRootDeviceTypes: rootDevices(type),
    supportedVirtualizationTypes: virtualizations(type),
    bareMetal: isMetal(type),
    hypervisor: hypervisor(type),
    processorInfo: {
      supportedArchitectures: type.architectures,
      sustainedClockSpeedInGhz: type.ghz,
      manufacturer: type.manufacturer,
    },
    vCpuInfo: {
      defaultVCpus: type.vcpus,
      defaultCores: cores(type),
      defaultThreadsPerCore: type.threadsPerCore,
      validThreadsPerCore: threads(type),
    },
    memoryInfo: { sizeInMiB: type.memoryMiB },
    instanceStorageSupported: disks !== undefined,
    instanceStorageInfo: disks && {
      totalSizeInGB: totalStorage(type),
      disks: [{ sizeInGB: disks.sizeGB, count: disks.count, type: disks.type }],
      nvmeSupport: storageNvme(type),
      encryptionSupport: can.has('nitro') ? 'required' : 'unsupported',
    },
    ebsInfo: {
      ebsOptimizedSupport: ebsOptimized(type),
      encryptionSupport: 'supported',
      nvmeSupport: nvme(type),
    },
    networkInfo: {
      networkPerformance: type.network,
      maximumNetworkInterfaces: type.interfaces,
      maximumNetworkCards: 1,
      defaultNetworkCardIndex: 0,
      networkCards: [
        { networkCardIndex: 0, networkPerformance: type.network, maximumNetworkInterfaces: type.interfaces },
      ],
      ipv4AddressesPerInterface: type.addressesPerInterface,
      ipv6AddressesPerInterface: ipv6(type) ? type.addressesPerInterface : 0,
      ipv6Supported: ipv6(type),
      enaSupport: enaSupport(type),
      efaSupported: false,
    },
    gpuInfo: gpus && {
      gpus: [
        { name: gpus.name, manufacturer: gpus.maker, count: gpus.count, memoryInfo: { sizeInMiB: gpus.memoryMiB } },
      ],
      totalGpuMemoryInMiB: gpus.count * gpus.memoryMiB,
    },
    hibernationSupported: can.has('hibernation'),
    burstablePerformanceSupported: can.has('burst'),
    autoRecoverySupported: can.has('recovery'),
    supportedBootModes: bootModes(type),
  }
}

function freeTier({ id }: InstanceType): boolean {
  return ['t2.micro', 't3.micro', 't3.small', 't4g.micro', 't4g.small'].includes(id)
}

/** Those of the reference whose facts are kept here. */
export const instanceTypeFilters: Readonly<Record<string, (type: InstanceType) => FilterValue>> = {
  'auto-recovery-supported': ({ can }) => can.has('recovery'),
  'bare-metal': isMetal,
  'burstable-performance-supported': ({ can }) => can.has('burst'),
  'current-generation': ({ can }) => can.has('current'),
  'ebs-info.ebs-optimized-support': ebsOptimized,
  'ebs-info.encryption-support': () => 'supported',
  'ebs-info.nvme-support': nvme,
  'free-tier-eligible': freeTier,
  'hibernation-supported': ({ can }) => can.has('hibernation'),
  hypervisor,
  'instance-storage-info.disk.count': ({ disks }) => disks?.count,
  'instance-storage-info.disk.size-in-gb': ({ disks }) => disks?.sizeGB,
  'instance-storage-info.disk.type': ({ disks }) => disks?.type,
  'instance-storage-info.nvme-support': storageNvme,
  'instance-storage-info.total-size-in-gb': totalStorage,
  'instance-storage-supported': ({ disks }) => disks !== undefined,
  'instance-type': ({ id }) => id,
  'memory-info.size-in-mib': ({ memoryMiB }) => memoryMiB,
  'network-info.efa-supported': () => false,
  'network-info.ena-support': enaSupport,
  'network-info.ipv4-addresses-per-interface': ({ addressesPerInterface }) => addressesPerInterface,
  'network-info.ipv6-addresses-per-interface': (type) => (ipv6(type) ? type.addressesPerInterface : 0),
  'network-info.ipv6-supported': ipv6,
  'network-info.maximum-network-cards': () => 1,
  'network-info.maximum-network-interfaces': ({ interfaces }) => interfaces,
  'network-info.network-performance': ({ network }) => network,
  'processor-info.supported-architecture': ({ architectures }) => architectures,
  'processor-info.sustained-clock-speed-in-ghz': ({ ghz }) => ghz,
  'supported-boot-mode': bootModes,
  'supported-root-device-type': rootDevices,
  'supported-usage-class': () => ['on-demand', 'spot'],
  'supported-virtualization-type': virtualizations,
  'vcpu-info.default-cores': cores,
  'vcpu-info.default-threads-per-core': ({ threadsPerCore }) => threadsPerCore,
  'vcpu-info.default-vcpus': ({ vcpus }) => vcpus,
  'vcpu-info.valid-threads-per-core': threads,
}
