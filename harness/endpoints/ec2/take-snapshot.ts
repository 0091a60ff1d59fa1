import { ec2Error } from './errors.ts'
import { going } from './resources/lifecycle.ts'
import type { Snapshot, SnapshotState } from './resources/snapshot.ts'
import { snapshots, snapshotState } from './resources/snapshot.ts'
import type { Region } from './store.ts'

interface Taken {
  readonly volumeId: string
  readonly sizeGiB: number
  readonly encrypted: boolean
  readonly kmsKeyId: string | undefined
  readonly description: string
}

/** Of the fault plan, `snapshot-error` and `snapshot-stalls`. */
type Effect = string | undefined

/** @throws Ec2Error SnapshotLimitExceeded when the quota has no room for so many more */
export function checkSnapshotQuota(region: Region, more = 1): void {
  const limit = region.quota('snapshots')
  if (limit === Number.POSITIVE_INFINITY) return
  const own = [...region.of(snapshots).everything()].filter(({ ownerId }) => ownerId === region.accountId)
  if (own.length + more > limit) throw ec2Error('SnapshotLimitExceeded', limit)
}

/** @throws Ec2Error ConcurrentSnapshotLimitExceeded when the quota allows no more that are pending of the volume */
export function checkPendingSnapshots(region: Region, volumeId: string): void {
  const limit = region.quota('pending-snapshots-per-volume')
  if (limit === Number.POSITIVE_INFINITY) return
  const pending = [...region.of(snapshots).everything()].filter(
    (each) => each.volumeId === volumeId && snapshotState(each, region) === 'pending',
  )
  if (pending.length >= limit) throw ec2Error('ConcurrentSnapshotLimitExceeded')
}

/** Begins a snapshot: pending, then completed, or what the fault plan makes of it. */
export function takeSnapshot(region: Region, taken: Taken, effect: Effect): Snapshot {
  const there = region.of(snapshots)
  const fails = effect === 'snapshot-error'
  return there.add({
    ...taken,
    id: there.newId(),
    startTime: region.now(),
    ownerId: region.accountId,
    life: going<SnapshotState>(region, 'pending', fails ? 'error' : 'completed', 'snapshot', 30_000),
    stateMessage: fails ? 'An internal error occurred while the snapshot was taken.' : undefined,
    stalledAt: effect === 'snapshot-stalls' ? 41 : undefined,
    createVolumePermissions: new Set(),
  })
}
