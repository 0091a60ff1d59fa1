import { drill } from '../drill.ts'
import { semiSyncOf } from '../faults/mariadb.ts'

/** Semi-synchronous replication holds all the time: an acknowledgement is on one replica, and not on the first. */
export const ackElsewhere = drill({
  id: 'ack-elsewhere',
  title: 'the first replica is cut off, and another one gives the acknowledgements; then the primary is killed',
  replicas: 2,
  engine: 'mariadb',
  needs: 'semi-sync',
  async disturb(stage) {
    const { primary, replicas, cut, fault, acknowledged, kill } = stage
    await acknowledged(100)
    await cut(primary, [replicas[0]])
    await acknowledged(100)
    if (!(await semiSyncOf(stage, primary)).on) throw new Error(`${primary.name} does not wait for a replica`)
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
})
