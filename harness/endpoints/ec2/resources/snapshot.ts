import type { FilterValue } from '../filters.ts'
import type { ResourceKind } from '../resource.ts'
import { resourceKind } from '../resource.ts'
import type { Region } from '../store.ts'
import { tagSet } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'
import { dateText } from '../wire/xml.ts'
import type { Image } from './image.ts'
import { images } from './image.ts'
import type { Lifecycle } from './lifecycle.ts'
import { progressOf, settled, stateOf } from './lifecycle.ts'
import { sharedBy } from './shared.ts'
import type { Archival } from './snapshot-tier.ts'
import { tierOf } from './snapshot-tier.ts'

export type SnapshotState = 'pending' | 'completed' | 'error'

export interface Snapshot {
  readonly id: string
  /** `vol-ffffffff` when it is a copy. */
  readonly volumeId: string
  readonly sizeGiB: number
  readonly startTime: Date
  description: string
  readonly encrypted: boolean
  readonly kmsKeyId: string | undefined
  readonly ownerId: string
  life: Lifecycle<SnapshotState>
  stateMessage: string | undefined
  /** Of a fault plan: it never comes further than this, of 100. */
  stalledAt: number | undefined
  /** Accounts that may make volumes of it, and `all`. */
  readonly createVolumePermissions: Set<string>
  archival?: Archival
  /** Of a public image: it can be named, but stands in no list. */
  readonly unlisted?: boolean
}

export const snapshots: ResourceKind<Snapshot> = resourceKind<Snapshot>({
  name: 'snapshot',
  prefix: 'snap',
  notFound: 'InvalidSnapshot.NotFound',
  malformed: 'InvalidSnapshotID.Malformed',
  // What stands behind the images that are there from the start.
  initial: (region) => [...region.of(images).everything()].map((image) => behind(image, region)),
  shared: (region, id) =>
    sharedBy(region, (other) => {
      const found = other.of(snapshots).get(id)
      return found !== undefined && isSharedWith(found, region) ? [found] : []
    })[0],
})

function behind({ id, ownerId, devices, creationDate }: Image, { accountId }: Region): Snapshot {
  const [root] = devices
  return {
    id: root?.snapshotId ?? '',
    volumeId: 'vol-ffffffff',
    sizeGiB: root?.sizeGiB ?? 8,
    startTime: creationDate,
    description: `Auto-created snapshot for AMI ${id}`,
    encrypted: false,
    kmsKeyId: undefined,
    ownerId,
    life: settled('completed'),
    stateMessage: undefined,
    stalledAt: undefined,
    createVolumePermissions: new Set(),
    unlisted: ownerId !== accountId,
  }
}

/** Whether its owner lets the region's account make volumes of it. */
export function isSharedWith({ createVolumePermissions }: Snapshot, { accountId }: Region): boolean {
  return createVolumePermissions.has('all') || createVolumePermissions.has(accountId)
}

/** Every one that the region's account can see: its own, and what others share with it. */
export function visibleSnapshots(region: Region): Snapshot[] {
  const others = sharedBy(region, (other) =>
    [...other.of(snapshots).everything()].filter((each) => isSharedWith(each, region)),
  )
  return [
    ...region
      .of(snapshots)
      .all()
      .filter(({ unlisted }) => unlisted !== true),
    ...others,
  ]
}

/** The state as it is now; one that a fault plan holds back stays pending. */
export function snapshotState({ life, stalledAt }: Snapshot, region: Region): SnapshotState {
  return stalledAt === undefined ? stateOf(region, life) : 'pending'
}

/** In per cent, as `40%`. One that ends in error got half of the way. */
export function snapshotProgress(snapshot: Snapshot, region: Region): string {
  const { life, stalledAt = 100 } = snapshot
  const most = life.to === 'error' ? 50 : 99
  const done = snapshotState(snapshot, region) === 'completed' ? 100 : Math.floor(progressOf(region, life) * 100)
  return `${Math.min(done, done === 100 && life.to === 'completed' ? 100 : most, stalledAt)}%`
}

/** What CreateSnapshots shows; the other answers name the state `status`. */
export function snapshotInfo(snapshot: Snapshot, region: Region): Record<string, Xml> {
  return {
    snapshotId: snapshot.id,
    volumeId: snapshot.volumeId,
    startTime: snapshot.startTime,
    progress: snapshotProgress(snapshot, region),
    ownerId: snapshot.ownerId,
    volumeSize: snapshot.sizeGiB,
    description: snapshot.description,
    tagSet: tagSet(region, snapshot.id),
    encrypted: snapshot.encrypted,
  }
}

export function snapshotView(snapshot: Snapshot, region: Region): Xml {
  const state = snapshotState(snapshot, region)
  return {
    ...snapshotInfo(snapshot, region),
    status: state,
    statusMessage: state === 'error' ? snapshot.stateMessage : undefined,
    kmsKeyId: snapshot.kmsKeyId,
    storageTier: tierOf(snapshot, region),
    transferType: 'standard',
  }
}

export const snapshotFilters: Readonly<Record<string, (snapshot: Snapshot, region: Region) => FilterValue>> = {
  description: ({ description }) => description,
  encrypted: ({ encrypted }) => encrypted,
  'owner-alias': () => undefined,
  'owner-id': ({ ownerId }) => ownerId,
  progress: (snapshot, region) => snapshotProgress(snapshot, region),
  'snapshot-id': ({ id }) => id,
  'start-time': ({ startTime }) => dateText(startTime),
  status: (snapshot, region) => snapshotState(snapshot, region),
  'storage-tier': (snapshot, region) => tierOf(snapshot, region),
  'transfer-type': () => 'standard',
  'volume-id': ({ volumeId }) => volumeId,
  'volume-size': ({ sizeGiB }) => sizeGiB,
}
