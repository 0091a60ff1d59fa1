import type { HealthReader } from '../reader.ts'
import type { MariadbCluster, MariadbNode } from './cluster.ts'
import { readNode, writtenOf } from './read-node.ts'

/** Numbers of errors for rights that the login has not. */
const denied = [1044, 1142, 1143, 1227]

export const mariadbReader: HealthReader<MariadbCluster> = {
  engine: 'mariadb',
  written: writtenOf,
  read: readNode,
  mendOf({ number = 0 }) {
    if (denied.includes(number)) return 'GRANT BINLOG MONITOR, REPLICA MONITOR ON *.*'
    // A system variable that the server has not: MySQL greets in the same words, and has none for GTIDs of MariaDB.
    return number === 1193 ? 'of this family the pre-flight reads MariaDB alone' : ''
  },
  cluster({ nodes, before, maxLagSeconds }) {
    const primary = findPrimary(nodes)?.node
    const primaryBefore = primary === undefined ? undefined : before(primary)
    return { engine: 'mariadb', nodes, primary, primaryBefore, maxLagSeconds }
  },
  withWritten(cluster, written) {
    const nodes = cluster.nodes.map((node) => (node.node === cluster.primary ? { ...node, ...written } : node))
    return { ...cluster, nodes }
  },
}

/**
 * The node that others follow and that follows nobody. Of two that follow each other it is the one that takes writes.
 * Server ids tell, because names inside the cluster are often not those by which we reach it.
 */
function findPrimary(nodes: readonly MariadbNode[]): MariadbNode | undefined {
  const followed = nodes.filter((node) =>
    nodes.some(
      (other) =>
        other !== node &&
        other.replications.some(({ sourceId, source }) => sourceId === node.serverId || source === node.node),
    ),
  )
  const top = followed.filter(({ replications }) => replications.length === 0)
  if (top.length > 0) return top.length === 1 ? top[0] : undefined
  const writable = followed.filter(({ readOnly }) => !readOnly)
  return writable.length === 1 ? writable[0] : undefined
}
