import { ec2Error } from '../errors.ts'
import { takeOne } from '../examples/storage.ts'
import { operation } from '../operation.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { images } from '../resources/image.ts'
import { demandOwn } from '../resources/owned.ts'
import { snapshots } from '../resources/snapshot.ts'
import type { Region } from '../store.ts'

const before = [...takeOne, { advanceMs: 60_000 }]

/** The registered image that a snapshot is part of. */
export function imageWith(snapshotId: string, region: Region): string | undefined {
  for (const { id, devices, deregistered } of region.of(images).everything()) {
    if (!deregistered && devices.some((device) => device.snapshotId === snapshotId)) return id
  }
  return undefined
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSnapshot.html */
export const deleteSnapshot = operation({
  name: 'DeleteSnapshot',
  parameters: { SnapshotId: required(idOf(snapshots)) },
  errors: ['InvalidSnapshot.NotFound', 'InvalidSnapshotID.Malformed', 'InvalidSnapshot.InUse', 'AuthFailure'],
  run({ SnapshotId }, { region }) {
    const there = region.of(snapshots)
    const { id } = demandOwn(there.demand(SnapshotId), 'snapshot', region)
    const image = imageWith(id, region)
    if (image !== undefined) throw ec2Error('InvalidSnapshot.InUse', id, image)
    there.remove(id)
    return { return: true }
  },
  examples: [
    { title: 'one of its own', before, given: { SnapshotId: '$snapshot.snapshotId' }, answers: { return: 'true' } },
    {
      title: 'one that an image is made of',
      before: [
        ...before,
        {
          action: 'RegisterImage',
          given: {
            Name: 'own',
            RootDeviceName: '/dev/xvda',
            'BlockDeviceMapping.1.DeviceName': '/dev/xvda',
            'BlockDeviceMapping.1.Ebs.SnapshotId': '$snapshot.snapshotId',
          },
        },
      ],
      given: { SnapshotId: '$snapshot.snapshotId' },
      answers: 'InvalidSnapshot.InUse',
    },
    {
      title: 'one that is gone',
      before: [...before, { action: 'DeleteSnapshot', given: { SnapshotId: '$snapshot.snapshotId' } }],
      given: { SnapshotId: '$snapshot.snapshotId' },
      answers: 'InvalidSnapshot.NotFound',
    },
    {
      title: 'one of somebody else',
      given: { SnapshotId: 'snap-0a1b2c3d4e5f60001' },
      answers: 'AuthFailure',
    },
    { title: 'what is no snapshot', given: { SnapshotId: 'nightly' }, answers: 'InvalidSnapshotID.Malformed' },
  ],
})
