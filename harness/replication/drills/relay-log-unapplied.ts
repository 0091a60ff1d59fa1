import { drill } from '../drill.ts'
import { stopApplying } from '../faults/mariadb.ts'

/** Everything has arrived on the replicas, and a promotion that resets one of them throws that away. */
export const relayLogUnapplied = drill({
  id: 'relay-log-unapplied',
  title: 'the replicas fetch and do not apply, then the primary is killed',
  replicas: 2,
  engine: 'mariadb',
  async disturb(stage) {
    const { primary, replicas, fault, acknowledged, kill } = stage
    await acknowledged(100)
    for (const replica of replicas) await stopApplying(stage, replica)
    await acknowledged(100)
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
})
