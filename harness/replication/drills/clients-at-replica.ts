import { waitFor } from '../../kernel/index.ts'
import { drill } from '../drill.ts'

/** Some clients have the address of a replica. One that takes their writes has rows that nobody else will ever have. */
export const clientsAtReplica = drill({
  id: 'clients-at-replica',
  title: 'some clients write to the second replica, then the primary is killed',
  replicas: 2,
  engine: 'mariadb',
  async disturb({ primary, replicas, clientsAt, fault, acknowledged, kill, witness }) {
    const wrong = replicas[1] ?? replicas[0]
    const lost = await clientsAt(wrong)
    await acknowledged(100)
    await waitFor(
      `clients to have asked ${wrong.name}`,
      () => {
        const refused = Object.values(lost.refusals()).reduce((sum, each) => sum + each, 0)
        return refused + lost.acknowledged() > 0 ? { done: true } : { seen: 'none' }
      },
      { deadlineMs: 5_000 },
    )
    witness({ kind: 'clients-at-replica', node: wrong.name })
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
})
