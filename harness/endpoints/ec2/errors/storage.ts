import type { ErrorTable } from './sentence.ts'
import { missing } from './sentence.ts'

/** Of volumes and snapshots. */
export const storageErrors = {
  // Volumes and snapshots
  'InvalidVolume.NotFound': [400, (...ids: string[]) => `${missing('volume', 'volumes')(...ids)}.`],
  'InvalidVolumeID.Malformed': [400, (id: string) => `Invalid id: "${id}"`],
  'InvalidVolume.ZoneMismatch': [
    400,
    (volume: string, instance: string) =>
      `The volume '${volume}' is not in the same availability zone as instance '${instance}'`,
  ],
  VolumeInUse: [400, (volume: string, why = 'is currently attached') => `${volume} ${why}`],
  IncorrectModificationState: [
    400,
    (volume: string, state: string) =>
      `Volume '${volume}' is '${state}': it cannot be modified until that is completed.`,
  ],
  VolumeModificationRateExceeded: [
    400,
    () =>
      "You've reached the maximum modification rate per volume limit. A volume can be modified four times within 24 hours.",
  ],
  'InvalidVolumeModification.NotFound': [
    400,
    (...ids: string[]) => `Modification for volume '${ids.join(', ')}' does not exist.`,
  ],
  UnknownVolumeType: [400, (type: string) => `Unsupported volume type '${type}' for volume creation.`],
  'InvalidZone.NotFound': [400, (zone: string) => `The zone '${zone}' does not exist.`],
  'InvalidSnapshot.NotFound': [400, (...ids: string[]) => `${missing('snapshot', 'snapshots')(...ids)}.`],
  'InvalidSnapshotID.Malformed': [400, (id: string) => `Invalid id: "${id}"`],
  'InvalidSnapshot.InUse': [
    400,
    (snapshot: string, image: string) => `The snapshot ${snapshot} is currently in use by ${image}`,
  ],
  'InvalidAttachment.NotFound': [400, (what: string) => what],
} as const satisfies ErrorTable
