import { drill } from '../drill.ts'
import { fillLog } from '../faults/mariadb-disk.ts'

/** The first replica has no room for what it fetches; it hangs, and what it is asked for then hangs with it. */
export const diskFullRelayLog = drill({
  id: 'disk-full-relay-log',
  title: 'the disk of the first replica for its relay log is full, then the primary is killed',
  replicas: 3,
  engine: 'mariadb',
  equipment: { smallDisks: [{ node: 2, holds: 'relay-log', bytes: 8 * 2 ** 20 }] },
  async disturb(stage) {
    const { replicas, primary, fault, acknowledged, witness, kill } = stage
    await acknowledged(100)
    await fillLog(stage, replicas[0])
    await acknowledged(100)
    witness({ kind: 'disk-full-relay-log', node: replicas[0].name })
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
  async promote({ replicas: [hanging], heal, kill, note }, attempt) {
    const promoted = await attempt()
    if (promoted === hanging) return promoted
    // Room helps it within a minute only, and until then it answers nobody who asks how it replicates.
    await heal()
    await kill(hanging)
    note(`${hanging.name} is ended, to be built anew on a larger disk`)
    return promoted
  },
})
