import { drill } from '../drill.ts'
import { hideTable } from '../faults/mariadb.ts'

/** A filter that somebody set for a report server: its status is green, and the rows are not there. */
export const filterHidesTable = drill({
  id: 'filter-hides-table',
  title: 'the first replica ignores a table by a filter, then the primary is killed',
  replicas: 2,
  engine: 'mariadb',
  async disturb(stage) {
    const { primary, replicas, fault, acknowledged, kill } = stage
    await acknowledged(100)
    await hideTable(stage, replicas[0], 'app.ledg%')
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
})
