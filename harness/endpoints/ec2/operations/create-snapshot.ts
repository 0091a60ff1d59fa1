import { ec2Error } from '../errors.ts'
import { makeVolume } from '../examples/storage.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { snapshots, snapshotView } from '../resources/snapshot.ts'
import { volumes, volumeState } from '../resources/volume.ts'
import { checkSpecifications, tagAsSpecified, tagSpecifications } from '../tagging.ts'
import { checkPendingSnapshots, checkSnapshotQuota, takeSnapshot } from '../take-snapshot.ts'

const made = [makeVolume, { advanceMs: 60_000 }]

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshot.html */
export const createSnapshot = operation({
  name: 'CreateSnapshot',
  parameters: {
    VolumeId: required(idOf(volumes)),
    Description: text({ max: 255 }),
    OutpostArn: text(),
    Location: text({ oneOf: ['regional', 'local'] }),
    TagSpecification: tagSpecifications,
  },
  errors: [
    'InvalidVolume.NotFound',
    'InvalidVolumeID.Malformed',
    'IncorrectState',
    'SnapshotLimitExceeded',
    'ConcurrentSnapshotLimitExceeded',
  ],
  run(given, { region, effect }) {
    checkSpecifications(given.TagSpecification, ['snapshot'])
    const source = region.of(volumes).demand(given.VolumeId)
    const state = volumeState(source, region)
    if (state !== 'available' && state !== 'in-use') {
      throw ec2Error('IncorrectState', `Volume '${source.id}' is in the '${state}' state.`)
    }
    checkSnapshotQuota(region)
    checkPendingSnapshots(region, source.id)
    const { sizeGiB, encrypted, kmsKeyId } = source
    const taken = { volumeId: source.id, sizeGiB, encrypted, kmsKeyId, description: given.Description ?? '' }
    const snapshot = takeSnapshot(region, taken, effect)
    tagAsSpecified(region, snapshots, snapshot.id, given.TagSpecification)
    return snapshotView(snapshot, region)
  },
  examples: [
    {
      title: 'of a makeVolume, with a tag: pending at first',
      before: made,
      given: {
        VolumeId: '$volume.volumeId',
        Description: 'every night',
        'TagSpecification.1.ResourceType': 'snapshot',
        'TagSpecification.1.Tag.1.Key': 'job',
        'TagSpecification.1.Tag.1.Value': 'backup',
      },
      answers: {
        status: 'pending',
        progress: '0%',
        volumeSize: '8',
        volumeId: '$volume.volumeId',
        description: 'every night',
        'tagSet.0.value': 'backup',
      },
    },
    {
      title: 'of a volume that there is not',
      given: { VolumeId: 'vol-0123456789abcdef0' },
      answers: 'InvalidVolume.NotFound',
    },
    { title: 'of what is no volume', given: { VolumeId: 'sda' }, answers: 'InvalidVolumeID.Malformed' },
    {
      title: 'of a volume that is still being made',
      before: [makeVolume],
      given: { VolumeId: '$volume.volumeId' },
      answers: 'IncorrectState',
    },
    {
      title: 'more than the quota allows',
      seed: { quotas: { snapshots: 0 } },
      before: made,
      given: { VolumeId: '$volume.volumeId' },
      answers: 'SnapshotLimitExceeded',
    },
    {
      title: 'more at once than the quota allows of one volume',
      seed: { quotas: { 'pending-snapshots-per-volume': 1 } },
      before: [...made, { action: 'CreateSnapshot', given: { VolumeId: '$volume.volumeId' } }],
      given: { VolumeId: '$volume.volumeId' },
      answers: 'ConcurrentSnapshotLimitExceeded',
    },
  ],
})
