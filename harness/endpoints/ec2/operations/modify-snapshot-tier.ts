import { ec2Error } from '../errors.ts'
import { takeOne } from '../examples/storage.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { going } from '../resources/lifecycle.ts'
import { demandOwn } from '../resources/owned.ts'
import { snapshots, snapshotState } from '../resources/snapshot.ts'

const done = { advanceMs: 60_000 }

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotTier.html */
export const modifySnapshotTier = operation({
  name: 'ModifySnapshotTier',
  parameters: { SnapshotId: required(idOf(snapshots)), StorageTier: text({ oneOf: ['archive'] }) },
  errors: ['InvalidSnapshot.NotFound', 'InvalidSnapshotID.Malformed', 'IncorrectState', 'AuthFailure'],
  run({ SnapshotId }, { region }) {
    const snapshot = demandOwn(region.of(snapshots).demand(SnapshotId), 'snapshot', region)
    const state = snapshotState(snapshot, region)
    if (state !== 'completed') throw ec2Error('IncorrectState', `Snapshot '${snapshot.id}' is in the '${state}' state.`)
    if (snapshot.archival !== undefined) {
      throw ec2Error('IncorrectState', `Snapshot '${snapshot.id}' is archived, or on its way there.`)
    }
    const startTime = region.now()
    const durationMs = region.world.seed.durations['snapshot-archival'] ?? 86_400_000
    const life = going<'archival-in-progress' | 'archival-completed'>(
      region,
      'archival-in-progress',
      'archival-completed',
      'snapshot-archival',
      durationMs,
    )
    snapshot.archival = { startTime, durationMs, life }
    return { snapshotId: snapshot.id, tieringStartTime: startTime }
  },
  examples: [
    {
      title: 'to the archive',
      before: [...takeOne, done],
      given: { SnapshotId: '$snapshot.snapshotId', StorageTier: 'archive' },
      answers: { snapshotId: '$snapshot.snapshotId', tieringStartTime: '2026-01-01T00:02:00.000Z' },
    },
    {
      title: 'one that is still pending',
      before: takeOne,
      given: { SnapshotId: '$snapshot.snapshotId', StorageTier: 'archive' },
      answers: 'IncorrectState',
    },
    {
      title: 'one that there is not',
      given: { SnapshotId: 'snap-0123456789abcdef0', StorageTier: 'archive' },
      answers: 'InvalidSnapshot.NotFound',
    },
    {
      title: 'what is no snapshot',
      given: { SnapshotId: 'nightly', StorageTier: 'archive' },
      answers: 'InvalidSnapshotID.Malformed',
    },
    {
      title: 'one of somebody else',
      given: { SnapshotId: 'snap-0a1b2c3d4e5f60001', StorageTier: 'archive' },
      answers: 'AuthFailure',
    },
  ],
})
