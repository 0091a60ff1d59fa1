import type { Region } from '../store.ts'
import { resourceKind } from '../store.ts'
import type { Lifecycle } from './lifecycle.ts'
import { stateOf } from './lifecycle.ts'

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
  storageTier: 'standard' | 'archive'
  life: Lifecycle<'pending' | 'completed' | 'error'>
  stateMessage: string | undefined
  /** Of a fault plan: it never comes further than this, of 100. */
  stalledAt: number | undefined
  /** Accounts that may make volumes of it, and `all`. */
  readonly createVolumePermissions: Set<string>
}

export const snapshots = resourceKind<Snapshot>({
  name: 'snapshot',
  prefix: 'snap',
  notFound: 'InvalidSnapshot.NotFound',
  malformed: 'InvalidSnapshotID.Malformed',
})

/** The state as it is now; one that a fault plan holds back stays pending. */
export function snapshotState({ life, stalledAt }: Snapshot, region: Region): 'pending' | 'completed' | 'error' {
  return stalledAt === undefined ? stateOf(region, life) : 'pending'
}
