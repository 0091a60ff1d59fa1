import { createReplicationAccount, follow, replicates, tell } from '../engines/mariadb-steps.ts'
import { procedure } from '../procedure.ts'

/**
 * What tutorials tell: asynchronous, by file and position, the first replica is the next primary, and the others are
 * told its name and nothing else. `RESET SLAVE ALL` stands where they write `CHANGE MASTER TO MASTER_HOST=''`, which
 * MariaDB refuses with error 1210.
 */
export const documents = procedure({
  id: 'documents',
  title: 'the documents: asynchronous, by position, the first replica is promoted',
  engine: 'mariadb',
  cluster: { gtid: false, logReplicaUpdates: false, semiSync: undefined },
  async setUp(cluster) {
    const [primary, ...replicas] = cluster.nodes
    if (primary === undefined) return
    for (const replica of replicas) await follow(cluster, replica, primary, 'start')
    // Logged, so that the account is on every node: without it nobody could follow the next primary (error 1045).
    await createReplicationAccount(cluster, primary, { logged: true })
    for (const replica of replicas) await tell(cluster, replica, ({ start }) => [start])
    for (const replica of replicas) await replicates(cluster, replica)
  },
  aroundBuilding: {
    async before(cluster) {
      const [primary] = cluster.nodes
      if (primary !== undefined) await createReplicationAccount(cluster, primary, { logged: true })
    },
    after: async () => undefined,
  },
  async promote({ cluster, survivors, pointClientsTo, note }) {
    const [candidate, ...others] = survivors
    await tell(cluster, candidate, ({ stop, resetLogs, forget }) => [stop, resetLogs, forget])
    note(`${candidate.name} is primary`)
    await pointClientsTo(candidate)
    for (const other of others) {
      await tell(cluster, other, ({ stop }) => [stop])
      await follow(cluster, other, candidate, 'start')
      await tell(cluster, other, ({ start }) => [start])
      note(`${other.name} is told to follow ${candidate.name}`)
    }
    return candidate
  },
  async rejoin({ cluster, node, primary, note }) {
    await follow(cluster, node, primary, 'start')
    await tell(cluster, node, ({ start }) => [start])
    note(`${node.name} is told to follow ${primary.name}`)
  },
})
