import { drill } from '../drill.ts'

/** Somebody believed that it was dead: it is not, and some clients know its own address. */
export const splitBrain = drill({
  id: 'split-brain',
  title: 'a replica is promoted while the old primary lives and has clients of its own',
  replicas: 2,
  async disturb({ primary, clientsAt, fault, acknowledged, witness }) {
    const own = await clientsAt(primary)
    await acknowledged(100)
    if (own.acknowledged() === 0) throw new Error(`no client of its own writes to ${primary.name}`)
    witness({ kind: 'old-primary-alive', node: primary.name })
    await fault(`${primary.name} is taken for dead`)
  },
})
