import { check, document, rule } from '../../kernel/index.ts'
import type { DrillObservation } from '../observation.ts'

const setUp = document('MariaDB: Setting up replication', 'https://mariadb.com/kb/en/setting-up-replication/')

export const buildingFailed = rule({
  id: 'replication/building-failed',
  level: 'error',
  reference: setUp,
  says: ({ node, building, why }: { node: string; building: string; why: string }) =>
    `${building} made no replica of ${node} while clients wrote: ${why}`,
  wants: 'A replica can be built from a primary that takes writes.',
  remedy: 'Dump one snapshot with its own place (--single-transaction --master-data), or take a hot backup.',
})

/** Whether every replica came into being, where they were built while clients wrote. */
export const buildingCheck = check({
  id: 'replication/building',
  rules: [buildingFailed],
  *run({ building }: Pick<DrillObservation, 'building'>) {
    if (building?.failed === undefined) return
    const { node, why } = building.failed
    yield buildingFailed.at('building.failed', { node, building: building.id, why })
  },
  examples: [
    { title: 'they began with one data folder', given: {}, yields: [] },
    { title: 'all were built', given: { building: { id: 'hot-dump', replicas: [] } }, yields: [] },
    {
      title: 'the tool failed',
      given: {
        building: {
          id: 'hot-dump',
          replicas: [],
          failed: { node: 'node-2', kind: 'tool', why: 'mariadb-dump ended with 2', number: undefined },
        },
      },
      yields: [buildingFailed],
    },
  ],
})
