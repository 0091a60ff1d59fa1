import { document, rule } from '../../kernel/index.ts'
import { mariadbCheck } from '../health/health-check.ts'
import { replicasOf } from '../health/health.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'

export const replicationAccountAbsent = rule({
  id: 'replication/replication-account-absent',
  level: 'error',
  reference: document('MariaDB: Setting up replication', 'https://mariadb.com/kb/en/setting-up-replication/'),
  says: ({ node, user }: { node: string; user: string }) =>
    `${node} has no account "${user}" with REPLICATION SLAVE: once it is primary, the others are refused with error 1045.`,
  wants: 'Every node that may be promoted has the account with which the others replicate.',
  remedy: 'CREATE USER IF NOT EXISTS and GRANT REPLICATION SLAVE on the primary with its binary log on.',
})

/** The account for the day after the promotion; dumps of the application's schemas do not carry it. */
export const replicationAccount = mariadbCheck({
  id: 'replication/replication-account',
  rules: [replicationAccountAbsent],
  *run(cluster) {
    const replicas = replicasOf(cluster)
    const users = new Set(replicas.flatMap(({ replications }) => replications.map(({ user }) => user)))
    for (const { node, accounts } of replicas) {
      // Where accounts may not be seen the pre-flight is unsettled, and says so itself.
      if (accounts === undefined) continue
      for (const user of users) {
        if (!accounts.includes(user)) yield replicationAccountAbsent.at(`nodes.${node}.accounts`, { node, user })
      }
    }
  },
  examples: [
    { title: 'every replica has it', given: sampleCluster(), yields: [] },
    {
      title: 'a replica has others only',
      given: sampleCluster({ replica: { accounts: ['root'] } }),
      yields: [replicationAccountAbsent],
    },
    { title: 'they may not be seen', given: sampleCluster({ replica: { accounts: undefined } }), yields: [] },
  ],
})
