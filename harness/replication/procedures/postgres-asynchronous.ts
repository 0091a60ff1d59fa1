import { rejoinByRewind } from '../engines/postgres-rewind.ts'
import { follow, promote, streamFromFirst } from '../engines/postgres-steps.ts'
import { procedure } from '../procedure.ts'

/**
 * What tutorials tell: streaming as it comes out of the box, the first standby is promoted, and the others are told its
 * name. An old primary that comes back is rewound at once.
 */
export const postgresAsynchronous = procedure({
  id: 'postgres-asynchronous',
  title: 'the documents: asynchronous, the first standby is promoted, the others are re-pointed',
  engine: 'postgres',
  cluster: { gtid: false, logReplicaUpdates: true, semiSync: undefined },
  setUp: streamFromFirst,
  aroundBuilding: { before: async () => undefined, after: async () => undefined },
  async promote({ cluster, survivors, pointClientsTo, note }) {
    const [candidate, ...others] = survivors
    await promote(cluster, candidate)
    note(`${candidate.name} is primary`)
    await pointClientsTo(candidate)
    for (const other of others) {
      await follow(cluster, other, candidate)
      note(`${other.name} is told to follow ${candidate.name}`)
    }
    return candidate
  },
  rejoin: rejoinByRewind,
})
