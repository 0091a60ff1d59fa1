import type { ReplicaStatus } from '../../engines/engine.ts'
import type { HealthReader } from '../reader.ts'
import type { PostgresCluster, PostgresNode } from './cluster.ts'
import type { ReadPostgresNode } from './read-node.ts'
import { readNode, writtenOf } from './read-node.ts'

export const postgresReader: HealthReader<PostgresCluster, ReadPostgresNode> = {
  engine: 'postgres',
  written: writtenOf,
  read: readNode,
  mendOf: ({ state }) => (state === '42501' ? 'GRANT pg_monitor to it' : ''),
  cluster({ nodes, before, maxLagSeconds }) {
    const paired = withSources(nodes)
    const primary = findPrimary(paired)
    const primaryBefore = primary === undefined ? undefined : before(primary.node)
    return {
      engine: 'postgres',
      nodes: paired.map((node, index) => withSilence(node, nodes[index]?.silentSeconds ?? 0, primaryBefore?.end ?? 0)),
      primary: primary?.node,
      primaryBefore,
      maxLagSeconds,
      ...(primary !== undefined && { primaryTimeline: primary.timeline }),
      statuses: paired.map(({ node, status }) => ({ node, status: status && withReason(status) })),
    }
  },
  withWritten: (cluster) => cluster,
}

/**
 * A standby whose link is cut without a word goes on to say streaming and 0 s for a minute, having replayed all that it
 * received. When the primary has more, it is behind since it last heard of it.
 */
function withSilence(node: PostgresNode, silentSeconds: number, end: number): PostgresNode {
  if (node.end >= end) return node
  const replications = node.replications.map((each) =>
    each.lagSeconds === null ? each : { ...each, lagSeconds: Math.max(each.lagSeconds, silentSeconds) },
  )
  return { ...node, replications }
}

/** Why a standby does not stream stands in its log alone. */
function withReason(status: ReplicaStatus): ReplicaStatus {
  if (status.receiving === 'yes') return status
  return { ...status, error: { number: 0, text: 'why stands in its log, which a pre-flight does not see' } }
}

/**
 * Who follows whom. A standby tells the name by which it reaches its source, which is often not the one by which we do;
 * the source lists it by address and name. What is found for one holds for all that were told the same source.
 */
function withSources(nodes: readonly ReadPostgresNode[]): readonly PostgresNode[] {
  const found = new Map<string, number>()
  for (const standby of nodes) {
    const source = nodes.find(
      ({ node, senders }) =>
        node !== standby.node &&
        senders.some(({ address, name }) => address === standby.address && name === standby.name),
    )
    const [told] = standby.replications
    if (source !== undefined && told?.receiving === 'yes') found.set(told.source, source.serverId)
  }
  return nodes.map(({ address: _, name: __, silentSeconds: ___, ...node }) => ({
    ...node,
    replications: node.replications.map((each) => ({ ...each, sourceId: found.get(each.source) ?? 0 })),
  }))
}

/** The only node that is no standby; of several the only one that anybody streams from. */
function findPrimary(nodes: readonly PostgresNode[]): PostgresNode | undefined {
  const writing = nodes.filter(({ status }) => status === undefined)
  if (writing.length === 1) return writing[0]
  const followed = writing.filter(({ senders }) => senders.some(({ state }) => state === 'streaming'))
  return followed.length === 1 ? followed[0] : undefined
}
