import { drill } from '../drill.ts'

/** The links to the replicas go first, and clients write on: the status of every replica stays green for a minute. */
export const linksCut = drill({
  id: 'links-cut',
  title: 'the links to all replicas are cut, clients write on, then the primary is killed',
  replicas: 2,
  async disturb({ primary, replicas, cut, fault, writers, acknowledged, cluster }) {
    await acknowledged(300)
    await cut(primary, replicas)
    // With semi-synchronous replication nothing is acknowledged from here on, which is what it is for.
    if (cluster.options.semiSync === undefined) await acknowledged(300)
    else writers.nextEra()
    await fault(`${primary.name} is killed`)
    await primary.machine.kill('SIGKILL')
  },
})
