import type { ErrorTable } from './sentence.ts'

/** Of quotas. */
export const limitErrors = {
  // Limits
  InstanceLimitExceeded: [
    400,
    (wanted: number, left: number) =>
      `You have requested more instances (${wanted}) than your current instance limit of ${left} allows for the specified instance type.`,
  ],
  VcpuLimitExceeded: [
    400,
    (limit: number | '' = '') =>
      `You have requested more vCPU capacity than your current vCPU limit${limit === '' ? '' : ` of ${limit}`} allows for the instance bucket that the specified instance type belongs to.`,
  ],
  VolumeLimitExceeded: [400, (limit: number) => `Maximum number of volumes exceeded: ${limit}`],
  SnapshotLimitExceeded: [400, (limit: number) => `Maximum number of active snapshots allowed: ${limit}`],
  ConcurrentSnapshotLimitExceeded: [400, () => 'Maximum allowed in-progress snapshots for a single volume exceeded.'],
  ResourceLimitExceeded: [400, (what: string) => what],
  AddressLimitExceeded: [400, () => 'The maximum number of addresses has been reached.'],
  VpcLimitExceeded: [400, () => 'The maximum number of VPCs has been reached.'],
  SecurityGroupLimitExceeded: [400, () => 'The maximum number of security groups has been reached.'],
  TagLimitExceeded: [400, () => 'The maximum number of Tags for a resource has been reached.'],
  RulesPerSecurityGroupLimitExceeded: [400, () => 'The maximum number of rules per security group has been reached.'],
} as const satisfies ErrorTable
