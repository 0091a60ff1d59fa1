import { drill } from '../drill.ts'
import { showsWithoutReplicas } from '../faults/mariadb.ts'

/** The new primary dies too, cut off first: it must have waited for a replica as the old one did. */
export const doubleFailure = drill({
  id: 'double-failure',
  title: 'the primary is killed, another is promoted, and that one is cut off and killed as well',
  replicas: 3,
  engine: 'mariadb',
  async disturb({ primary, fault, acknowledged, kill }) {
    await acknowledged(100)
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
  async promote(stage, attempt) {
    const { replicas, acknowledged, cut, kill, fault } = stage
    const second = await attempt()
    if (second === undefined) return undefined
    await acknowledged(100)
    const rest = replicas.filter((node) => node !== second)
    await cut(second, rest)
    await showsWithoutReplicas(stage, second)
    await fault(`${second.name} is killed`)
    await kill(second)
    return attempt({ lost: second })
  },
})
