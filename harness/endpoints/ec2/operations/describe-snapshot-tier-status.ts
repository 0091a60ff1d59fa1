import { takeOne } from '../examples/storage.ts'
import { applyFilters, filterParameter } from '../filters.ts'
import { operation } from '../operation.ts'
import { pageOf } from '../paging.ts'
import { integer, text } from '../parameters.ts'
import { snapshots } from '../resources/snapshot.ts'
import { tierFilters, tierView } from '../resources/snapshot-tier-view.ts'

const before = [
  ...takeOne,
  { advanceMs: 60_000 },
  { action: 'ModifySnapshotTier', given: { SnapshotId: '$snapshot.snapshotId' } },
]

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshotTierStatus.html */
export const describeSnapshotTierStatus = operation({
  name: 'DescribeSnapshotTierStatus',
  parameters: { Filter: filterParameter, MaxResults: integer(), NextToken: text() },
  errors: [],
  looks: true,
  run({ Filter, MaxResults: size, NextToken: token }, { region }) {
    const own = region
      .of(snapshots)
      .all()
      .filter(({ ownerId }) => ownerId === region.accountId)
    const page = pageOf(applyFilters(own, Filter, tierFilters, region), { size, token, limits: { min: 5, max: 1_000 } })
    return { snapshotTierStatusSet: page.items.map((each) => tierView(each, region)), nextToken: page.nextToken }
  },
  examples: [
    {
      title: 'of one that is on its way to the archive',
      before: [...before, { advanceMs: 43_200_000 }],
      given: { 'Filter.1.Name': 'last-tiering-operation', 'Filter.1.Value.1': 'archival-in-progress' },
      answers: {
        'snapshotTierStatusSet.0.snapshotId': '$snapshot.snapshotId',
        'snapshotTierStatusSet.0.storageTier': 'standard',
        'snapshotTierStatusSet.0.lastTieringProgress': '50',
      },
    },
    {
      title: 'of one that is there',
      before: [...before, { advanceMs: 86_400_000 }],
      given: { 'Filter.1.Name': 'snapshot-id', 'Filter.1.Value.1': '$snapshot.snapshotId' },
      answers: {
        'snapshotTierStatusSet.0.storageTier': 'archive',
        'snapshotTierStatusSet.0.lastTieringOperationStatus': 'archival-completed',
        'snapshotTierStatusSet.0.archivalCompleteTime': '2026-01-02T00:02:00.000Z',
      },
    },
  ],
})
