import { waitFor } from '../../kernel/index.ts'
import { drill } from '../drill.ts'

/** The operator's session breaks once clients are led over; somebody runs the procedure again from its beginning. */
export const promotionInterrupted = drill({
  id: 'promotion-interrupted',
  title: 'the promotion is broken off when clients reach the new primary, and run again',
  replicas: 2,
  async disturb({ primary, fault, acknowledged, kill }) {
    await acknowledged(100)
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
  async promote({ cluster, witness }, attempt) {
    await attempt({
      async afterClientsAreLed(to) {
        const session = await cluster.session(to)
        const before = await cluster.engine.position(session)
        // In its log, not in its table: a primary that waits for replicas has nobody yet who would acknowledge.
        await waitFor(
          `clients to write to ${to.name}`,
          async () => ((await cluster.engine.position(session)) === before ? { seen: before } : { done: true }),
          { deadlineMs: 10_000, everyMs: 20 },
        )
        witness({ kind: 'promotion-interrupted', node: to.name })
        throw new Error('the session of the operator broke off')
      },
    })
    return attempt()
  },
})
