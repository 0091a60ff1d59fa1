import { describe } from '../operation.ts'
import { list, text } from '../parameters.ts'
import { snapshotFilters, snapshots, snapshotView, visibleSnapshots } from '../resources/snapshot.ts'

const before = [
  { action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '8' }, as: 'volume' },
  { advanceMs: 60_000 },
  { action: 'CreateSnapshot', given: { VolumeId: '$volume.volumeId', Description: 'one' }, as: 'one' },
  { action: 'CreateSnapshot', given: { VolumeId: '$volume.volumeId', Description: 'two' }, as: 'two' },
]

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html */
export const describeSnapshots = describe({
  name: 'DescribeSnapshots',
  kind: snapshots,
  ids: 'SnapshotId',
  checked: 'prefix',
  set: 'snapshotSet',
  view: snapshotView,
  filters: snapshotFilters,
  paging: { min: 5, max: 1_000 },
  more: { Owner: list(text()), RestorableBy: list(text()) },
  items: ({ region }) => visibleSnapshots(region),
  choose(items, { Owner: owners, RestorableBy: users }, { region: { accountId } }) {
    const accounts = (names: readonly string[]): Set<string> =>
      new Set(names.map((name) => (name === 'self' ? accountId : name)))
    const [wanted, restorers] = [accounts(owners), accounts(users)]
    return items.filter(
      ({ ownerId, createVolumePermissions: permissions }) =>
        (wanted.size === 0 || wanted.has(ownerId)) &&
        (restorers.size === 0 ||
          permissions.has('all') ||
          [...restorers].some((account) => account === ownerId || permissions.has(account))),
    )
  },
  examples: [
    {
      title: 'one that is on its way',
      before: [...before, { advanceMs: 12_000 }],
      given: { 'SnapshotId.1': '$two.snapshotId', 'Owner.1': 'self' },
      answers: {
        'snapshotSet.0.snapshotId': '$two.snapshotId',
        'snapshotSet.0.status': 'pending',
        'snapshotSet.0.progress': '40%',
        'snapshotSet.1.snapshotId': undefined,
      },
    },
    {
      title: 'by state and description, with a wildcard',
      before: [...before, { advanceMs: 60_000 }],
      given: {
        'Filter.1.Name': 'status',
        'Filter.1.Value.1': 'completed',
        'Filter.2.Name': 'description',
        'Filter.2.Value.1': 'o*',
      },
      answers: {
        'snapshotSet.0.snapshotId': '$one.snapshotId',
        'snapshotSet.0.progress': '100%',
        'snapshotSet.1.snapshotId': undefined,
      },
    },
    {
      title: 'one that ends in error, by the fault plan',
      faults: [{ operation: 'CreateSnapshot', fault: 'snapshot-error', call: 2 }],
      before: [...before, { advanceMs: 60_000 }],
      given: { 'Filter.1.Name': 'status', 'Filter.1.Value.1': 'error' },
      answers: { 'snapshotSet.0.snapshotId': '$two.snapshotId', 'snapshotSet.1.snapshotId': undefined },
    },
    {
      title: 'one that never comes to its end, by the fault plan',
      faults: [{ operation: 'CreateSnapshot', fault: 'snapshot-stalls', call: 1 }],
      before: [...before, { advanceMs: 3_600_000 }],
      given: { 'Filter.1.Name': 'status', 'Filter.1.Value.1': 'pending' },
      answers: { 'snapshotSet.0.snapshotId': '$one.snapshotId', 'snapshotSet.0.progress': '41%' },
    },
    {
      title: 'a copy of a snapshot that its region did not have: it ends in error, and says why',
      before: [
        {
          action: 'CopySnapshot',
          given: { SourceRegion: 'eu-west-1', SourceSnapshotId: 'snap-0123456789abcdef0' },
          as: 'copy',
        },
        { advanceMs: 60_000 },
      ],
      given: { 'SnapshotId.1': '$copy.snapshotId' },
      answers: {
        'snapshotSet.0.status': 'error',
        'snapshotSet.0.statusMessage': "The snapshot 'snap-0123456789abcdef0' does not exist in eu-west-1.",
        'snapshotSet.0.volumeId': 'vol-ffffffff',
      },
    },
    {
      title: 'what somebody else may make volumes of',
      before: [
        ...before,
        {
          action: 'ModifySnapshotAttribute',
          given: { SnapshotId: '$one.snapshotId', 'CreateVolumePermission.Add.1.UserId': '111122223333' },
        },
      ],
      given: { 'RestorableBy.1': '111122223333' },
      answers: { 'snapshotSet.0.snapshotId': '$one.snapshotId', 'snapshotSet.1.snapshotId': undefined },
    },
    {
      title: 'an id that there is not',
      given: { 'SnapshotId.1': 'snap-0123456789abcdef0' },
      answers: 'InvalidSnapshot.NotFound',
    },
    { title: 'an id that is none', given: { 'SnapshotId.1': 'nightly' }, answers: 'InvalidSnapshotID.Malformed' },
  ],
})
