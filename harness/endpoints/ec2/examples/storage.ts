import type { Passing, Step } from '../operation.ts'

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
