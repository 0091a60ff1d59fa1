import { drill } from '../drill.ts'
import { moveClock } from '../faults/clock.ts'

/** The first replica is behind, and its clock as well: by its clock it is an hour ahead of everybody. */
export const clockSkew = drill({
  id: 'clock-skew',
  title: 'the clock of the first replica goes back an hour, it is cut off, then the primary is killed',
  replicas: 2,
  equipment: { ownClocks: [2] },
  async disturb(stage) {
    const { primary, replicas, cut, fault, acknowledged, kill } = stage
    await acknowledged(100)
    await moveClock(stage, replicas[0], -3_600)
    await acknowledged(50)
    await cut(primary, [replicas[0]])
    await acknowledged(200)
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
})
