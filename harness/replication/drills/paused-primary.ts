import { drill } from '../drill.ts'
import { provenSilent } from '../faults/mariadb.ts'
import { pause } from '../../substrate/faults/index.ts'

/** It is frozen and not dead: with every connection still open, it goes on where it was when it thaws. */
export const pausedPrimary = drill({
  id: 'paused-primary',
  title: 'the primary freezes, a replica is promoted, and the old primary goes on',
  replicas: 2,
  async disturb(stage) {
    const { primary, clientsAt, keep, fault, acknowledged, witness } = stage
    await clientsAt(primary)
    await acknowledged(100)
    await fault(`${primary.name} freezes`)
    const frozen = keep(await pause(primary.machine))
    await provenSilent(stage, primary, frozen)
    witness({ kind: 'old-primary-alive', node: primary.name })
  },
  async promote({ acknowledged, heal }, attempt) {
    const promoted = await attempt()
    if (promoted === undefined) return undefined
    await acknowledged(50)
    await heal()
    await acknowledged(200)
    return promoted
  },
})
