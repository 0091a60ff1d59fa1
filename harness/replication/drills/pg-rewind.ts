import { waitFor } from '../../kernel/index.ts'
import { drill } from '../drill.ts'
import { statusOf } from '../observe.ts'

/** The old primary has writes that nobody else has, comes back, and is to follow the new one. */
export const pgRewind = drill({
  id: 'pg-rewind',
  title: 'the primary is killed with writes that nobody else has, and comes back to follow the new one',
  replicas: 2,
  engine: 'postgres',
  needs: 'rejoin',
  async disturb({ cluster, primary, replicas, cut, kill, fault, acknowledged }) {
    await acknowledged(300)
    await cut(primary, replicas)
    await waitFor(
      `${primary.name} to have written what nobody else has`,
      async () => {
        const [own, all] = await Promise.all([
          cluster.session(primary).then((session) => cluster.engine.position(session)),
          Promise.all(replicas.map((node) => statusOf(cluster, node))),
        ])
        const received = all.map(({ status }) => status?.received)
        return received.includes(own) ? { seen: `it is at ${own}` } : { done: true }
      },
      { deadlineMs: 10_000, everyMs: 10 },
    )
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
  async promote({ primary, rejoin, note, acknowledged }, attempt) {
    const promoted = await attempt()
    if (promoted === undefined) return undefined
    await acknowledged(100)
    note(`${primary.name} comes back`)
    await rejoin(primary, promoted)
    return promoted
  },
})
