import { drill } from '../drill.ts'
import { cutInMidWrite, startAgain } from '../faults/mariadb.ts'

/**
 * It dies with writes in its log that no replica has, and comes back when another node is primary. Semi-synchronous
 * replication told nobody of those writes; they are on it all the same.
 */
export const oldPrimaryReturns = drill({
  id: 'old-primary-returns',
  title: 'the primary dies with writes that nobody else has, another is promoted, and it comes back',
  replicas: 2,
  engine: 'mariadb',
  needs: 'rejoin',
  async disturb(stage) {
    const { primary, replicas, fault, acknowledged, kill } = stage
    await acknowledged(100)
    await cutInMidWrite(stage, primary, replicas)
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
  async promote(stage, attempt) {
    const promoted = await attempt()
    if (promoted === undefined) return undefined
    await stage.acknowledged(50)
    await startAgain(stage, stage.primary)
    await stage.rejoin(stage.primary, promoted)
    return promoted
  },
})
