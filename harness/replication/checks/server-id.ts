import { document, rule } from '../../kernel/index.ts'
import { mariadbCheck } from '../health/health-check.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'

export const serverIdClashing = rule({
  id: 'replication/server-id-clashing',
  level: 'error',
  reference: document(
    'MariaDB: server_id',
    'https://mariadb.com/kb/en/replication-and-binary-log-system-variables/#server_id',
  ),
  says: ({ nodes, id }: { nodes: string; id: number }) => `${nodes} have the same server id, ${id}.`,
  wants: 'Every node has a server id of its own.',
  remedy:
    'Give each its own server_id and restart it. A replica drops events of its own id, and two replicas of one id throw each other out.',
})

/** Server ids: nodes are often copies of one configuration. */
export const serverId = mariadbCheck({
  id: 'replication/server-id',
  rules: [serverIdClashing],
  *run({ nodes }) {
    for (const id of new Set(nodes.map((node) => node.serverId))) {
      const same = nodes.filter((node) => node.serverId === id).map(({ node }) => node)
      if (same.length > 1) yield serverIdClashing.at('nodes.server_id', { nodes: same.join(' and '), id })
    }
  },
  examples: [
    { title: 'each has its own', given: sampleCluster(), yields: [] },
    { title: 'two have one', given: sampleCluster({ replica: { serverId: 3 } }), yields: [serverIdClashing] },
  ],
})
