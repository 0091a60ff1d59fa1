import { drill } from '../drill.ts'
import { acknowledgesAlone, hideTable } from '../faults/mariadb.ts'

/** A replica acknowledges what it has fetched, and its filter throws away what it has acknowledged. */
export const filterAcknowledges = drill({
  id: 'filter-acknowledges',
  title: 'a replica that ignores a table gives the acknowledgements alone; then the primary is killed',
  replicas: 2,
  engine: 'mariadb',
  needs: 'semi-sync',
  async disturb(stage) {
    const { primary, replicas, fault, acknowledged, kill } = stage
    await acknowledged(100)
    await hideTable(stage, replicas[0], 'app.ledg%')
    await acknowledgesAlone(stage, replicas[0])
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
})
