import type { FilterValue } from '../filters.ts'
import type { Region } from '../store.ts'
import { tagSet } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'
import { endedAt, progressOf, stateOf } from './lifecycle.ts'
import type { Snapshot } from './snapshot.ts'
import { snapshotState } from './snapshot.ts'
import { tierOf } from './snapshot-tier.ts'

export function tierView(snapshot: Snapshot, region: Region): Xml {
  const { archival } = snapshot
  const done = tierOf(snapshot, region) === 'archive'
  return {
    snapshotId: snapshot.id,
    volumeId: snapshot.volumeId,
    status: snapshotState(snapshot, region),
    ownerId: snapshot.ownerId,
    tagSet: tagSet(region, snapshot.id),
    storageTier: tierOf(snapshot, region),
    lastTieringStartTime: archival?.startTime,
    lastTieringProgress: archival === undefined ? undefined : Math.floor(progressOf(region, archival.life) * 100),
    lastTieringOperationStatus: archival === undefined ? undefined : stateOf(region, archival.life),
    archivalCompleteTime:
      archival !== undefined && done ? endedAt(region.now(), archival.startTime, archival.durationMs) : undefined,
  }
}

export const tierFilters: Readonly<Record<string, (snapshot: Snapshot, region: Region) => FilterValue>> = {
  'last-tiering-operation': ({ archival }, region) =>
    archival === undefined ? undefined : stateOf(region, archival.life),
  'snapshot-id': ({ id }) => id,
  'volume-id': ({ volumeId }) => volumeId,
}
