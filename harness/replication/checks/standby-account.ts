import { rule } from '../../kernel/index.ts'
import { postgresCheck } from '../health/health-check.ts'
import { replicasOf } from '../health/health.ts'
import { admits } from '../health/postgres/admits.ts'
import { samplePostgres } from '../health/postgres/sample.ts'
import { postgresPage } from '../postgres-pages.ts'

export const standbyAccountAbsent = rule({
  id: 'replication/standby-account-absent',
  level: 'error',
  reference: postgresPage('27.2.5.1 Authentication', 'warm-standby.html#STREAMING-REPLICATION-AUTHENTICATION'),
  says: ({ node, user }: { node: string; user: string }) =>
    `${node} has no role "${user}" that may log in and replicate: standbys that lose their connection do not come back, and none can follow it.`,
  wants: 'The role with which standbys log in has LOGIN and REPLICATION, and is valid.',
  remedy: 'CREATE ROLE, or ALTER ROLE with LOGIN REPLICATION and VALID UNTIL, on the primary.',
})

export const standbyAccountRefused = rule({
  id: 'replication/standby-account-refused',
  level: 'error',
  reference: postgresPage('21.1 The pg_hba.conf File', 'auth-pg-hba-conf.html'),
  says: ({ node, user }: { node: string; user: string }) =>
    `pg_hba.conf of ${node} does not let "${user}" in for replication from where the standbys are: once it is primary, they cannot follow it.`,
  wants: 'Every node that is or may be primary lets the standbys in; the file is not replicated.',
  remedy: 'Add a line `host replication` for the role and the addresses of all nodes, and pg_reload_conf().',
})

/** Whether the standbys may log in: now at the primary, and at each of themselves on the day after. */
export const standbyAccount = postgresCheck({
  id: 'replication/standby-account',
  rules: [standbyAccountAbsent, standbyAccountRefused],
  *run(cluster) {
    const standbys = replicasOf(cluster)
    for (const one of cluster.nodes) {
      const { node, accounts } = one
      const others = standbys.filter((each) => each !== one)
      const users = new Set(others.flatMap(({ replications }) => replications.map(({ user }) => user)))
      for (const user of users) {
        if (user === '') continue
        if (accounts?.includes(user) === false) {
          yield standbyAccountAbsent.at(`nodes.${node}.roles`, { node, user })
        } else if (admits(one, user, cluster) === false) {
          // Where nobody can tell the pre-flight is unsettled, and says so itself.
          yield standbyAccountRefused.at(`nodes.${node}.pg_hba`, { node, user })
        }
      }
    }
  },
  examples: [
    { title: 'everywhere', given: samplePostgres(), yields: [] },
    {
      title: 'REPLICATION was taken from it',
      given: samplePostgres({ standby: { accounts: ['postgres'] } }),
      yields: [standbyAccountAbsent],
    },
    {
      title: 'no line for replication on a standby',
      given: samplePostgres({ standby: { hba: [] } }),
      yields: [standbyAccountRefused],
    },
    {
      title: 'lines for one address that is not that of all standbys, and for Unix sockets',
      given: samplePostgres({
        standby: {
          hba: [
            { users: ['all'], address: '', mask: '', method: 'peer' },
            { users: ['replication'], address: '10.0.0.2', mask: '255.255.255.255', method: 'scram-sha-256' },
          ],
        },
      }),
      yields: [standbyAccountRefused],
    },
    {
      title: 'the first line that fits decides',
      given: samplePostgres({
        standby: {
          hba: [
            { users: ['replication'], address: '10.0.0.0', mask: '255.255.0.0', method: 'reject' },
            { users: ['all'], address: 'all', mask: '', method: 'trust' },
          ],
        },
      }),
      yields: [standbyAccountRefused],
    },
    {
      title: 'a line for a group, of which nobody can tell who is in it',
      given: samplePostgres({
        standby: { hba: [{ users: ['+standbys'], address: 'all', mask: '', method: 'trust' }] },
      }),
      yields: [],
    },
    { title: 'the file may not be read', given: samplePostgres({ standby: { hba: undefined } }), yields: [] },
  ],
})
