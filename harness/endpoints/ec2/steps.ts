import type { Step } from './operation.ts'

/** What many examples begin with: an instance of the first image in us-east-1a, kept as `run`. */
export const runOne: Step = {
  action: 'RunInstances',
  given: { ImageId: 'ami-0a1b2c3d4e5f60001', MinCount: '1', MaxCount: '1' },
  as: 'run',
}
export const theInstance = '$run.instancesSet.0.instanceId'

/** Of the right form, and of nothing. */
export const nobody = 'i-0123456789abcdef0'
