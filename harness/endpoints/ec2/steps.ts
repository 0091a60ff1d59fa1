import type { Passing, Step } from './operation.ts'

/** What many examples begin with: an instance of the first image in us-east-1a, kept as `run`. */
export const runOne: Step = {
  action: 'RunInstances',
  given: { ImageId: 'ami-0a1b2c3d4e5f60001', MinCount: '1', MaxCount: '1' },
  as: 'run',
}
export const theInstance = '$run.instancesSet.0.instanceId'

/** Of the right form, and of nothing. */
export const nobody = 'i-0123456789abcdef0'

/** An image of the account's own, pending, kept as `image`. */
export const copyOfImage: Step = {
  action: 'CopyImage',
  given: { SourceRegion: 'us-east-1', SourceImageId: 'ami-0a1b2c3d4e5f60003', Name: 'ours' },
  as: 'image',
}

/** A volume that is still being made, kept as `volume`. */
export const makeVolume: Step = {
  action: 'CreateVolume',
  given: { AvailabilityZone: 'us-east-1a', Size: '8' },
  as: 'volume',
}

/** A snapshot of an available volume, still pending, kept as `snapshot`. */
export const takeOne: readonly (Step | Passing)[] = [
  makeVolume,
  { advanceMs: 60_000 },
  { action: 'CreateSnapshot', given: { VolumeId: '$volume.volumeId' }, as: 'snapshot' },
]
