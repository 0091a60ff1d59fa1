import { drill } from '../drill.ts'
import { acknowledgesAlone, writeOnReplica } from '../faults/mariadb.ts'

/**
 * A replica whose applying stopped at an error fetches on, and acknowledges: what clients were told is in a relay log that
 * nobody will ever apply.
 */
export const errantAcknowledges = drill({
  id: 'errant-acknowledges',
  title: 'a replica that somebody wrote on gives the acknowledgements alone; then the primary is killed',
  replicas: 2,
  engine: 'mariadb',
  needs: 'semi-sync',
  async disturb(stage) {
    const { primary, replicas, fault, acknowledged, kill } = stage
    await acknowledged(100)
    await writeOnReplica(stage, replicas[0])
    await acknowledgesAlone(stage, replicas[0])
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
})
