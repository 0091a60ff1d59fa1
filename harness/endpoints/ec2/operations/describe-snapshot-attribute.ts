import { takeOne } from '../examples/storage.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { demandOwn } from '../resources/owned.ts'
import { snapshots } from '../resources/snapshot.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshotAttribute.html */
export const describeSnapshotAttribute = operation({
  name: 'DescribeSnapshotAttribute',
  parameters: {
    SnapshotId: required(idOf(snapshots)),
    Attribute: required(text({ oneOf: ['productCodes', 'createVolumePermission'] })),
  },
  errors: ['InvalidSnapshot.NotFound', 'InvalidSnapshotID.Malformed', 'AuthFailure'],
  looks: true,
  run({ SnapshotId, Attribute }, { region }) {
    const snapshot = demandOwn(region.of(snapshots).demand(SnapshotId), 'snapshot', region)
    if (Attribute === 'productCodes') return { snapshotId: snapshot.id, productCodes: [] }
    return {
      snapshotId: snapshot.id,
      createVolumePermission: [...snapshot.createVolumePermissions].map((name) =>
        name === 'all' ? { group: name } : { userId: name },
      ),
    }
  },
  examples: [
    {
      title: 'who may make volumes of it',
      before: [
        ...takeOne,
        {
          action: 'ModifySnapshotAttribute',
          given: {
            SnapshotId: '$snapshot.snapshotId',
            'CreateVolumePermission.Add.1.UserId': '111122223333',
            'CreateVolumePermission.Add.2.Group': 'all',
          },
        },
      ],
      given: { SnapshotId: '$snapshot.snapshotId', Attribute: 'createVolumePermission' },
      answers: {
        snapshotId: '$snapshot.snapshotId',
        'createVolumePermission.0.userId': '111122223333',
        'createVolumePermission.1.group': 'all',
      },
    },
    {
      title: 'product codes, of which there are none',
      before: takeOne,
      given: { SnapshotId: '$snapshot.snapshotId', Attribute: 'productCodes' },
      answers: { productCodes: '' },
    },
    {
      title: 'of a snapshot that there is not',
      given: { SnapshotId: 'snap-0123456789abcdef0', Attribute: 'productCodes' },
      answers: 'InvalidSnapshot.NotFound',
    },
    {
      title: 'of what is no snapshot',
      given: { SnapshotId: 'nightly', Attribute: 'productCodes' },
      answers: 'InvalidSnapshotID.Malformed',
    },
    {
      title: 'of one of somebody else',
      given: { SnapshotId: 'snap-0a1b2c3d4e5f60001', Attribute: 'createVolumePermission' },
      answers: 'AuthFailure',
    },
  ],
})
