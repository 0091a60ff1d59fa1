import type { FilterValue } from '../filters.ts'
import type { Region } from '../store.ts'
import type { Xml } from '../wire/xml.ts'
import { zoneId } from '../zone-id.ts'
import type { Volume } from './volume.ts'
import { volumeState } from './volume.ts'

interface Health {
  readonly status: 'ok' | 'impaired' | 'insufficient-data'
  readonly ioEnabled: 'passed' | 'failed' | 'insufficient-data'
  readonly ioPerformance: 'normal' | 'not-applicable' | 'insufficient-data'
}

/** Only volumes with provisioned speed have a performance that is watched. */
const watched: ReadonlySet<string> = new Set(['io1', 'io2', 'gp3'])

function healthOf(volume: Volume, region: Region): Health {
  const state = volumeState(volume, region)
  const ioPerformance = watched.has(volume.type) ? 'normal' : 'not-applicable'
  if (state === 'creating') {
    return { status: 'insufficient-data', ioEnabled: 'insufficient-data', ioPerformance: 'insufficient-data' }
  }
  if (state === 'error') return { status: 'impaired', ioEnabled: 'failed', ioPerformance }
  return { status: 'ok', ioEnabled: 'passed', ioPerformance }
}

export function volumeStatusView(volume: Volume, region: Region): Xml {
  const { status, ioEnabled, ioPerformance } = healthOf(volume, region)
  return {
    volumeId: volume.id,
    availabilityZone: volume.zone,
    availabilityZoneId: zoneId(volume.zone, region),
    volumeStatus: {
      status,
      details: [
        { name: 'io-enabled', status: ioEnabled },
        { name: 'io-performance', status: ioPerformance },
      ],
    },
    eventsSet: [],
    actionsSet: [],
  }
}

// Actions and events never come up here, so that their filters fit nothing.
const never = (): FilterValue => undefined

export const volumeStatusFilters: Readonly<Record<string, (volume: Volume, region: Region) => FilterValue>> = {
  'action.code': never,
  'action.description': never,
  'action.event-id': never,
  'availability-zone': ({ zone }) => zone,
  'event.description': never,
  'event.event-id': never,
  'event.event-type': never,
  'event.not-after': never,
  'event.not-before': never,
  'volume-status.details-name': () => ['io-enabled', 'io-performance'],
  'volume-status.details-status': (volume, region) => {
    const { ioEnabled, ioPerformance } = healthOf(volume, region)
    return [ioEnabled, ioPerformance]
  },
  'volume-status.status': (volume, region) => healthOf(volume, region).status,
}
