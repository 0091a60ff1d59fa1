import type { Transition } from '../../core/index.ts'
import type { FilterValue } from '../filters.ts'
import type { Region } from '../store.ts'
import type { Xml } from '../wire/xml.ts'
import { dateText } from '../wire/xml.ts'
import { endedAt } from './lifecycle.ts'
import type { Volume } from './volume.ts'

/** What a modification can change of a volume. */
export interface Features {
  readonly sizeGiB: number
  readonly type: string
  readonly iops: number | undefined
  readonly throughput: number | undefined
  readonly multiAttach: boolean
}

/** The most recent modification of a volume. */
export interface VolumeModification {
  readonly original: Features
  readonly target: Features
  readonly startTime: Date
  readonly durationMs: number
  readonly transition: Transition
  /** A window of 24 hours for each that was begun: no more than four may be open. */
  readonly windows: readonly Transition[]
}

type ModificationState = 'modifying' | 'optimizing' | 'completed'

/** Modifying for a tenth of the time, then optimizing: from then on the new size can be used. */
export function modificationState({ transition }: VolumeModification, region: Region): ModificationState {
  const done = region.clock.progress(transition)
  if (done >= 1) return 'completed'
  return done < 0.1 ? 'modifying' : 'optimizing'
}

export function modificationView({ id, modification }: Volume, region: Region): Xml {
  if (modification === undefined) return undefined
  const { original, target, startTime, durationMs } = modification
  const state = modificationState(modification, region)
  return {
    volumeId: id,
    modificationState: state,
    targetSize: target.sizeGiB,
    targetIops: target.iops,
    targetVolumeType: target.type,
    targetThroughput: target.throughput,
    targetMultiAttachEnabled: target.multiAttach,
    originalSize: original.sizeGiB,
    originalIops: original.iops,
    originalVolumeType: original.type,
    originalThroughput: original.throughput,
    originalMultiAttachEnabled: original.multiAttach,
    progress: Math.floor(region.clock.progress(modification.transition) * 100),
    startTime,
    endTime: state === 'completed' ? endedAt(region.now(), startTime, durationMs) : undefined,
  }
}

type Reader = (modification: VolumeModification, region: Region) => FilterValue
const of =
  (read: Reader) =>
  ({ modification }: Volume, region: Region): FilterValue =>
    modification === undefined ? undefined : read(modification, region)

export const modificationFilters: Readonly<Record<string, (volume: Volume, region: Region) => FilterValue>> = {
  'modification-state': of((modification, region) => modificationState(modification, region)),
  'original-iops': of(({ original }) => original.iops),
  'original-size': of(({ original }) => original.sizeGiB),
  'original-volume-type': of(({ original }) => original.type),
  'start-time': of(({ startTime }) => dateText(startTime)),
  'target-iops': of(({ target }) => target.iops),
  'target-size': of(({ target }) => target.sizeGiB),
  'target-volume-type': of(({ target }) => target.type),
  'volume-id': ({ id }) => id,
}
