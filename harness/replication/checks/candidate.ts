import { document, rule } from '../../kernel/index.ts'
import { candidatesOf, lossOf } from '../health/candidates.ts'
import { parseGtids } from '../health/gtid.ts'
import { healthCheck } from '../health/health-check.ts'
import { sampleCluster } from '../health/sample.ts'

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

/** Which replica a promotion should choose now, and what it would lose. */
export const candidate = healthCheck({
  id: 'replication/candidate',
  rules: [candidateNone, candidateBest, candidateBehind],
  *run(cluster) {
    // Of nodes that did not answer nobody can tell, and the step says so.
    if (cluster.nodes.length === 0) return
    const all = candidatesOf(cluster)
    const [best, ...others] = all
    if (best === undefined) yield candidateNone.at('candidates', { why: 'none of the nodes that answered replicates' })
    else if (best.obstacles.length > 0) {
      const why = all.map(({ node, obstacles }) => `${node}, because ${obstacles.join(' and ')}`).join('; ')
      yield candidateNone.at('candidates', { why })
    } else {
      yield candidateBest.at(`candidates.${best.node}`, { node: best.node, loss: lossOf(best) })
      for (const other of others) {
        const worse = other.obstacles.length > 0 || (other.unfetched ?? 0) > (best.unfetched ?? 0)
        if (worse) yield candidateBehind.at(`candidates.${other.node}`, { node: other.node, loss: lossOf(other) })
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
    {
      title: 'there is another without an obstacle, and nothing at all to say of a loss',
      given: sampleCluster({ replica: { binaryLog: false } }),
      yields: [candidateBest, candidateBehind],
    },
  ],
})
