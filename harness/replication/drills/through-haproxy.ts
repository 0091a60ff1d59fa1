import { waitFor } from '../../kernel/index.ts'
import { drill } from '../drill.ts'
import { isBehind, missedOrLeft } from '../faults/lagging.ts'
import { startAgain } from '../faults/mariadb.ts'

/** All that a balancer can get wrong in one afternoon: a replica that is behind, a dead primary, one that comes back. */
export const throughHaproxy = drill({
  id: 'through-haproxy',
  title: 'clients read and write through HAProxy, a replica falls behind, the primary is killed and comes back',
  replicas: 2,
  engine: 'mariadb',
  needs: 'rejoin',
  front: 'haproxy',
  // A balancer of connections knows no writes: it cannot promise more than that nobody reads the day before.
  staleAfterMs: 2_000,
  async disturb(stage) {
    const { primary, replicas, cut, fault, acknowledged, kill } = stage
    const behind = replicas[1] ?? replicas[0]
    await acknowledged(100)
    await cut(primary, [behind])
    await isBehind(stage, behind)
    await missedOrLeft(stage, behind)
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
  async promote(stage, attempt) {
    const { primary, front, acknowledged, clientsAnew, rejoin, witness } = stage
    const promoted = await attempt()
    if (promoted === undefined) return undefined
    await acknowledged(50)
    await startAgain(stage, primary)
    await waitFor(
      `the balancer to have looked at ${primary.name}`,
      async () => ((await front.reaches(primary)) ? { done: true } : { seen: 'not yet' }),
      { deadlineMs: 10_000 },
    )
    witness({ kind: 'old-primary-back', node: primary.name })
    // A balancer leads new connections: applications that begin now are led as it sees things now.
    const anew = clientsAnew()
    await waitFor(
      'new clients to write',
      () => {
        const refused = Object.values(anew.refusals()).reduce((sum, each) => sum + each, 0)
        return refused + anew.acknowledged() >= 40
          ? { done: true }
          : { seen: `${anew.acknowledged()}, ${refused} refused` }
      },
      { deadlineMs: 10_000, everyMs: 5 },
    )
    await rejoin(primary, promoted)
    return promoted
  },
})
