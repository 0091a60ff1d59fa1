import { operation } from '../operation.ts'
import { ownImage } from '../own-image.ts'
import { boolean, required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { images } from '../resources/image.ts'
import { snapshots } from '../resources/snapshot.ts'
import { imageWith } from './delete-snapshot.ts'

const before = [
  {
    action: 'CopyImage',
    given: { SourceRegion: 'us-east-1', SourceImageId: 'ami-0a1b2c3d4e5f60003', Name: 'debian of ours' },
    as: 'image',
  },
  { advanceMs: 600_000 },
]

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeregisterImage.html */
export const deregisterImage = operation({
  name: 'DeregisterImage',
  parameters: { ImageId: required(idOf(images, 'prefix')), DeleteAssociatedSnapshots: boolean() },
  errors: ['InvalidAMIID.NotFound', 'InvalidAMIID.Malformed', 'InvalidAMIID.Unavailable', 'AuthFailure'],
  run({ ImageId, DeleteAssociatedSnapshots }, { region }) {
    const image = ownImage(region, ImageId)
    // Its id stays known: whoever names it later is told so, and its instances still show what they run.
    image.deregistered = true
    region.tags.forget(image.id)
    if (DeleteAssociatedSnapshots !== true) return { return: true }
    const own = image.devices.flatMap(({ snapshotId }) => (snapshotId === undefined ? [] : [snapshotId]))
    return {
      return: true,
      deleteSnapshotResultSet: own.map((snapshotId) => {
        const free = imageWith(snapshotId, region) === undefined
        if (free) region.of(snapshots).remove(snapshotId)
        return { snapshotId, returnCode: free ? 'success' : 'skipped' }
      }),
    }
  },
  examples: [
    { title: 'one of its own', before, given: { ImageId: '$image.imageId' }, answers: { return: 'true' } },
    {
      title: 'with the snapshots that it was made of',
      before,
      given: { ImageId: '$image.imageId', DeleteAssociatedSnapshots: 'true' },
      answers: { 'deleteSnapshotResultSet.0.returnCode': 'success' },
    },
    {
      title: 'a second time',
      before: [...before, { action: 'DeregisterImage', given: { ImageId: '$image.imageId' } }],
      given: { ImageId: '$image.imageId' },
      answers: 'InvalidAMIID.Unavailable',
    },
    { title: "one of AWS's own", given: { ImageId: 'ami-0a1b2c3d4e5f60003' }, answers: 'AuthFailure' },
    {
      title: 'one that there is not',
      given: { ImageId: 'ami-0123456789abcdef0' },
      answers: 'InvalidAMIID.NotFound',
    },
    { title: 'what is no image', given: { ImageId: 'debian' }, answers: 'InvalidAMIID.Malformed' },
  ],
})
