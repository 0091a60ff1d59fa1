import type { Finding } from '../../kernel/index.ts'
import { document, rule } from '../../kernel/index.ts'
import { candidatesOf, lossOf } from '../health/candidates.ts'
import { parseGtids } from '../health/mariadb/gtid.ts'
import { healthCheck, inWordsOf } from '../health/health-check.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'
import { samplePostgres } from '../health/postgres/sample.ts'
import { postgresPage } from '../postgres-pages.ts'

const failover = document(
  'MariaDB: Switching roles: replication failover and switchover',
  'https://mariadb.com/kb/en/changing-a-replica-to-become-the-primary/',
)

export const candidateNone = rule({
  id: 'replication/candidate-none',
  level: 'error',
  reference: failover,
  says: ({ why }: { why: string }) => `No replica could be promoted now: ${why}.`,
  wants: 'At any time there is a replica that can take over.',
  remedy: 'Mend what stands in the way on the one that has fetched most.',
})

export const candidateBest = rule({
  id: 'replication/candidate-best',
  level: 'good',
  reference: failover,
  says: ({ node, loss }: { node: string; loss: string }) => `${node} is the best candidate: ${loss}.`,
  wants: 'It is known beforehand which replica is promoted, and what that loses.',
  remedy: 'Look again when it comes to it: the best candidate is the one that has fetched most then.',
})

export const candidateBehind = rule({
  id: 'replication/candidate-behind',
  level: 'info',
  reference: failover,
  says: ({ node, loss }: { node: string; loss: string }) => `${node} would be the worse choice: ${loss}.`,
  wants: 'The replica that has fetched most is promoted.',
  remedy: 'Compare Gtid_IO_Pos of all replicas before choosing.',
})

const inPostgres = {
  reference: postgresPage('27.3 Failover', 'warm-standby-failover.html'),
  remedy:
    'Compare pg_last_wal_receive_lsn() of all standbys when it comes to it: the one that has received most is best.',
}

/** Which replica a promotion should choose now, and what it would lose. */
export const candidate = healthCheck({
  id: 'replication/candidate',
  rules: [candidateNone, candidateBest, candidateBehind],
  *run(cluster) {
    // Of nodes that did not answer nobody can tell, and the step says so.
    if (cluster.nodes.length === 0) return
    const all = candidatesOf(cluster)
    const [best, ...others] = all
    const none = (why: string): Finding<typeof candidateNone.id> =>
      inWordsOf(cluster, candidateNone.at('candidates', { why }), { ...inPostgres, remedy: candidateNone.remedy })
    if (best === undefined) yield none('none of the nodes that answered replicates')
    else if (best.obstacles.length > 0) {
      const why = all.map(({ node, obstacles }) => `${node}, because ${obstacles.join(' and ')}`).join('; ')
      yield none(why)
    } else {
      const found = candidateBest.at(`candidates.${best.node}`, { node: best.node, loss: lossOf(best) })
      yield inWordsOf(cluster, found, inPostgres)
      for (const other of others) {
        const worse = other.obstacles.length > 0 || (other.unfetched ?? 0) > (best.unfetched ?? 0)
        if (!worse) continue
        const behind = candidateBehind.at(`candidates.${other.node}`, { node: other.node, loss: lossOf(other) })
        yield inWordsOf(cluster, behind, inPostgres)
      }
    }
  },
  examples: [
    { title: 'no node answered', given: sampleCluster({ cluster: { nodes: [] } }), yields: [] },
    { title: 'both have everything', given: sampleCluster(), yields: [candidateBest] },
    {
      title: 'the first is behind, the second is the best',
      given: sampleCluster({
        replica: { logged: parseGtids('0-1-80'), appliedGtid: parseGtids('0-1-80') },
        replication: { fetchedGtid: parseGtids('0-1-90') },
      }),
      yields: [candidateBest, candidateBehind],
    },
    {
      title: 'nobody replicates',
      given: sampleCluster({ cluster: { nodes: sampleCluster().nodes.slice(0, 1) } }),
      yields: [candidateNone],
    },
    {
      title: 'the only replica has no log',
      given: sampleCluster({
        cluster: { nodes: sampleCluster({ replica: { binaryLog: false } }).nodes.slice(0, 2) },
      }),
      yields: [candidateNone],
    },
    { title: 'both standbys have everything', given: samplePostgres(), yields: [candidateBest] },
    {
      title: 'a standby lacks some WAL, and the other is the best',
      given: samplePostgres({ standby: { end: 49_000, replayed: 49_000 } }),
      yields: [candidateBest, candidateBehind],
    },
    {
      title: 'a standby is on another timeline',
      given: samplePostgres({ standby: { timeline: 1, end: 60_000 } }),
      yields: [candidateBest, candidateBehind],
    },
    {
      title: 'the only standby would refuse writes',
      given: samplePostgres({
        cluster: {
          nodes: samplePostgres({ standbySettings: { defaultTransactionReadOnly: true } }).nodes.slice(0, 2),
        },
      }),
      yields: [candidateNone],
    },
    {
      title: 'there is another without an obstacle, and nothing at all to say of a loss',
      given: sampleCluster({ replica: { binaryLog: false } }),
      yields: [candidateBest, candidateBehind],
    },
  ],
})
