import { drill } from '../drill.ts'

/** Only the replica that the documents promote is behind; another one has everything. */
export const candidateBehind = drill({
  id: 'candidate-behind',
  title: 'only the first replica is cut off, then the primary is killed',
  replicas: 2,
  async disturb({ primary, replicas: [first], cut, fault, acknowledged }) {
    await acknowledged(300)
    await cut(primary, [first])
    await acknowledged(300)
    await fault(`${primary.name} is killed`)
    await primary.machine.kill('SIGKILL')
  },
})
