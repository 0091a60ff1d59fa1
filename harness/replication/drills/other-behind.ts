import { drill } from '../drill.ts'

/** Another replica than the promoted one is behind: told a name and no place, it never gets what it missed. */
export const otherBehind = drill({
  id: 'other-behind',
  title: 'only the second replica is cut off, then the primary is killed',
  replicas: 2,
  async disturb({ primary, replicas, cut, fault, acknowledged }) {
    await acknowledged(300)
    await cut(primary, replicas.slice(1))
    await acknowledged(300)
    await fault(`${primary.name} is killed`)
    await primary.machine.kill('SIGKILL')
  },
})
