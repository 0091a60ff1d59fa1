import { ec2Error } from '../errors.ts'
import { operation } from '../operation.ts'
import { boolean, list, required, structure, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { devicesOf, instances, instanceState } from '../resources/instance.ts'
import { snapshotInfo, snapshots, snapshotState } from '../resources/snapshot.ts'
import { volumes } from '../resources/volume.ts'
import { checkSpecifications, tagAsSpecified, tagResource, tagSpecifications } from '../tagging.ts'
import { checkPendingSnapshots, checkSnapshotQuota, takeSnapshot } from '../take-snapshot.ts'

const run = {
  action: 'RunInstances',
  given: {
    ImageId: 'ami-0a1b2c3d4e5f60001',
    MinCount: '1',
    MaxCount: '1',
    'BlockDeviceMapping.1.DeviceName': '/dev/sdh',
    'BlockDeviceMapping.1.Ebs.VolumeSize': '20',
  },
  as: 'run',
}
const instance = { 'InstanceSpecification.InstanceId': '$run.instancesSet.0.instanceId' }

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshots.html */
export const createSnapshots = operation({
  name: 'CreateSnapshots',
  parameters: {
    InstanceSpecification: required(
      structure({
        InstanceId: required(idOf(instances)),
        ExcludeBootVolume: boolean(),
        ExcludeDataVolumeId: list(idOf(volumes)),
      }),
    ),
    Description: text({ max: 255 }),
    OutpostArn: text(),
    Location: text({ oneOf: ['regional', 'local'] }),
    CopyTagsFromSource: text({ oneOf: ['volume'] }),
    TagSpecification: tagSpecifications,
  },
  errors: [
    'InvalidInstanceID.NotFound',
    'InvalidInstanceID.Malformed',
    'InvalidVolumeID.Malformed',
    'InvalidParameterValue',
    'IncorrectState',
    'SnapshotLimitExceeded',
    'ConcurrentSnapshotLimitExceeded',
  ],
  run(given, { region, effect }) {
    checkSpecifications(given.TagSpecification, ['snapshot'])
    const { InstanceId, ExcludeBootVolume, ExcludeDataVolumeId: excluded } = given.InstanceSpecification
    const source = region.of(instances).demand(InstanceId)
    const state = instanceState(source, region)
    if (state === 'terminated' || state === 'shutting-down') {
      throw ec2Error('IncorrectState', `The instance '${source.id}' is in the '${state}' state.`)
    }
    const devices = devicesOf(source, region)
    const stranger = excluded.find((id) => !devices.some(({ volumeId }) => volumeId === id))
    if (stranger !== undefined) {
      throw ec2Error('InvalidParameterValue', `The volume '${stranger}' is not attached to '${source.id}'`)
    }
    const chosen = region.of(volumes).demandAll(
      devices
        .filter(({ attachment }) => ExcludeBootVolume !== true || attachment.device !== source.rootDevice)
        .map(({ volumeId }) => volumeId)
        .filter((id) => !excluded.includes(id)),
    )
    checkSnapshotQuota(region, chosen.length)
    for (const { id } of chosen) checkPendingSnapshots(region, id)
    const taken = chosen.map(({ id, sizeGiB, encrypted, kmsKeyId }) => {
      const description = given.Description ?? ''
      const snapshot = takeSnapshot(region, { volumeId: id, sizeGiB, encrypted, kmsKeyId, description }, effect)
      if (given.CopyTagsFromSource !== undefined) {
        const tags = [...region.tags.of(id)].map(([Key, Value]) => ({ Key, Value }))
        tagResource(region, snapshots.name, snapshot.id, tags)
      }
      tagAsSpecified(region, snapshots, snapshot.id, given.TagSpecification)
      return snapshot
    })
    return {
      snapshotSet: taken.map((each) => ({ ...snapshotInfo(each, region), state: snapshotState(each, region) })),
    }
  },
  examples: [
    {
      title: 'of all volumes of an instance, at one moment',
      before: [run, { advanceMs: 60_000 }],
      given: { ...instance, Description: 'both' },
      answers: {
        'snapshotSet.0.volumeSize': '8',
        'snapshotSet.0.state': 'pending',
        'snapshotSet.0.description': 'both',
        'snapshotSet.1.volumeSize': '20',
        'snapshotSet.2.snapshotId': undefined,
      },
    },
    {
      title: 'without the root volume, with the tags of the others',
      before: [
        run,
        { advanceMs: 60_000 },
        {
          action: 'CreateTags',
          given: {
            'ResourceId.1': '$run.instancesSet.0.blockDeviceMapping.1.ebs.volumeId',
            'Tag.1.Key': 'holds',
            'Tag.1.Value': 'data',
          },
        },
      ],
      given: { ...instance, 'InstanceSpecification.ExcludeBootVolume': 'true', CopyTagsFromSource: 'volume' },
      answers: {
        'snapshotSet.0.volumeSize': '20',
        'snapshotSet.0.tagSet.0.value': 'data',
        'snapshotSet.1.snapshotId': undefined,
      },
    },
    {
      title: 'without a volume that is another one',
      before: [run],
      given: { ...instance, 'InstanceSpecification.ExcludeDataVolumeId.1': 'vol-0123456789abcdef0' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'without what is no volume',
      before: [run],
      given: { ...instance, 'InstanceSpecification.ExcludeDataVolumeId.1': 'sda' },
      answers: 'InvalidVolumeID.Malformed',
    },
    {
      title: 'of an instance that there is not',
      given: { 'InstanceSpecification.InstanceId': 'i-0123456789abcdef0' },
      answers: 'InvalidInstanceID.NotFound',
    },
    {
      title: 'of what is no instance',
      given: { 'InstanceSpecification.InstanceId': 'web' },
      answers: 'InvalidInstanceID.Malformed',
    },
    {
      title: 'of an instance that came to its end',
      faults: [{ operation: 'RunInstances', fault: 'instance-terminates' }],
      before: [run, { advanceMs: 60_000 }],
      given: instance,
      answers: 'IncorrectState',
    },
    {
      title: 'more than the quota allows',
      seed: { quotas: { snapshots: 1 } },
      before: [run, { advanceMs: 60_000 }],
      given: instance,
      answers: 'SnapshotLimitExceeded',
    },
    {
      title: 'more at once than the quota allows of one volume',
      seed: { quotas: { 'pending-snapshots-per-volume': 1 } },
      before: [run, { advanceMs: 60_000 }, { action: 'CreateSnapshots', given: instance }],
      given: instance,
      answers: 'ConcurrentSnapshotLimitExceeded',
    },
  ],
})
