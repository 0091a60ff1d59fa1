import { drill } from '../drill.ts'

/** One of the others dies between the promotion of a node and the moment at which it is told to follow. */
export const replicaDiesDuringPromotion = drill({
  id: 'replica-dies-during-promotion',
  title: 'the primary is killed, and a replica dies in the middle of the promotion',
  replicas: 3,
  async disturb({ primary, fault, acknowledged, kill }) {
    await acknowledged(100)
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
  promote: ({ replicas, oneOf, kill, note }, attempt) =>
    attempt({
      async beforeClientsAreLed(to) {
        const [first, ...more] = replicas.filter((node) => node !== to)
        if (first === undefined) return
        const victim = oneOf('the replica that dies', [first, ...more])
        await kill(victim)
        note(`${victim.name} dies as well`)
      },
    }),
})
