import { drill } from '../drill.ts'
import { purgeLogs } from '../faults/mariadb.ts'

/** A replica is away while the others throw their logs away: what it has missed is nowhere to be fetched. */
export const binlogPurged = drill({
  id: 'binlog-purged',
  title: 'the second replica is cut off, the first throws its logs away, then the primary is killed',
  replicas: 2,
  engine: 'mariadb',
  async disturb(stage) {
    const { primary, replicas, cut, fault, acknowledged, kill } = stage
    await acknowledged(100)
    await cut(primary, replicas.slice(1))
    await acknowledged(100)
    await purgeLogs(stage, replicas[0])
    await acknowledged(50)
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
})
