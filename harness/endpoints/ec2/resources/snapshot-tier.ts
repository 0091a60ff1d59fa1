import type { Region } from '../store.ts'
import type { Lifecycle } from './lifecycle.ts'
import { stateOf } from './lifecycle.ts'
import type { Snapshot } from './snapshot.ts'

/** On the way to the archive, and there. */
export interface Archival {
  readonly startTime: Date
  readonly durationMs: number
  readonly life: Lifecycle<'archival-in-progress' | 'archival-completed'>
}

export function tierOf({ archival }: Snapshot, region: Region): 'standard' | 'archive' {
  return archival !== undefined && stateOf(region, archival.life) === 'archival-completed' ? 'archive' : 'standard'
}
