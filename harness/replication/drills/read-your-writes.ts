import { drill } from '../drill.ts'
import { reads } from '../faults/lagging.ts'
import { stopApplying } from '../faults/mariadb.ts'

/** A splitter sends every second read to a replica that has fetched everything and applied nothing of it. */
export const readYourWrites = drill({
  id: 'read-your-writes',
  title: 'clients read back through a splitter what they wrote, a replica stops applying, then the primary is killed',
  replicas: 2,
  engine: 'mariadb',
  front: 'splitter',
  async disturb(stage) {
    const { primary, replicas, oneOf, fault, acknowledged, kill } = stage
    await acknowledged(100)
    await stopApplying(stage, oneOf('replica that stops applying', replicas))
    await reads(stage, 60)
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
})
