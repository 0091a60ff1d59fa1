import { drill } from '../drill.ts'

/** The primary dies while clients write: what reached the replicas' sockets still arrives, so that this alone finds little. */
export const kill = drill({
  id: 'kill',
  title: 'the primary is killed while clients write',
  replicas: 2,
  async disturb({ primary, fault, acknowledged }) {
    await acknowledged(300)
    await fault(`${primary.name} is killed`)
    await primary.machine.kill('SIGKILL')
  },
})
