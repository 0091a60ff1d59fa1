import { ec2Error } from '../errors.ts'
import { takeOne } from '../examples/storage.ts'
import { operation } from '../operation.ts'
import { list, required, text } from '../parameters.ts'
import { checkedAccount, checkedGroup, permissionChange } from '../permissions.ts'
import { idOf } from '../resource.ts'
import { demandOwn } from '../resources/owned.ts'
import { snapshots } from '../resources/snapshot.ts'

/** Accounts with leading zeros are known without them too. */
const account = /^\d{1,12}$/

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html */
export const modifySnapshotAttribute = operation({
  name: 'ModifySnapshotAttribute',
  parameters: {
    SnapshotId: required(idOf(snapshots)),
    Attribute: text({ oneOf: ['productCodes', 'createVolumePermission'] }),
    OperationType: text({ oneOf: ['add', 'remove'] }),
    CreateVolumePermission: permissionChange,
    UserId: list(text()),
    UserGroup: list(text()),
  },
  errors: [
    'InvalidSnapshot.NotFound',
    'InvalidSnapshotID.Malformed',
    'InvalidAMIAttributeItemValue',
    'InvalidParameterCombination',
    'AuthFailure',
  ],
  run(given, { region }) {
    const snapshot = demandOwn(region.of(snapshots).demand(given.SnapshotId), 'snapshot', region)
    const { CreateVolumePermission: change, OperationType, UserId, UserGroup } = given
    const plain = [
      ...UserGroup.map((Group) => ({ Group, UserId: undefined })),
      ...UserId.map((id) => ({ UserId: id, Group: undefined })),
    ]
    if (plain.length > 0 && OperationType === undefined) throw ec2Error('MissingParameter', 'OperationType')
    const add = [...(change?.Add ?? []), ...(OperationType === 'add' ? plain : [])]
    const remove = [...(change?.Remove ?? []), ...(OperationType === 'remove' ? plain : [])]
    if (add.length + remove.length === 0) {
      throw ec2Error('InvalidParameterCombination', 'No permission to add or to remove was specified.')
    }
    const names = (items: typeof add): string[] =>
      items.map(({ Group, UserId: id }) =>
        Group === undefined ? checkedAccount(id ?? '', account) : checkedGroup(Group),
      )
    // All of them are checked before the first one counts.
    const [added, removed] = [names(add), names(remove)]
    for (const name of added) snapshot.createVolumePermissions.add(name)
    for (const name of removed) snapshot.createVolumePermissions.delete(name)
    return { return: true }
  },
  examples: [
    {
      title: 'to let an account make volumes of it',
      before: takeOne,
      given: { SnapshotId: '$snapshot.snapshotId', 'CreateVolumePermission.Add.1.UserId': '111122223333' },
      answers: { return: 'true' },
    },
    {
      title: 'to let everybody do so, in the older form',
      before: takeOne,
      given: {
        SnapshotId: '$snapshot.snapshotId',
        Attribute: 'createVolumePermission',
        OperationType: 'add',
        'UserGroup.1': 'all',
      },
      answers: { return: 'true' },
    },
    {
      title: 'for a group that there is not',
      before: takeOne,
      given: { SnapshotId: '$snapshot.snapshotId', OperationType: 'add', 'UserGroup.1': 'everyone' },
      answers: 'InvalidAMIAttributeItemValue',
    },
    {
      title: 'without saying what',
      before: takeOne,
      given: { SnapshotId: '$snapshot.snapshotId' },
      answers: 'InvalidParameterCombination',
    },
    {
      title: 'of a snapshot that there is not',
      given: { SnapshotId: 'snap-0123456789abcdef0', OperationType: 'add', 'UserGroup.1': 'all' },
      answers: 'InvalidSnapshot.NotFound',
    },
    {
      title: 'of what is no snapshot',
      given: { SnapshotId: 'nightly', OperationType: 'add', 'UserGroup.1': 'all' },
      answers: 'InvalidSnapshotID.Malformed',
    },
    {
      title: 'of one of somebody else',
      given: { SnapshotId: 'snap-0a1b2c3d4e5f60001', OperationType: 'add', 'UserGroup.1': 'all' },
      answers: 'AuthFailure',
    },
  ],
})
