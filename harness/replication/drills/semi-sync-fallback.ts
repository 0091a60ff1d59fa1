import { drill } from '../drill.ts'
import { showsWithoutReplicas } from '../faults/mariadb.ts'

/** A primary without replicas: one that waits for ever acknowledges nothing, one with a timeout goes on alone. */
export const semiSyncFallback = drill({
  id: 'semi-sync-fallback',
  title: 'all replicas are cut off for longer than a short timeout of the primary, then it is killed',
  replicas: 2,
  engine: 'mariadb',
  needs: 'semi-sync',
  async disturb(stage) {
    const { primary, replicas, cut, fault, acknowledged, kill } = stage
    await acknowledged(100)
    await cut(primary, replicas)
    await showsWithoutReplicas(stage, primary)
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
})
