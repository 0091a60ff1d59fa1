import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { demandOwn } from '../resources/owned.ts'
import { snapshots } from '../resources/snapshot.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetSnapshotAttribute.html */
export const resetSnapshotAttribute = operation({
  name: 'ResetSnapshotAttribute',
  parameters: {
    SnapshotId: required(idOf(snapshots)),
    Attribute: required(text({ oneOf: ['createVolumePermission'] })),
  },
  errors: ['InvalidSnapshot.NotFound', 'InvalidSnapshotID.Malformed', 'AuthFailure'],
  run({ SnapshotId }, { region }) {
    demandOwn(region.of(snapshots).demand(SnapshotId), 'snapshot', region).createVolumePermissions.clear()
    return { return: true }
  },
  examples: [
    {
      title: 'so that only its owner may make volumes of it',
      before: [
        { action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '8' }, as: 'volume' },
        { advanceMs: 60_000 },
        { action: 'CreateSnapshot', given: { VolumeId: '$volume.volumeId' }, as: 'snapshot' },
      ],
      given: { SnapshotId: '$snapshot.snapshotId', Attribute: 'createVolumePermission' },
      answers: { return: 'true' },
    },
    {
      title: 'of a snapshot that there is not',
      given: { SnapshotId: 'snap-0123456789abcdef0', Attribute: 'createVolumePermission' },
      answers: 'InvalidSnapshot.NotFound',
    },
    {
      title: 'of what is no snapshot',
      given: { SnapshotId: 'nightly', Attribute: 'createVolumePermission' },
      answers: 'InvalidSnapshotID.Malformed',
    },
    {
      title: 'of one of somebody else',
      given: { SnapshotId: 'snap-0a1b2c3d4e5f60001', Attribute: 'createVolumePermission' },
      answers: 'AuthFailure',
    },
  ],
})
