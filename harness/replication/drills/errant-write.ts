import { drill } from '../drill.ts'
import { writeOnReplica } from '../faults/mariadb.ts'

/** An operator mends a row on the wrong node: it stops there, and is the first that the documents promote. */
export const errantWrite = drill({
  id: 'errant-write',
  title: 'somebody writes on the first replica, then the primary is killed',
  replicas: 2,
  engine: 'mariadb',
  async disturb(stage) {
    const { primary, replicas, fault, acknowledged, kill } = stage
    await acknowledged(100)
    await writeOnReplica(stage, replicas[0])
    await acknowledged(100)
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
})
