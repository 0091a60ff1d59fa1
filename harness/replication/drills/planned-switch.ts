import { drill } from '../drill.ts'

/** Nothing is wrong: the primary hands over and becomes a replica. Nothing may be lost, and nobody refused for long. */
export const plannedSwitch = drill({
  id: 'planned-switch',
  title: 'the primary hands over to a replica in order and follows it',
  replicas: 2,
  needs: 'rejoin',
  async disturb({ primary, fault, acknowledged, witness }) {
    await acknowledged(100)
    witness({ kind: 'old-primary-alive', node: primary.name })
    await fault(`${primary.name} is to hand over`)
  },
  async promote({ primary, acknowledged, rejoin }, attempt) {
    const promoted = await attempt({ planned: true })
    if (promoted === undefined) return undefined
    await acknowledged(50)
    await rejoin(primary, promoted)
    return promoted
  },
})
